/** Formats values of the log over several lines, as an editor formats JSON. */

/** A group up to this length stays on one line. */
const SHORT = 60;
const CLOSING = { "{": "}", "[": "]" };

/**
 * @param {string} text JSON, or the output of `describe` in `log.js`; anything else is returned unchanged
 * @returns {string}
 */
export function layOut(text) {
  let out = "";
  let depth = 0;
  const indent = () => `\n${"  ".repeat(depth)}`;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      const end = endOfString(text, at);
      out += text.slice(at, end);
      at = end - 1;
    } else if (sign in CLOSING) {
      const short = shortGroup(text, at);
      out += short || sign;
      if (short) at += short.length - 1;
      else {
        depth += 1;
        out += indent();
      }
    } else if ((sign === "}" || sign === "]") && depth) {
      depth -= 1;
      out += indent() + sign;
    } else if (sign === "," && depth) {
      out += `,${indent()}`;
      while (text[at + 1] === " ") at += 1;
    } else out += sign;
  }
  return out;
}

function endOfString(text, start) {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** The group that begins here, if it is short and complete. */
function shortGroup(text, start) {
  const piece = text.slice(start, start + SHORT);
  let depth = 0;
  for (let at = 0; at < piece.length; at += 1) {
    if (piece[at] === '"') at = endOfString(piece, at) - 1;
    else if (piece[at] in CLOSING) depth += 1;
    else if (piece[at] === "}" || piece[at] === "]") depth -= 1;
    if (!depth) return piece.slice(0, at + 1);
  }
  return "";
}
