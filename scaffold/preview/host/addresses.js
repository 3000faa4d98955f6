/** Decides where a URL that the widget requests leads. */

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const ACCOUNT_DOMAINS = ["kommo.com", "amocrm.com", "amocrm.ru"];

/** @param {string} hostname @returns {boolean} whether it is this machine */
export function isLoopback(hostname) {
  return LOOPBACK.test(hostname);
}

/**
 * @param {unknown} url as the widget gave it
 * @param {{subdomain: string, online: boolean, server?: {address: string, replaced: string}}} options
 *   `server`: PHP's server, which replaces the widget's own
 * @returns {{kind: "plain" | "account" | "other" | "foreign", url: string}} `plain`: this server, unchanged;
 *   `account`: the account's host, for which this server answers; `other`: another server that may be reached;
 *   `foreign`: one that may not
 */
export function routeOf(url, { subdomain, online, server }) {
  let target;
  try {
    target = new URL(String(url), location.href);
  } catch {
    return { kind: "plain", url };
  }
  const { protocol, hostname, host, pathname, search, origin } = target;
  if (origin === location.origin || !/^https?:$/.test(protocol)) return { kind: "plain", url };
  const { address, replaced: own } = server || {};
  if (own && `${target.href}/`.startsWith(`${own}/`))
    return { kind: "other", url: address + target.href.slice(own.length) };
  const isAccount = host === location.host || ACCOUNT_DOMAINS.some((domain) => hostname === `${subdomain}.${domain}`);
  if (isAccount) return { kind: "account", url: pathname + search };
  return { kind: online || isLoopback(hostname) ? "other" : "foreign", url: target.href };
}

/**
 * Return a URL for the log: ours without the origin, another without its query, which may hold a secret.
 *
 * @param {unknown} url
 * @returns {string}
 */
export function shorten(url) {
  try {
    const { origin, pathname, search } = new URL(String(url), location.href);
    if (origin !== location.origin) return origin + pathname;
    return pathname + search.replace(/%5B/gi, "[").replace(/%5D/gi, "]");
  } catch {
    return String(url);
  }
}

/**
 * Return the address that a sample request goes to; by default a usual one of a development server.
 *
 * @param {{url: string, sample: {address?: string}}} sender
 */
export function endpointOf({ url, sample }) {
  return url || `http://127.0.0.1:8080${sample.address || "/"}`;
}
