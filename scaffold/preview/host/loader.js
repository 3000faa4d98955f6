/** Configures RequireJS as the CRM does: the documented module ids, two plugins, and the widget's own files. */

import { isLoopback } from "./addresses.js";
import { Worded } from "./thrown.js";
import { stub } from "./unknown.js";

/** The versions that the CRM documents; the file names are those in `server/libs.py`. */
const LIBRARIES = {
  jquery: "2.1.3",
  underscore: "1.9.1",
  backbone: "1.1.2",
  twigjs: "0.8.9",
  moment: "2.24.0",
};

/** Documented modules that no sampled widget uses; each is replaced by a stub that warns. */
const DOCUMENTED = [
  "browser-detect",
  "chartjs",
  "colorpicker",
  "rangeslider",
  "clipboard",
  "cocktail",
  "accounting",
  "device",
  "enquire",
  "FileAPI",
  "google-libphonenumber",
  "jplayer",
  "js-uuid",
  "fullcalendar",
  "pubsub",
  "steady",
  "store",
  "cropperjs",
  "virtualized-list",
  "quill",
  "intl_tel_input",
  "moment-timezone",
  "snakeize",
];

/** A name without one of these endings, such as `jquery.mask`, is a module whose file ends in `.js`. */
const SUFFIX = /\.(m?js|json|twig|html?|txt|css|php)$/;

/** The CRM waits 7 seconds for a file; here the machine may be busy, and a missing file fails at once. */
export const WAIT_S = 60;

/** What RequireJS takes for a URL rather than a module id. */
const ADDRESS = /^\/|:|\?|\.js$/;

/** Ids below these folders are the CRM's own, unpublished modules. */
const INTERNAL = /^(lib|vendor|interface|components?|common|tmpl)\//;

/**
 * Load the libraries and define the modules that are more than a file.
 *
 * @param {(text: string) => void} warn
 * @param {() => boolean} isOnline whether other machines may be reached
 * @returns {Promise<{$: Function, _: Function, Backbone: object, twig: object}>}
 */
export async function loadLibraries(warn, isOnline) {
  const paths = Object.fromEntries(Object.keys(LIBRARIES).map((id) => [id, `/_libs/${id}`]));
  paths["twig-library"] = paths.twigjs;
  delete paths.twigjs;
  requirejs.config({ baseUrl: "/", paths, waitSeconds: WAIT_S, urlArgs: versionOf });
  definePlugins();
  for (const id of DOCUMENTED) defineStub(id, warn);
  define("es6promise", [], promiseModule);
  define("twigjs", ["twig-library"], twigModule);
  define("twig", ["twigjs"], (twig) => {
    warn("module twig is not documented: twigjs is used instead");
    return twig;
  });
  redirectLoads(warn, isOnline);
  const [$, _, Backbone, twig] = await new Promise((resolve, reject) => {
    requirejs(["jquery", "underscore", "backbone", "twigjs", "moment"], (...all) => resolve(all), reject);
  });
  return { $, _, Backbone, twig };
}

function versionOf(id, url) {
  const library = url.match(/^\/_libs\/([\w-]+)\.js$/);
  return library ? `?v=${LIBRARIES[library[1]]}` : "";
}

/** Widgets call both the module itself and its `.twig`; system controls are found by `twig.byReference`. */
function twigModule(library) {
  const twig = (params) =>
    params?.ref && twig.byReference ? twig.byReference(params.ref) : library.twig(params);
  return Object.assign(twig, library, { twig });
}

function promiseModule() {
  class Es6Promise extends Promise {}
  return Object.assign(Es6Promise, { Promise: Es6Promise, polyfill: () => {} });
}

function defineStub(id, warn) {
  define(id, [], () => {
    warn(`module ${id} is documented but not in the preview: a stub is used instead`);
    return stub(id, (use) => warn(`${use}: a stub did nothing`));
  });
}

function definePlugins() {
  const fetchText = (url) =>
    fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      return answer.text();
    });
  const plugin = (parse) => ({
    useXhr: () => true,
    load: (name, request, done) => {
      fetchText(request.toUrl(name.replace(/!strip$/, "")))
        .then(parse)
        .then(done, done.error);
    },
  });
  define("text", [], () => plugin((text) => text));
  define("json", [], () => plugin(JSON.parse));
}

/** Refuse files from other machines with a clear message, and replace the CRM's unpublished modules by stubs. */
function redirectLoads(warn, isOnline) {
  const load = requirejs.load;
  requirejs.load = (context, id, url) => {
    const target = new URL(url, location.origin);
    if (target.origin !== location.origin) {
      if (isOnline() || isLoopback(target.hostname)) return load(context, id, url);
      return answer(context, id, () => {
        const address = target.origin + target.pathname;
        throw new Worded(`${address} was not loaded: the preview reaches only this machine; use --online`, "host");
      });
    }
    if (INTERNAL.test(id)) {
      warn(`module ${id} is internal to the CRM: a stub is used instead`);
      const standIn = stub(id, (use) => warn(`${use}: a stub did nothing`));
      return answer(context, id, () => standIn);
    }
    const isWidgetFile = target.pathname.startsWith("/upl/");
    if (!isWidgetFile && !target.pathname.startsWith("/_libs/") && !ADDRESS.test(id)) {
      warn(`module ${id} is not documented: a stub is used instead`);
      const standIn = stub(id, (use) => warn(`${use}: a stub did nothing`));
      return answer(context, id, () => standIn);
    }
    return load(
      context,
      id,
      isWidgetFile && !SUFFIX.test(target.pathname) ? `${target.pathname}.js${target.search}` : url,
    );
  };
}

function answer(context, id, factory) {
  define(id, [], factory);
  context.completeLoad(id);
}
