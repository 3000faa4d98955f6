/**
 * acme_leads: a widget for Kommo.
 *
 * The CRM loads this module with RequireJS in the areas that manifest.json names, mixes
 * the methods of its Widget object into the one constructed here (types/kommo.d.ts lists
 * them) and calls the callbacks below.
 *
 * https://developers.kommo.com/docs/script-js
 */
define(['jquery'], function ($) {
  'use strict';

  // Begins every class name and every event's name of the widget, so that it touches
  // nothing else.
  const NS = 'acme_leads';

  /**
   * The templates that were loaded, by name.
   * @type {Record<string, Kommo.Template>}
   */
  const templates = {};

  // How often the CRM has made an object of the widget; see mark().
  let instances = 0;

  /**
   * The cards where the widget uses the panel on the right, the areas with the suffix
   * -1: what they are cards of.
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
     * Returns a section of i18n/<locale>.json in the user's language.
     * @param {string} section
     * @returns {Record<string, any>}
     */
    const texts = function (section) {
      return self.i18n(section) || {};
    };

    /**
     * Returns the widget's code: the CRM gives it at upload, and it is part of ids,
     * classes and addresses of the CRM's own.
     * @returns {string}
     */
    const widgetCode = function () {
      return self.get_settings().widget_code || self.params.widget_code;
    };

    /**
     * Returns what marks the blocks and the event handlers of this very object. The CRM
     * may make the next one before it destroys this one, which leaves the next one's
     * alone.
     * @returns {string}
     */
    const mark = function () {
      return NS + '-' + widgetCode() + '-' + instance;
    };

    /**
     * Returns the address of the folder that holds the widget's files.
     * @returns {string}
     */
    const filesUrl = function () {
      // params.path is what older versions of the CRM have in place of params.cdn_path
      return self.params.cdn_path || self.params.path;
    };

    // How often the user has left a page of the widget's.
    let visits = 0;

    /**
     * What to undo when the user leaves the page.
     * @type {Array<() => void>}
     */
    const undoing = [];

    /**
     * Notes what to do when the user leaves the page: take away what the CRM does not.
     * @param {() => void} undo
     */
    const onLeave = function (undo) {
      undoing.push(undo);
    };

    /**
     * Ends what belongs to the page that the user leaves.
     */
    const leave = function () {
      visits += 1;
      undoing.splice(0).forEach(function (undo) {
        undo();
      });
    };

    /**
     * Returns a promise whose follow-ups run only while the user stays on the page: an
     * answer that comes later must not touch the next one. Nothing that the CRM waits
     * for may hang on it.
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
     * Returns templates/<name>.twig, which is loaded once in a session.
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
     * Returns the markup of templates/<name>.twig, while the user stays on the page.
     * @param {string} name
     * @param {object} data
     * @returns {Promise<string>}
     */
    const draw = function (name, data) {
      return whileHere(
        loadTemplate(name).then(function (template) {
          return template.render(Object.assign({ ns: NS }, data));
        })
      );
    };

    /**
     * Links style.css, until the user leaves; the version in the address makes browsers
     * fetch it again after an update.
     */
    const addStyle = function () {
      const name = NS + '-' + widgetCode();
      const $style = $('<link>', {
        class: NS + '-style ' + name,
        rel: 'stylesheet',
        href: filesUrl() + '/style.css?v=' + self.get_version(),
      });

      // also that of an object which the CRM has forgotten to destroy
      $('link.' + name).remove();
      $style.appendTo('head');
      onLeave(function () {
        $style.remove();
      });
    };

    /**
     * Returns a number with its noun: a language has up to four forms, which i18n names
     * as Intl.PluralRules does.
     * @param {number} count
     * @param {Record<string, string>} [forms]
     * @returns {string}
     */
    const plural = function (count, forms = {}) {
      const text = forms[new Intl.PluralRules(APP.lang_id).select(count)] || forms.other || '{count}';

      return text.replace('{count}', String(count));
    };

    /**
     * Returns the open tasks of the card.
     * @param {number} id
     * @returns {Promise<Kommo.Task[]>}
     */
    const readTasks = function (id) {
      const filter = { entity_type: PANELS[self.system().area], entity_id: id, is_completed: 0 };

      const query = { filter: filter, limit: 250 };

      return Promise.resolve(
        $.ajax({ url: '/api/v4/tasks', data: query, dataType: 'json' })
      ).then(function (page) {
        // an answer without content, 204, says that there are none
        return page ? page._embedded.tasks : [];
      });
    };

    // How often the panel was drawn: of several drawings the last one asked for stays.
    let drawings = 0;

    /**
     * Draws the panel in one of its states.
     * @param {JQuery} $panel
     * @param {object} state
     */
    const showPanel = function ($panel, state) {
      drawings += 1;

      const drawing = drawings;

      draw('panel', Object.assign({ text: texts('card') }, state)).then(function (html) {
        if (drawing === drawings) {
          $panel.html(html);
        }
      });
    };

    /**
     * Fills the panel of the open card: at once with what is known, then with the
     * tasks, or with what went wrong.
     */
    const fillPanel = function () {
      const $panel = $('.' + NS + '-panel.' + mark());
      const card = APP.data.current_card;
      const known = {
        // what the card is of, in the user's language
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

      // Handlers on blocks of the widget's own go with them: nothing is left on the page.
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
          // The CRM draws the frame and the header with the logo; the body is ours.
          self.render_template({
            caption: { class_name: NS + '-caption' },
            body: '<div class="' + NS + '-panel ' + mark() + '"></div>',
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
        // For handlers outside of the widget's own blocks; take them off in destroy.
        return true;
      },

      /**
       * Called when the installation window is opened; `context` is amoCRM's.
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
        // params.active is 'N' while the widget is being disabled; params.fields holds
        // what the user typed, by field code, and what it holds afterwards is stored.
        // Return false to keep the window open.
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
        leave();
      },
    };

    return this;
  };

  return CustomWidget;
});
