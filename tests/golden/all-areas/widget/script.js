/**
 * acme_leads: a widget for Kommo.
 *
 * The CRM loads this module with RequireJS in the areas listed in manifest.json, adds the
 * methods of its Widget object to the object constructed here (see types/kommo.d.ts), and
 * calls the callbacks below.
 *
 * https://developers.kommo.com/docs/script-js
 */
define(['jquery', 'lib/components/base/modal'], function ($, Modal) {
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
    ccard: 'contacts',
    comcard: 'companies',
    cucard: 'customers',
  };

  // Sample products; replace them by your own. Prices are strings, quantities numbers.
  const PRODUCTS = [
    { id: 1, sku: 'A-1', text: 'first', price: '10' },
    { id: 2, sku: 'B-2', text: 'second', price: '25' },
  ];

  /**
   * Quantities by card and product id, such as linked['lead:7'][1]. They are lost when
   * the page is reloaded: store yours on a server.
   * @type {Record<string, Record<number, number>>}
   */
  const linked = {};

  // The list whose elements the widget shows in place of the standard card.
  const LIST_ID = 1234;

  // Whether the user has been told that the widget runs: once per session, although the
  // CRM constructs the widget below on every page.
  let announced = false;

  // The endpoint on your server that a running bot calls and waits for. Fill it in before
  // a bot is saved: the bot keeps the URL that it was saved with.
  const SALESBOT_URL = '';

  /**
   * The fields and exits of each block that the widget adds to the builder.
   * @type {Record<string, { fields: string[], exits: string[] }>}
   */
  const BLOCKS = {
    send_text: {
      fields: ['text'],
      exits: ['done', 'failed'],
    },
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
     * Escapes a text for the CRM's notifications, which render HTML.
     * @param {string} text
     * @returns {string}
     */
    const escapeHtml = function (text) {
      return $('<i>').text(text).html();
    };

    /**
     * Shows a notification in the corner of the page.
     * @param {string} text
     */
    const notify = function (text) {
      APP.notifications.show_message({ header: escapeHtml(texts('widget').name), text: escapeHtml(text) });
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

    /**
     * Counts the ticked rows and passes the resulting HTML to `show`. The CRM knows only
     * the rows on the visible page.
     * @param {(html: string) => void} show
     */
    const renderSelection = function (show) {
      // false outside lists; sometimes an object by id in place of an array
      const chosen = self.list_selected();
      const rows = Object.values((chosen && chosen.selected) || {});

      /**
       * @param {'emails' | 'phones'} key
       */
      const count = function (key) {
        return rows.reduce(function (sum, row) {
          return sum + (row[key] || []).length;
        }, 0);
      };

      renderTwig('selection', {
        text: texts('list'),
        items: rows.length,
        emails: count('emails'),
        phones: count('phones'),
      }).then(show);
    };

    /**
     * Shows HTML in the panel that the CRM opens beside the list.
     * @param {string} html
     */
    const showInListPanel = function (html) {
      self.render_template({
        caption: { class_name: NS + '-caption' },
        body: '<div class="' + NS + '-list ' + instanceName() + '">' + html + '</div>',
        render: '',
      });
      // This handler needs no cleanup: it is removed together with its element.
      $('.' + NS + '-list.' + instanceName()).on('click', '.' + NS + '-box__close', function () {
        self.widgetsOverlay(false);
      });
    };

    /**
     * Shows HTML in a modal window. Escape, a click beside it, its own button and leaving
     * the page close it.
     * @param {string} html
     */
    const openWindow = function (html) {
      let open = true;

      const modal = new Modal({
        class_name: NS + '-window ' + instanceName(),
        init: function ($modal_body) {
          $modal_body
            .append(html)
            .on('click', '.' + NS + '-box__close', function () {
              modal.destroy();
            })
            .trigger('modal:loaded')
            .trigger('modal:centrify');
        },
        destroy: function () {
          open = false;
        },
      });

      onLeave(function () {
        if (open) {
          modal.destroy();
        }
      });
    };

    /**
     * Adds an empty block to the page that the CRM reserves for the widget.
     * @returns {JQuery}
     */
    const pageBlock = function () {
      const $area = $('#work-area-' + widgetCode());
      const $page = $('<div>', { class: NS + '-page ' + instanceName() });

      $('.' + NS + '-page.' + instanceName()).remove();
      $page.appendTo($area.length ? $area : $('#list_page_holder'));
      onLeave(function () {
        $page.remove();
      });

      return $page;
    };

    /**
     * Returns the sample products with their names in the user's language.
     * @returns {Kommo.CardSdkProduct[]}
     */
    const products = function () {
      const names = texts('products');

      return PRODUCTS.map(function (product) {
        return { id: product.id, sku: product.sku, name: names[product.text], price: product.price };
      });
    };

    /**
     * Returns the key of a card, such as "lead:7". The CRM names the entity sometimes in
     * the singular, sometimes in the plural.
     * @param {string} entity
     * @param {number} id
     * @returns {string}
     */
    const cardKey = function (entity, id) {
      return String(entity).replace(/ies$/, 'y').replace(/s$/, '') + ':' + id;
    };

    /**
     * Stores the quantities of products in their cards; 0 if they were unlinked.
     * @param {Kommo.CardSdkLink[]} links
     * @param {boolean} isLinked
     */
    const setQuantities = function (links, isLinked) {
      (links || []).forEach(function (link) {
        const key = cardKey(link.from, link.from_id);

        linked[key] = Object.assign({}, linked[key], { [link.to_id]: isLinked ? Number(link.quantity) : 0 });
      });
    };

    /**
     * Returns a handler that leaves the block.
     * @param {string} code of the exit
     */
    const exitBy = function (code) {
      return { handler: 'exits', params: { value: code } };
    };

    /**
     * Returns a block's steps as JSON. Step 0 calls your server and waits for it; step 1
     * leaves by the exit that the server named as `status`, or else by "failed" or the
     * last exit.
     * @param {string} block
     * @param {Record<string, string>} params by field: what the user typed, or the marker
     *   of a CRM field, which the running bot replaces by its value
     * @returns {string}
     */
    const blockSteps = function (block, params) {
      /**
       * @type {Record<string, string>}
       */
      const data = { block: block };
      const values = params || {};
      const exits = BLOCKS[block].exits;
      const fallback = exits.includes('failed') ? 'failed' : exits[exits.length - 1];

      BLOCKS[block].fields.forEach(function (field) {
        data[field] = values[field];
      });

      const choices = exits
        .filter(function (code) {
          return code !== fallback;
        })
        .map(function (code) {
          return {
            handler: 'conditions',
            params: {
              logic: 'and',
              conditions: [{ term1: '{{json.status}}', term2: code, operation: '=' }],
              result: [exitBy(code)],
            },
          };
        });

      return JSON.stringify([
        {
          question: [
            { handler: 'widget_request', params: { url: SALESBOT_URL, data: data } },
            { handler: 'goto', params: { type: 'question', step: 1 } },
          ],
        },
        { question: [...choices, exitBy(fallback)] },
      ]);
    };

    /**
     * Reads the name of a pipeline; falls back to its id.
     * @param {number} id
     * @returns {Promise<string>}
     */
    const pipelineName = function (id) {
      return Promise.resolve(
        $.ajax({ url: '/api/v4/leads/pipelines/' + id, dataType: 'json' })
      ).then(
        function (pipeline) {
          return (pipeline && pipeline.name) || String(id);
        },
        function () {
          return String(id);
        }
      );
    };

    /**
     * Returns the id of the pipeline that uses the widget as a source, from the CRM's own
     * method or else from the API.
     * @see https://developers.kommo.com/reference/widget-by-code
     * @returns {Promise<number | null>}
     */
    const readPipeline = function () {
      return Promise.resolve(self.get_pipeline_id()).catch(function () {
        return Promise.resolve(
          $.ajax({ url: '/api/v4/widgets/' + widgetCode(), dataType: 'json' })
        ).then(function (widget) {
          return widget.pipeline_id;
        });
      });
    };

    /**
     * Returns a line that says which pipeline uses the widget.
     * @returns {Promise<string>}
     */
    const describeSource = function () {
      const text = texts('source');

      return readPipeline().then(
        function (id) {
          return id
            ? pipelineName(id).then(function (name) {
                return text.pipeline + ' ' + name;
              })
            : text.none;
        },
        function () {
          return text.error;
        }
      );
    };

    /**
     * Shows in the installation window which pipeline uses the widget.
     * @param {JQuery} $modal_body
     */
    const showSource = function ($modal_body) {
      $modal_body.find('.' + NS + '-source').remove();

      const $line = $('<p>', { class: NS + '-hint ' + NS + '-source' }).appendTo($modal_body);

      whileHere(describeSource()).then(function (line) {
        $line.text(line);
      });
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

        if (self.system().area === 'culist') {
          // No callback is documented for this list, so fill the panel at once.
          renderSelection(showInListPanel);
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

        if (!announced) {
          announced = true;
          notify(texts('everywhere').running);
        }

        if (self.system().area === 'lead_sources') {
          whileHere(describeSource()).then(notify);
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

        showSource($modal_body);

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
        // Name the list before the CRM stores the settings and binds it to the widget.
        self.setSdkCatalogId(LIST_ID);

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

      /**
       * Called when the widget's tab of a card is opened: the products to choose from.
       * @returns {Promise<Kommo.CardSdkProduct[] | {}>}
       * @see https://developers.kommo.com/docs/card-sdk
       */
      loadPreloadedData: function () {
        return Promise.resolve(products());
      },

      /**
       * Called when the widget's tab of a card is opened: the linked products.
       * @param {{ id: number, type: string }} type
       * @param {number} id
       * @returns {Promise<Kommo.CardSdkElement[]>}
       * @see https://developers.kommo.com/docs/card-sdk
       */
      loadElements: function (type, id) {
        const quantities = linked[cardKey(type.type, id)] || {};
        const elements = products()
          .map(function (product) {
            return Object.assign(product, { quantity: quantities[product.id] || 0 });
          })
          .filter(function (product) {
            return product.quantity > 0;
          });

        return Promise.resolve(elements);
      },

      /**
       * Called when a card is saved whose linked products changed.
       * @param {Kommo.CardSdkLinks} links
       * @returns {Promise<void>}
       * @see https://developers.kommo.com/docs/card-sdk
       */
      linkCard: function (links) {
        setQuantities(links.link, true);
        setQuantities(links.unlink, false);

        return Promise.resolve();
      },

      /**
       * Called when the user searches in the widget's tab of a card.
       * @param {string} query
       * @returns {Promise<Kommo.CardSdkProduct[]>}
       * @see https://developers.kommo.com/docs/card-sdk
       */
      searchDataInCard: function (query) {
        const needle = String(query).toLowerCase();
        const found = products().filter(function (product) {
          return (product.name + ' ' + product.sku).toLowerCase().includes(needle);
        });

        return Promise.resolve(found);
      },

      leads: {
        /**
         * Called when the widget is chosen in the leads list's More menu.
         * @see https://developers.kommo.com/docs/script-js
         */
        selected: function () {
          renderSelection(showInListPanel);
        },
      },

      contacts: {
        /**
         * Called when the widget is chosen in the contacts list's More menu.
         * @see https://developers.kommo.com/docs/script-js
         */
        selected: function () {
          renderSelection(showInListPanel);
        },
      },

      todo: {
        /**
         * Called when the widget is chosen in the tasks list's More menu.
         * @see https://developers.kommo.com/docs/script-js
         */
        selected: function () {
          renderSelection(showInListPanel);
        },
      },

      /**
       * Called when an element of the widget's list is opened, in place of the standard
       * card.
       * @param {Kommo.CatalogElement} catalog_element
       * @see https://developers.kommo.com/docs/lists-sdk
       */
      loadCatalogElement: function (catalog_element) {
        const data = { text: texts('catalog'), element: catalog_element };

        renderTwig('catalog_element', data).then(openWindow);
      },

      /**
       * Called when the widget's page inside Settings is opened.
       * @returns {boolean | void}
       * @see https://developers.kommo.com/docs/script-js
       */
      advancedSettings: function () {
        const $page = pageBlock();
        const managers = APP.constant('managers') || {};
        const data = {
          text: texts('advanced'),
          users: Object.values(managers).map(function (manager) {
            return manager.title;
          }),
        };

        renderTwig('advanced_settings', data).then(function (html) {
          $page.html(html);
        });

        return true;
      },

      /**
       * Called when an item of the widget is chosen in the left menu.
       * @param {Kommo.MenuPageParams} params
       * @see https://developers.kommo.com/docs/left-menu
       */
      initMenuPage: function (params) {
        const $page = pageBlock();
        const text = texts('menu');
        const data = {
          text: text,
          // the sub-item that was chosen; the item itself has none
          item: (text.items || {})[params.subitem_code || ''] || '',
        };

        renderTwig('menu_page', data).then(function (html) {
          $page.html(html);
        });
      },

      /**
       * Called when the widget's action is added or edited in the pipeline.
       * @returns {boolean | void}
       * @see https://developers.kommo.com/docs/widgets-dp
       */
      dpSettings: function () {
        // The CRM draws an input for each field of dp.settings; this adds to them.
        const $form = $('.digital-pipeline__short-task_widget-style_' + widgetCode())
          .parent()
          .parent()
          .find('[data-action=send_widget_hook]');

        $form.find('.' + NS + '-hint').remove();
        $('<p>', { class: NS + '-hint', text: texts('dp').hint }).prependTo($form);

        return true;
      },

      /**
       * Called when a block of the widget is added or opened in the Salesbot builder.
       * @param {JQuery} $body
       * @returns {{ exits: Array<{ code: string, title: string }> }}
       * @see https://developers.kommo.com/docs/salesbot-sdk
       */
      salesbotDesignerSettings: function ($body) {
        const block = 'send_text';
        const titles = (texts('salesbot')[block] || {}).exits || {};

        $body.find('.' + NS + '-hint').remove();
        $('<p>', { class: NS + '-hint', text: texts('salesbot_exits').hint }).prependTo($body);

        return {
          exits: BLOCKS[block].exits.map(function (code) {
            return { code: code, title: titles[code] };
          }),
        };
      },

      /**
       * Called when a bot with a block of the widget is saved; returns the bot's steps as
       * JSON.
       * @param {string} handler_code
       * @param {Record<string, string>} params
       * @returns {string}
       * @see https://developers.kommo.com/docs/salesbot-sdk
       */
      onSalesbotDesignerSave: function (handler_code, params) {
        // Blocks may differ in their steps.
        switch (handler_code) {
          case 'send_text':
            return blockSteps(handler_code, params);

          default:
            return '[]';
        }
      },

      /**
       * Called when the widget becomes a pipeline's source.
       * @param {number} pipeline_id
       * @see https://developers.kommo.com/docs/script-js
       */
      onAddAsSource: function (pipeline_id) {
        whileHere(pipelineName(pipeline_id)).then(function (name) {
          notify(texts('source').added + ' ' + name);
        });
      },
    };

    return this;
  };

  return CustomWidget;
});
