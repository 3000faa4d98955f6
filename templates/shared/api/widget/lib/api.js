/**
 * A small client of the account's REST API for scripts on the CRM's pages, which run in
 * the user's session and with the user's rights. Every function returns a promise; a
 * rejection is an error with a `code`, for which i18n has a text, and the `status` of the
 * reply.
 */
define(['jquery'], function ($) {
  'use strict';

  // The most items that a page of a list can hold.
  const PAGE_LIMIT = 250;

  // Pauses before each further attempt, in milliseconds: the API answers 429 to more than
  // seven requests a second.
  const PAUSES = [1000, 2000, 4000];

  /**
   * Error codes by status; 0 if there was no reply.
   * @type {Record<number, string>}
   */
  const CODES = { 0: 'not_available', 401: 'no_token', 403: 'not_allowed', 404: 'not_found', 429: 'too_many' };

  /**
   * @param {number} status
   * @returns {string}
   */
  const codeOf = function (status) {
    return CODES[status] || (status >= 500 ? 'not_available' : 'other');
  };

  /**
   * Sends a request; repeats it after a 429.
   * @param {Record<string, any>} options as for $.ajax
   * @param {number} [attempt]
   * @returns {Promise<any>} null for a reply without content
   */
  const send = function (options, attempt = 0) {
    return new Promise(function (resolve, reject) {
      $.ajax(Object.assign({ dataType: 'json' }, options)).then(
        function (answer) {
          // 204: nothing was found
          resolve(answer === undefined ? null : answer);
        },
        function (reply) {
          if (reply.status === 429 && attempt < PAUSES.length) {
            setTimeout(function () {
              send(options, attempt + 1).then(resolve, reject);
            }, PAUSES[attempt]);

            return;
          }

          const details = reply.responseJSON || {};
          const message = details.detail || details.title || 'status ' + reply.status;

          reject(
            Object.assign(new Error(message), {
              code: codeOf(reply.status),
              status: reply.status,
              details: details,
            })
          );
        }
      );
    });
  };

  /**
   * Reads: `get('/api/v4/leads/7', { with: 'contacts' })`.
   * @param {string} path
   * @param {Record<string, any>} [query]
   * @returns {Promise<any>} null if nothing was found
   */
  const get = function (path, query) {
    return send({ url: path, method: 'GET', data: query });
  };

  /**
   * Writes: `post('/api/v4/leads', [{ name: 'New' }])`.
   * @param {string} path
   * @param {object} body
   * @returns {Promise<any>}
   */
  const post = function (path, body) {
    return send({
      url: path,
      method: 'POST',
      contentType: 'application/json',
      data: JSON.stringify(body),
    });
  };

  /**
   * Reads a list to its last page.
   * @param {string} path such as /api/v4/leads
   * @param {Record<string, any>} [query]
   * @returns {Promise<any[]>}
   */
  const all = function (path, query) {
    // The API names the items by the last segment of the path.
    const key = String(path.split('/').pop());

    /**
     * @param {any[]} items
     * @param {any} page
     * @returns {any[] | Promise<any[]>}
     */
    const read = function (items, page) {
      if (!page) {
        return items;
      }

      const found = items.concat((page._embedded || {})[key] || []);
      const next = page._links && page._links.next;

      if (!next) {
        return found;
      }

      // Keep the path only: the host is that of the page.
      return get(next.href.replace(/^https?:\/\/[^/]+/, '')).then(function (following) {
        return read(found, following);
      });
    };

    return get(path, Object.assign({ limit: PAGE_LIMIT }, query)).then(function (first) {
      return read([], first);
    });
  };

  return { get: get, post: post, all: all };
});
