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
   * @this {Kommo.Widget}
   */
  const CustomWidget = function () {
    const self = this;

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
     * Returns the address of the folder that holds the widget's files.
     * @returns {string}
     */
    const filesUrl = function () {
      // params.path is what older versions of the CRM have in place of params.cdn_path
      return self.params.cdn_path || self.params.path;
    };

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
      undoing.splice(0).forEach(function (undo) {
        undo();
      });
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
        // For handlers outside of the widget's own blocks; take them off in destroy.
        return true;
      },

      /**
       * Called when the installation window is opened; `context` is amoCRM's.
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
        leave();
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
    };

    return this;
  };

  return CustomWidget;
});
