/** Reads of members that the sandbox does not have: noticed, answered with undefined, never thrown. */

/** Names that engines, libraries and duck-typing ask of any object. */
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
 * A view of an object, and of the plain objects inside it, that reports reads of unknown members.
 *
 * @param {string} name what the object is called, e.g. `APP`
 * @param {object} object
 * @param {(member: string, near: string) => void} onUnknown `near`: a known member that is written nearly so
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

/** The name that at most two changed letters make of `name`; empty where there is none. */
function nearest(name, known) {
  return known.find((other) => Math.min(name.length, other.length) > 3 && changes(name, other) <= 2) || "";
}

/** @returns {number} how many letters must be added, taken away or changed to come from one word to the other */
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
 * A prototype that carries `members` and reports reads of anything else. A name that the widget sets on
 * itself within the same task was its own all along: such reads are not reported.
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
 * Stands in for a module that exists in the CRM and not here: every use of it is a no-op that is reported once.
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
