/**
 * Follow the server's events.
 *
 * @param {Record<string, (data: any) => void>} handlers `change`: a file of the widget changed; `api`: the fake
 *   REST answered; `continue`: a server let a Salesbot go on
 */
export function watchChanges(handlers) {
  const source = new EventSource("/_preview/events");
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, ({ data }) => handle(JSON.parse(data)));
  }
}
