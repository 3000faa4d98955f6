/**
 * Follow the server's events.
 *
 * @param {(change: {files: string[], error: object | null}) => void} onChange a file of the widget changed
 * @param {(entry: {method: string, path: string, status: number, note: string}) => void} onApi the fake REST answered
 */
export function watchChanges(onChange, onApi) {
  const source = new EventSource("/_preview/events");
  source.addEventListener("change", ({ data }) => onChange(JSON.parse(data)));
  source.addEventListener("api", ({ data }) => onApi(JSON.parse(data)));
}
