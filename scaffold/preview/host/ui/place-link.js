/** A location in the widget's files, as a link that opens it in the editor. */

import { h } from "./dom.js";

/** `editor` of state.json: the editor's URL template, and the widget's folder. */
let editor = { template: "", folder: "" };

/** @param {{template: string, folder: string}} chosen */
export function useEditor(chosen) {
  editor = chosen || editor;
}

/**
 * @param {{path?: string, line?: number, column?: number, pointer?: string}} place
 * @returns {HTMLElement | string} empty if there is no file
 */
export function placeLink({ path, line, column, pointer }) {
  const text = [path, line, column].filter((part) => part || part === 0).join(":") + (pointer ? `#${pointer}` : "");
  const href = path && addressOf(path, line || 1, column || 1);
  if (!href) return text && h("code.place", {}, text);
  return h("a.place", { href, title: "Open in the editor" }, h("code", {}, text));
}

/** Values are encoded, so that a file's name cannot become another part of the URL. */
function addressOf(path, line, column) {
  const { template, folder } = editor;
  if (!template || !folder) return "";
  const file = `${folder.startsWith("/") ? "" : "/"}${folder}/${path}`;
  const values = { file: file.split("/").map(encodeURIComponent).join("/"), line, column };
  return template.replace(/\{(file|line|column)\}/g, (all, name) => String(values[name]));
}
