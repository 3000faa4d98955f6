/**
 * acme_leads: a widget for Kommo.
 *
 * The CRM loads this module with RequireJS in the areas listed in manifest.json, adds the
 * methods of its Widget object to the object constructed here (see types/kommo.d.ts), and
 * calls the callbacks below.
 *
 * https://developers.kommo.com/docs/script-js
 */
define(['jquery'], function ($) {
  'use strict';

  // The prefix of all CSS classes and event names: nothing outside the widget has it.
  const NS = 'acme_leads';

  /**
   * Loaded templates, by name.
   * @type {Record<string, Kommo.Template>}
   */
  const templates = {};

  // How many objects the CRM has constructed in this session; see instanceName().
  let instances = 0;

  /**
   * The areas where the widget has a panel (suffix -1 in manifest.json), with the name of
   * their entity in the REST API.
   * @type {Record<string, string>}
   */
  const PANELS = {
    lcard: 'leads',
  };

  /**
   * @this {Kommo.Widget}
   */
  const CustomWidget = function () {
    const self = this;

    instances += 1;

    const instance = instances;

    /**
     * Returns a section of i18n/<locale>.json, in the user's language.
     * @param {string} section
     * @returns {Record<string, any>}
     */
    const texts = function (section) {
      return self.i18n(section) || {};
    };

    /**
     * Returns the code by which the CRM knows the widget, in its element ids, classes and
     * URLs.
     * @returns {string}
     */
    const widgetCode = function () {
      return self.get_settings().widget_code || self.params.widget_code;
    };

    /**
     * Returns a class name and event namespace of this object alone. The CRM may
     * construct the next object before it destroys this one, which must not touch the
     * other's elements and handlers.
     * @returns {string}
     */
    const instanceName = function () {
      return NS + '-' + widgetCode() + '-' + instance;
    };

    /**
     * Returns the URL of the folder with the widget's files.
     * @returns {string}
     */
    const filesUrl = function () {
      // Older versions of the CRM have only params.path.
      return self.params.cdn_path || self.params.path;
    };

    // How many times the user has left a page.
    let visits = 0;

    /**
     * What to do when the user leaves the page.
     * @type {Array<() => void>}
     */
    const cleanups = [];

    /**
     * Registers a function to call when the user leaves the page, for what the CRM does
     * not clean up itself.
     * @param {() => void} cleanup
     */
    const onLeave = function (cleanup) {
      cleanups.push(cleanup);
    };

    /**
     * Cleans up when the user leaves the page.
     */
    const leavePage = function () {
      visits += 1;
      cleanups.splice(0).forEach(function (cleanup) {
        cleanup();
      });
    };

    /**
     * Returns a promise that settles only while the user stays on the page: a late reply
     * must not touch the next one. It may stay pending, so never return it to the CRM.
     * @template T
     * @param {PromiseLike<T>} promise
     * @returns {Promise<T>}
     */
    const whileHere = function (promise) {
      const visit = visits;

      return new Promise(function (resolve, reject) {
        promise.then(
          function (value) {
            if (visit === visits) {
              resolve(value);
            }
          },
          function (error) {
            if (visit === visits) {
              reject(error);
            }
          }
        );
      });
    };

    /**
     * Loads templates/<name>.twig, once per session.
     * @param {string} name
     * @returns {Promise<Kommo.Template>}
     */
    const loadTemplate = function (name) {
      if (templates[name]) {
        return Promise.resolve(templates[name]);
      }

      return new Promise(function (resolve) {
        self.render({
          href: '/templates/' + name + '.twig',
          base_path: filesUrl(),
          v: self.get_version(),
          load: function (template) {
            templates[name] = template;
            resolve(template);
          },
        });
      });
    };

    /**
     * Renders templates/<name>.twig to HTML; see whileHere().
     * @param {string} name
     * @param {object} data
     * @returns {Promise<string>}
     */
    const renderTwig = function (name, data) {
      return whileHere(
        loadTemplate(name).then(function (template) {
          return template.render(Object.assign({ ns: NS }, data));
        })
      );
    };

    /**
     * Links style.css until the user leaves the page. The version in the URL makes
     * browsers fetch it again after an update.
     */
    const addStyle = function () {
      const name = NS + '-' + widgetCode();
      const $style = $('<link>', {
        class: NS + '-style ' + name,
        rel: 'stylesheet',
        href: filesUrl() + '/style.css?v=' + self.get_version(),
      });

      // Remove the link of an object that was never destroyed, too.
      $('link.' + name).remove();
      $style.appendTo('head');
      onLeave(function () {
        $style.remove();
      });
    };

    /**
     * Returns a number with its noun, such as "2 open tasks". i18n has a form for each
     * plural category of Intl.PluralRules.
     * @param {number} count
     * @param {Record<string, string>} [forms]
     * @returns {string}
     */
    const plural = function (count, forms = {}) {
      const text = forms[new Intl.PluralRules(APP.lang_id).select(count)] || forms.other || '{count}';

      return text.replace('{count}', String(count));
    };

    /**
     * Reads the open tasks of a card.
     * @param {number} id
     * @returns {Promise<Kommo.Task[]>}
     */
    const readTasks = function (id) {
      const filter = { entity_type: PANELS[self.system().area], entity_id: id, is_completed: 0 };

      const query = { filter: filter, limit: 250 };

      return Promise.resolve(
        $.ajax({ url: '/api/v4/tasks', data: query, dataType: 'json' })
      ).then(function (page) {
        // A reply without content (204) means that there are none.
        return page ? page._embedded.tasks : [];
      });
    };

    // How many times the panel was drawn: only the last drawing may stay.
    let drawings = 0;

    /**
     * Draws the panel in one of its states.
     * @param {JQuery} $panel
     * @param {object} state
     */
    const showPanel = function ($panel, state) {
      drawings += 1;

      const drawing = drawings;

      renderTwig('panel', Object.assign({ text: texts('card') }, state)).then(function (html) {
        if (drawing === drawings) {
          $panel.html(html);
        }
      });
    };

    /**
     * Fills the panel of the open card: at once with what is known, then with the tasks
     * or an error message.
     */
    const fillPanel = function () {
      const $panel = $('.' + NS + '-panel.' + instanceName());
      const card = APP.data.current_card;
      const known = {
        // "Lead" or the like, in the user's language
        entity: texts('entity')[self.system().area],
        // 0 until a new card is saved for the first time
        id: card ? card.id : 0,
        greeting: self.get_settings().greeting,
      };

      /**
       * @param {object} more
       */
      const show = function (more) {
        showPanel($panel, Object.assign({}, known, more));
      };

      // This handler needs no cleanup: it is removed together with its element.
      $panel.off('click').on('click', '.' + NS + '-panel__button', fillPanel);

      if (!known.id) {
        show({ state: 'unsaved' });

        return;
      }

      show({ state: 'loading' });

      whileHere(readTasks(known.id)).then(
        function (tasks) {
          show({
            state: tasks.length ? 'tasks' : 'empty',
            tasks: tasks.slice(0, 5),
            heading: plural(tasks.length, texts('card').tasks),
          });
        },
        function () {
          show({ state: 'failed' });
        }
      );
    };

    this.callbacks = {
      /**
       * Called first, whenever the widget is loaded in an area.
       * @returns {boolean | Promise<boolean>}
       * @see https://developers.kommo.com/docs/script-js
       */
      render: function () {
        addStyle();

        if (PANELS[self.system().area]) {
          // The CRM draws the frame and the header with the logo, the widget the body.
          self.render_template({
            caption: { class_name: NS + '-caption' },
            body: '<div class="' + NS + '-panel ' + instanceName() + '"></div>',
            render: '',
          });
        }

        return true;
      },

      /**
       * Called after render returned true.
       * @returns {boolean}
       * @see https://developers.kommo.com/docs/script-js
       */
      init: function () {
        if (PANELS[self.system().area]) {
          fillPanel();
        }

        return true;
      },

      /**
       * Called with init; the place for event handlers.
       * @returns {boolean}
       * @see https://developers.kommo.com/docs/script-js
       */
      bind_actions: function () {
        // Bind handlers outside the widget's own elements here; unbind them in destroy.
        return true;
      },

      /**
       * Called when the installation window is opened.
       * @param {JQuery} $modal_body
       * @returns {boolean | void}
       * @see https://developers.kommo.com/docs/script-js
       */
      settings: function ($modal_body) {
        $modal_body.find('.' + NS + '-window-hint').remove();
        $('<p>', { class: NS + '-hint ' + NS + '-window-hint', text: texts('window').hint })
          .appendTo($modal_body);

        return true;
      },

      /**
       * Called on Install and Save, and before destroy when the widget is disabled; false
       * keeps the window open.
       * @param {Kommo.SaveParams} params
       * @returns {boolean | Promise<boolean>}
       * @see https://developers.kommo.com/docs/installing-and-configuring
       */
      onSave: function (params) {
        // What the user typed, by field code; the CRM stores what is in it after this
        // callback. params.active is 'N' while the widget is being disabled.
        const fields = (params && params.fields) || {};

        Object.keys(fields).forEach(function (code) {
          if (typeof fields[code] === 'string') {
            fields[code] = fields[code].trim();
          }
        });

        return true;
      },

      /**
       * Called when the widget is disabled, and when its area is left.
       * @see https://developers.kommo.com/docs/script-js
       */
      destroy: function () {
        leavePage();
      },
    };

    return this;
  };

  return CustomWidget;
});
