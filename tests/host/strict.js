'use strict';
// Objects that have the members that the vendor's pages document and no others.

/**
 * Returns `members` such that reading any other member throws, and so does writing one, unless `writable`.
 */
function strict(name, members, writable = false) {
  return new Proxy(members, {
    get(target, key) {
      // await looks for `then`
      if (key in target || typeof key === 'symbol' || key === 'then') {
        return Reflect.get(target, key);
      }
      throw new ReferenceError(`${name}.${key} is not documented`);
    },
    set(target, key, value, receiver) {
      if (!writable) {
        throw new TypeError(`${name}.${String(key)} is not the widget's to write`);
      }
      return Reflect.defineProperty(receiver, key, {
        value, writable: true, enumerable: true, configurable: true,
      });
    },
  });
}

/**
 * Returns a dictionary that logs the dotted path of each text that was read (`log.read`) or not found
 * (`log.missing`).
 */
function dictionary(texts, log, path = '') {
  return new Proxy(texts, {
    get(target, key) {
      if (typeof key === 'symbol' || key in Object.prototype) {
        return target[key];
      }
      const here = path ? `${path}.${key}` : key;
      const found = Object.hasOwn(target, key);
      (found ? log.read : log.missing).add(here);
      return found && typeof target[key] === 'object' ? dictionary(target[key], log, here) : target[key];
    },
  });
}

module.exports = { strict, dictionary };
