define(['jquery'], function ($) {
  return {
    ofLeads: function (self) {
      return Promise.resolve($.ajax('/api/v4/leads/custom_fields')).then(function (answer) {
        return answer._embedded.custom_fields.map(function (field) {
          return { id: field.id, option: field.name + ' (' + self.i18n('settings.options.lead') + ')' };
        });
      });
    }
  };
});
