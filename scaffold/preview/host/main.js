/** The preview's page: areas on the left, the CRM page in the middle, log, answers and findings beside it. */

import { Preview } from "./preview.js";

const preview = new Preview();
const ready = preview.start();
ready.catch((error) => {
  document.body.textContent = `The preview could not start: ${error.message}`;
});

window.kommoPreview = {
  ready,
  areas: () => preview.areas(),
  show: (code) => ready.then(() => preview.show(code)),
  run: (code, options) => ready.then(() => preview.run(code, options)),
  setTheme: (scheme) => ready.then(() => preview.setTheme(scheme)),
  setLocale: (language) => ready.then(() => preview.setLocale(language)),
  settled: () => ready.then(() => preview.settled()),
  flush: () => ready.then(() => preview.flush()),
};
