/* Every documented callback in its plainest form. */
define(['jquery'], function ($) {
  return function () {
    var self = this;
    var system = self.system();
    var yes = function () { return true; };

    this.callbacks = {
      render: function () {
        self.render_template({ caption: { class_name: 'skeleton' }, body: '<p class="area">' + system.area + '</p>', render: '' });
        return true;
      },
      init: yes,
      bind_actions: yes,
      settings: function ($modal) {
        $modal.find('.widget_settings_block').append('<p class="hello">hello</p>');
        return true;
      },
      onSave: function () {
        self.setSdkCatalogId(1234);
        return true;
      },
      onInstall: function () {},
      destroy: function () {},
      leads: { selected: function () {} },
      contacts: { selected: function () {} },
      todo: { selected: function () {} },
      advancedSettings: function () {
        $('#work-area-' + self.get_settings().widget_code).text('advanced');
      },
      initMenuPage: function (params) {
        $('#work-area-' + self.get_settings().widget_code).text(params.location);
      },
      dpSettings: yes,
      onAddAsSource: function () {},
      salesbotDesignerSettings: function () {
        return { exits: [{ code: 'done', title: 'Done' }] };
      },
      onSalesbotDesignerSave: function (code, params) {
        return JSON.stringify([{ question: [{ handler: code, params: params }], require: [] }]);
      },
      loadPreloadedData: function () {
        return Promise.resolve([{ id: 1, sku: 'A', name: 'Apple', price: '10' }]);
      },
      loadElements: function () {
        return Promise.resolve([]);
      },
      searchDataInCard: function () {
        return Promise.resolve([{ id: 1, sku: 'A', name: 'Apple', price: '10' }]);
      },
      linkCard: function () {
        return Promise.resolve();
      },
      loadCatalogElement: function () {}
    };
    return this;
  };
});
