/** Templates of widgets: the four forms of `render`, the system controls, `include_control`. */

const REFERENCE = /^\/?tmpl\/(?:common\/|salesbot_designer\/)?(?:controls\/)?/;

/** Controls that have more than one path. */
const ALIASES = {
  "checkboxes_dropdown/index": "checkboxes_dropdown",
  "checkboxes_dropdown/values_title": "checkboxes_dropdown",
  "pipeline_select/index": "pipeline_select",
  "suggest/index": "suggest",
  "select/index": "select",
  "date_field/index": "date_field",
};

export class Templates {
  /**
   * @param {Function} twig the AMD module
   * @param {Record<string, string>} controls name -> Twig source
   * @param {import("./log.js").Log} log
   * @param {import("./report.js").Report} report
   */
  constructor(twig, controls, log, report) {
    this.twig = twig;
    this.log = log;
    this.report = report;
    this.controls = Object.fromEntries(
      Object.entries(controls).map(([name, data]) => [name, twig({ data, allowInlineIncludes: true })]),
    );
    twig.byReference = (ref) => this.byReference(String(ref));
    twig.extendFunction("include_control", (name, params) => this.control(String(name), params || {}));
  }

  /** @param {string} name such as `select` @param {object} params @returns {string} */
  control(name, params) {
    return this.byReference(`/tmpl/controls/${name}.twig`).render(params);
  }

  /**
   * Return a template by its reference: one that the widget has registered, else a system control.
   *
   * @param {string} ref such as `/tmpl/controls/select.twig`
   * @returns {{render: (params: object) => string}} an unknown one renders nothing and warns
   */
  byReference(ref) {
    const registered = window.Twig?.Templates?.registry?.[ref];
    if (registered) return registered;
    const name = ref.replace(REFERENCE, "").replace(/\.twig(\?.*)?$/, "");
    const control = this.controls[ALIASES[name] || name];
    if (control) return control;
    this.report.warn("stand-in", `template ${ref} is not in the preview`);
    return { render: () => "" };
  }

  /**
   * `self.render(data, params)`.
   *
   * @param {{data?: string, ref?: string, href?: string, base_path?: string, v?: string, load?: Function,
   *   promised?: boolean}} source
   * @param {object} [params]
   * @returns {string | Promise<object> | undefined} markup for `data` and `ref`; a promise of a template for
   *   `promised`; nothing if `load` gets the template later
   */
  render(source, params = {}) {
    if (typeof source?.data === "string") return this.fromText(source.data).render(params);
    if (source?.ref) return this.byReference(String(source.ref)).render(params);
    if (source?.href) return this.fromFile(source);
    this.report.warn("render", "render() needs one of data, ref and href");
    return "";
  }

  /** @param {string} text @returns {{render: (params: object) => string}} */
  fromText(text) {
    return this.twig({ data: text, allowInlineIncludes: true });
  }

  fromFile({ href, base_path: base = "", v: version, load, promised }) {
    const url = joinUrl(base, href) + (version ? `?v=${encodeURIComponent(version)}` : "");
    const template = fetch(url)
      .then((answer) => {
        if (!answer.ok) throw new Error(`template ${href} answered ${answer.status}`);
        return answer.text();
      })
      .then((text) => this.fromText(text));
    if (promised) return template;
    template
      .then((made) => typeof load === "function" && load(made))
      .catch((error) => {
        setTimeout(() => {
          throw error;
        });
      });
    return undefined;
  }
}

/** Both spellings occur: `href` with and without a leading slash, `base_path` with and without a trailing one. */
function joinUrl(base, href) {
  if (/^(https?:)?\/\//.test(href) || !base || href.startsWith(`${base}/`)) return href;
  return `${base.replace(/\/$/, "")}/${href.replace(/^\//, "")}`;
}
