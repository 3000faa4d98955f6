/**
 * acme_leads: a widget for Kommo.
 *
 * The CRM loads this module with RequireJS in the areas that manifest.json names, mixes
 * the methods of its Widget object into the one constructed here (types/kommo.d.ts lists
 * them) and calls the callbacks below.
 *
 * https://developers.kommo.com/docs/script-js
 */
define(['jquery', 'lib/components/base/modal'], function ($, Modal) {
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
    ccard: 'contacts',
    comcard: 'companies',
    cucard: 'customers',
  };

  // Sample products; replace them by what your server knows. Prices are strings,
  // quantities are numbers.
  const PRODUCTS = [
    { id: 1, sku: 'A-1', text: 'first', price: '10' },
    { id: 2, sku: 'B-2', text: 'second', price: '25' },
  ];

  /**
   * Quantities by card and product, such as linked['lead:7'][1]. They last until the page
   * is loaded again: keep yours on a server.
   * @type {Record<string, Record<number, number>>}
   */
  const linked = {};

  // The list whose elements open in a window of the widget instead of the standard card.
  const LIST_ID = 1234;

  // The module is loaded once a session, the widget below is made anew on each page.
  let announced = false;

  // The endpoint on your server that a running bot asks, and that lets it go on. Fill it
  // in before a bot is saved: it keeps the address that it was saved with.
  const SALESBOT_URL = '';

  /**
   * The widget's blocks of the builder: the fields of each, and its exits.
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
     * Returns a text as the CRM's messages need it, which take markup.
     * @param {string} text
     * @returns {string}
     */
    const escaped = function (text) {
      return $('<i>').text(text).html();
    };

    /**
     * Shows a message in the corner of the page.
     * @param {string} text
     */
    const notify = function (text) {
      APP.notifications.show_message({ header: escaped(texts('widget').name), text: escaped(text) });
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

    /**
     * Draws the rows that the user ticked. Only the rows on the visible page count.
     * @param {(html: string) => void} show
     */
    const drawSelection = function (show) {
      // false outside lists; rows by their id, in place of an array, were seen as well
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

      draw('selection', {
        text: texts('list'),
        items: rows.length,
        emails: count('emails'),
        phones: count('phones'),
      }).then(show);
    };

    /**
     * Shows markup in the panel that the CRM opens beside the list.
     * @param {string} html
     */
    const showInListPanel = function (html) {
      self.render_template({
        caption: { class_name: NS + '-caption' },
        body: '<div class="' + NS + '-list ' + mark() + '">' + html + '</div>',
        render: '',
      });
      // Handlers on blocks of the widget's own go with them: nothing is left on the page.
      $('.' + NS + '-list.' + mark()).on('click', '.' + NS + '-box__close', function () {
        self.widgetsOverlay(false);
      });
    };

    /**
     * Shows markup in a window over the page. Escape, a click beside it and its own
     * button close it; it goes with the page that it was opened on.
     * @param {string} html
     */
    const openWindow = function (html) {
      let open = true;

      const modal = new Modal({
        class_name: NS + '-window ' + mark(),
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
     * Returns an empty block of the widget's own on the page that the CRM leaves to it.
     * @returns {JQuery}
     */
    const pageBlock = function () {
      const $area = $('#work-area-' + widgetCode());
      const $page = $('<div>', { class: NS + '-page ' + mark() });

      $('.' + NS + '-page.' + mark()).remove();
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
     * Returns what stands for a card: a lead and a contact may have the same id. The CRM
     * names the entity in the singular or in the plural.
     * @param {string} entity
     * @param {number} id
     * @returns {string}
     */
    const cardKey = function (entity, id) {
      return String(entity).replace(/ies$/, 'y').replace(/s$/, '') + ':' + id;
    };

    /**
     * Keeps the new quantities of products in their cards; 0 takes the link away.
     * @param {Kommo.CardSdkLink[]} links
     * @param {boolean} add
     */
    const keep = function (links, add) {
      (links || []).forEach(function (link) {
        const key = cardKey(link.from, link.from_id);

        linked[key] = Object.assign({}, linked[key], { [link.to_id]: add ? Number(link.quantity) : 0 });
      });
    };

    /**
     * Returns a handler that leaves the block.
     * @param {string} code
     */
    const leaveBy = function (code) {
      return { handler: 'exits', params: { value: code } };
    };

    /**
     * Returns a block's steps as JSON. They count from 0: the first asks your server and
     * waits until it lets the bot go on; the second leaves by the exit that the server
     * named in its data as `status`, else by "failed" or the last one.
     * @param {string} block
     * @param {Record<string, string>} given by field: what the user typed, or the marker
     *   of the field that the user picked, which the running bot replaces by its value
     * @returns {string}
     */
    const askServer = function (block, given) {
      /**
       * @type {Record<string, string>}
       */
      const data = { block: block };
      const values = given || {};
      const exits = BLOCKS[block].exits;
      const otherwise = exits.includes('failed') ? 'failed' : exits[exits.length - 1];

      BLOCKS[block].fields.forEach(function (field) {
        data[field] = values[field];
      });

      const choices = exits
        .filter(function (code) {
          return code !== otherwise;
        })
        .map(function (code) {
          return {
            handler: 'conditions',
            params: {
              logic: 'and',
              conditions: [{ term1: '{{json.status}}', term2: code, operation: '=' }],
              result: [leaveBy(code)],
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
        { question: [...choices, leaveBy(otherwise)] },
      ]);
    };

    /**
     * Returns the name of a pipeline, or its id where the name cannot be read.
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
     * Returns the id of the pipeline that the widget is a source of: by the widget's
     * own method, else from the API.
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
     * Says in the settings window which pipeline uses the widget.
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
          // The CRM draws the frame and the header with the logo; the body is ours.
          self.render_template({
            caption: { class_name: NS + '-caption' },
            body: '<div class="' + NS + '-panel ' + mark() + '"></div>',
            render: '',
          });
        }

        if (self.system().area === 'culist') {
          // No callback is documented for this list: the panel is filled at once.
          drawSelection(showInListPanel);
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
        // The CRM binds the list to the widget when the settings are stored: say which
        // before that.
        self.setSdkCatalogId(LIST_ID);

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
        keep(links.link, true);
        keep(links.unlink, false);

        return Promise.resolve();
      },

      /**
       * Called when the user searches in the widget's tab of a card.
       * @param {string} query
       * @returns {Promise<Kommo.CardSdkProduct[]>}
       * @see https://developers.kommo.com/docs/card-sdk
       */
      searchDataInCard: function (query) {
        const wanted = String(query).toLowerCase();
        const found = products().filter(function (product) {
          return (product.name + ' ' + product.sku).toLowerCase().includes(wanted);
        });

        return Promise.resolve(found);
      },

      leads: {
        /**
         * Called when the widget is chosen in the leads list's More menu.
         * @see https://developers.kommo.com/docs/script-js
         */
        selected: function () {
          drawSelection(showInListPanel);
        },
      },

      contacts: {
        /**
         * Called when the widget is chosen in the contacts list's More menu.
         * @see https://developers.kommo.com/docs/script-js
         */
        selected: function () {
          drawSelection(showInListPanel);
        },
      },

      todo: {
        /**
         * Called when the widget is chosen in the tasks list's More menu.
         * @see https://developers.kommo.com/docs/script-js
         */
        selected: function () {
          drawSelection(showInListPanel);
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

        draw('catalog_element', data).then(openWindow);
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

        draw('advanced_settings', data).then(function (html) {
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

        draw('menu_page', data).then(function (html) {
          $page.html(html);
        });
      },

      /**
       * Called when the widget's action is added or edited in the pipeline.
       * @returns {boolean | void}
       * @see https://developers.kommo.com/docs/widgets-dp
       */
      dpSettings: function () {
        // The CRM draws an input for each field of dp.settings; what stands around them
        // is ours.
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
        // Each block may have steps of its own.
        switch (handler_code) {
          case 'send_text':
            return askServer(handler_code, params);

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
