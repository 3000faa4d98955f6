/**
 * Calls between the preview's page and the stage, which have different origins: each offers functions by name.
 *
 * The widget runs on the stage, too. What it could replace later, above all `MessagePort.prototype`, is captured
 * before it runs, and the port itself stays in a closure.
 */

const { postMessage } = MessagePort.prototype;
const { apply } = Reflect;

/**
 * @param {MessagePort} port
 * @param {Record<string, Function>} offered what the other side may call
 * @returns {(name: string, ...args: unknown[]) => Promise<unknown>} calls the other side
 */
export function connect(port, offered) {
  const waiting = new Map();
  let last = 0;
  const send = (message) => apply(postMessage, port, [message]);
  port.onmessage = async ({ data: { id, name, args, error, value } }) => {
    if (!name) {
      const { resolve, reject } = waiting.get(id) || {};
      waiting.delete(id);
      return error === undefined ? resolve?.(value) : reject?.(new Error(error));
    }
    try {
      const result = await offered[name](...args);
      return id && send({ id, value: result });
    } catch (thrown) {
      return id && send({ id, error: String(thrown?.message ?? thrown) });
    }
  };
  return (name, ...args) => {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send({ id, name, args });
    });
  };
}
