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
   * @this {Kommo.Widget}
   */
  const CustomWidget = function () {
    const self = this;

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
     * Returns the URL of the folder with the widget's files.
     * @returns {string}
     */
    const filesUrl = function () {
      // Older versions of the CRM have only params.path.
      return self.params.cdn_path || self.params.path;
    };

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
      cleanups.splice(0).forEach(function (cleanup) {
        cleanup();
      });
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

    this.callbacks = {
      /**
       * Called first, whenever the widget is loaded in an area.
       * @returns {boolean | Promise<boolean>}
       * @see https://developers.kommo.com/docs/script-js
       */
      render: function () {
        addStyle();

        return true;
      },

      /**
       * Called after render returned true.
       * @returns {boolean}
       * @see https://developers.kommo.com/docs/script-js
       */
      init: function () {
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
       * @returns {boolean | void}
       * @see https://developers.kommo.com/docs/script-js
       */
      settings: function () {
        return true;
      },

      /**
       * Called on Install and Save, and before destroy when the widget is disabled; false
       * keeps the window open.
       * @returns {boolean | Promise<boolean>}
       * @see https://developers.kommo.com/docs/installing-and-configuring
       */
      onSave: function () {
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
    };

    return this;
  };

  return CustomWidget;
});
