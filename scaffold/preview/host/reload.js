const RETRY_MS = 1000;

/**
 * Follow the server's events; when it stops, try again until it answers.
 *
 * @param {Record<string, (data: any) => void>} handlers `change`: a file of the widget changed; `api`: the fake
 *   REST answered; `continue`: a server let a Salesbot go on
 * @param {{hello: (data: any) => void, gone: () => void, refused: () => void, back: () => void}} on the server
 *   answers for the first time; it does not answer; another one answers and refuses this page's token; the server
 *   answers again
 */
export function watchChanges(handlers, on) {
  let isGone = false;
  let wasRefused = false;
  const listen = () => {
    const source = new EventSource("/_preview/events");
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, ({ data }) => handle(JSON.parse(data)));
    }
    source.addEventListener("hello", ({ data }) => {
      if (isGone) on.back();
      else on.hello(JSON.parse(data));
      isGone = wasRefused = false;
    });
    source.addEventListener("error", async () => {
      if (!isGone) on.gone();
      isGone = true;
      // the browser retries by itself only if nothing answered
      if (source.readyState !== EventSource.CLOSED) return;
      if (!wasRefused && (await isRefused())) {
        wasRefused = true;
        on.refused();
      }
      setTimeout(listen, RETRY_MS);
    });
  };
  listen();
}

/** An event source does not say with which status it was answered. */
async function isRefused() {
  const answer = await fetch("/", { method: "HEAD" }).catch(() => null);
  return answer?.status === 403;
}
