/** Reports reads of members that the preview does not have; they return undefined and never throw. */

/** Names that engines, libraries and duck typing read from any object. */
const ASKED_OF_ANYTHING = new Set([
  "then",
  "toJSON",
  "constructor",
  "prototype",
  "nodeType",
  "jquery",
  "window",
  "length",
  "callbacks",
  "$$typeof",
  "inspect",
  "valueOf",
  "toString",
  "hasOwnProperty",
  "attributes",
  "__esModule",
]);

const isPlain = (value) => {
  if (value === null || typeof value !== "object") return false;
  const proto = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
};

/**
 * Return a proxy of an object, and of the plain objects in it, that reports reads of unknown members.
 *
 * @param {string} name the object's name, e.g. `APP`
 * @param {object} object
 * @param {(member: string, near: string) => void} onUnknown `near`: a known member with a similar name
 * @returns {object}
 */
export function watchTree(name, object, onUnknown) {
  const views = new WeakMap();
  return new Proxy(object, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver);
      if (typeof key === "symbol") return value;
      if (value === undefined && !(key in target) && !ASKED_OF_ANYTHING.has(key)) onUnknown(`${name}.${key}`, nearest(key, Object.keys(target)));
      if (!isPlain(value)) return value;
      if (!views.has(value)) views.set(value, watchTree(`${name}.${key}`, value, onUnknown));
      return views.get(value);
    },
  });
}

/** Return the known name within two edits of `name`; empty if there is none. */
function nearest(name, known) {
  return known.find((other) => Math.min(name.length, other.length) > 3 && changes(name, other) <= 2) || "";
}

/** @returns {number} the edit distance of two words */
function changes(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 0; at < other.length; at += 1)
      next.push(Math.min(next[at] + 1, row[at + 1] + 1, row[at] + Number(letter !== other[at])));
    row = next;
  }
  return row[other.length];
}

/**
 * Return a prototype that has `members` and reports reads of anything else, except names that the widget sets
 * on itself within the same task.
 *
 * @param {object} members
 * @param {(member: string) => void} onUnknown
 * @returns {object}
 */
export function watchedPrototype(members, onUnknown) {
  const own = new Set();
  return new Proxy(members, {
    get(target, key, receiver) {
      if (key in target || typeof key === "symbol") return Reflect.get(target, key, receiver);
      if (!ASKED_OF_ANYTHING.has(key) && !own.has(key)) {
        setTimeout(() => own.has(key) || onUnknown(`self.${key}`));
      }
      return undefined;
    },
    set(target, key, value, receiver) {
      own.add(key);
      return Reflect.defineProperty(receiver, key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    },
  });
}

/**
 * Return a stub for a module that exists in the CRM and not here: each use is a no-op that is reported once.
 *
 * @param {string} name
 * @param {(use: string) => void} onUse
 * @returns {Function}
 */
export function stub(name, onUse) {
  const seen = new Set();
  const note = (use) => {
    if (!seen.has(use)) onUse(use);
    seen.add(use);
  };
  const self = new Proxy(function () {}, {
    get(target, key) {
      if (key === Symbol.toPrimitive) return () => "";
      if (typeof key === "symbol" || key === "then" || key === "__esModule") return undefined;
      if (key === "prototype") return target.prototype;
      note(`${name}.${key}`);
      return self;
    },
    apply: () => (note(`${name}()`), self),
    construct: () => (note(`new ${name}()`), self),
  });
  return self;
}
