const RETRY_MS = 1000;

/**
 * Follow the server's events; when the server goes, look for it until it is there again.
 *
 * @param {Record<string, (data: any) => void>} handlers `change`: a file of the widget changed; `api`: the fake
 *   REST answered; `continue`: a server let a Salesbot go on
 * @param {{gone: () => void, back: () => void}} on the server does not answer; it answers again
 */
export function watchChanges(handlers, on) {
  let isGone = false;
  const listen = () => {
    const source = new EventSource("/_preview/events");
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, ({ data }) => handle(JSON.parse(data)));
    }
    source.addEventListener("hello", () => {
      if (isGone) on.back();
      isGone = false;
    });
    source.addEventListener("error", () => {
      if (!isGone) on.gone();
      isGone = true;
      // the browser tries again by itself only where nothing answered
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY_MS);
    });
  };
  listen();
}
