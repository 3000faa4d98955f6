define(['jquery', 'twigjs', 'text', 'moment', 'lib/components/base/modal'], function ($, twig, text) {
  function Files(path, version) {
    this.path = path;
    this.version = version;
    this.useXhr = text.useXhr;
  }

  Files.prototype.load = function (name) {
    var id = 'borrowed_' + name;
    var url = 'text!' + this.path + '/assets/' + name + '.twig?v=' + this.version;
    text.useXhr = function () {
      return true;
    };
    return new Promise(function (resolve) {
      if (Twig.Templates.registry[id]) {
        resolve();
        return;
      }
      require([url], function (data) {
        twig({ id: id, data: data, allowInlineIncludes: true });
        resolve();
      });
    });
  };

  Files.prototype.draw = function (name, params) {
    return Twig.Templates.registry['borrowed_' + name].render(params);
  };

  return Files;
});
