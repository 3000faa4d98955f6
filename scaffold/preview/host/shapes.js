/** What the documented callbacks return: each function gives what is wrong with a value, or nothing. */

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (value) => isObject(value) && Object.keys(value).length === 0;

/** Handlers that a step of a bot may name, on the vendor's pages `salesbot-sdk` and `salesbot-dp`. */
const STEP_KEYS = ["question", "answer", "finish", "start"];

/**
 * `onSalesbotDesignerSave`: the steps as a JSON string, a list of `{question: [{handler, params}]}`.
 *
 * @param {unknown} value
 * @returns {{steps: unknown, faults: string[]}}
 */
export function stepsOf(value) {
  if (typeof value !== "string") return { steps: undefined, faults: ["not a string of JSON"] };
  let steps;
  try {
    steps = JSON.parse(value);
  } catch (error) {
    return { steps: undefined, faults: [`not JSON: ${error.message}`] };
  }
  const list = isObject(steps) ? Object.values(steps) : steps;
  if (!Array.isArray(list)) return { steps, faults: ["not a list of steps"] };
  if (!list.length) return { steps, faults: ["no steps: the bot does nothing in this block"] };
  return { steps, faults: list.flatMap((step, index) => stepFaults(step, index)) };
}

function stepFaults(step, index) {
  if (!isObject(step)) return [`step ${index} is not an object`];
  if ("execute_handlers" in step || (step.handler && !step.question))
    return [`step ${index} is ${step.handler ? "a bare handler" : "execute_handlers"}: it is saved and never runs`];
  const keys = STEP_KEYS.filter((key) => key in step);
  if (!keys.length) return [`step ${index} has no question`];
  return keys.flatMap((key) => handlerFaults(step[key], `step ${index}, ${key}`));
}

function handlerFaults(handlers, place) {
  if (!Array.isArray(handlers)) return [`${place} is not a list of handlers`];
  return handlers.flatMap((item, number) =>
    isObject(item) && (typeof item.handler === "string" || typeof item.type === "string" || "value" in item)
      ? []
      : [`${place}, entry ${number} names no handler`],
  );
}

/** `salesbotDesignerSettings`: `{exits: [{code, title}]}`. @param {unknown} value @returns {string[]} */
export function exitFaults(value) {
  if (!isObject(value)) return ["no object with exits"];
  if ("exists" in value && !("exits" in value)) return ["`exists` in place of `exits`"];
  if (!Array.isArray(value.exits) || !value.exits.length) return ["no exits: the block has no way on"];
  return value.exits.flatMap((exit, index) =>
    isObject(exit) && typeof exit.code === "string" && exit.title !== undefined
      ? []
      : [`exit ${index} must have code and title`],
  );
}

/**
 * The lists of the Card SDK: products with id, sku, name and price. A tab with content of its own resolves `{}`
 * or `[]`.
 *
 * @param {unknown} value @param {boolean} isPromise @returns {string[]}
 */
export function productFaults(value, isPromise) {
  const faults = isPromise ? [] : ["no promise"];
  if (value === undefined || value === null || isEmpty(value)) return faults;
  if (!Array.isArray(value)) return [...faults, "no list"];
  value.forEach((product, index) => {
    if (!isObject(product)) faults.push(`product ${index} is not an object`);
    else
      for (const key of ["id", "name"])
        if (product[key] === undefined || product[key] === null) faults.push(`product ${index} has no ${key}`);
  });
  return faults;
}
