/* A promise from render, modules of its own, the text plugin and Twig's registry: what the official samples use. */
define(['./classes/files.js', './classes/fields'], function (Files, fields) {
  return function () {
    var self = this;
    var files;

    this.callbacks = {
      render: function () {
        files = new Files(self.params.path, self.get_version());
        return files.load('panel').then(function () {
          return true;
        });
      },
      init: function () {
        if (APP.widgets.system.area === 'lcard') {
          self.render_template({ caption: { class_name: 'borrowed' }, body: '', render: files.draw('panel', {
            title: self.i18n('panel.title'),
            button: self.render({ ref: '/tmpl/controls/button.twig' }, { id: 'borrowed-button', text: 'Go' })
          }) });
        }
        return true;
      },
      bind_actions: function () {
        return true;
      },
      settings: function () {
        var $block = $('.modal.' + self.params.widget_code).find('.widget_settings_block');
        return fields.ofLeads(self).then(function (options) {
          $block.prepend(self.render({ ref: '/tmpl/controls/select.twig' }, { name: 'field', items: options }));
        });
      },
      onSave: function (params) {
        params.fields.rules = JSON.stringify({ saved: true });
        return Promise.resolve({}).then(function () {
          return true;
        });
      },
      destroy: function () {}
    };
    return this;
  };
});
