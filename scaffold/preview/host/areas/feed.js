/** The feed of a card: notes and tasks of the account, and the field for a message. */

import { getJson } from "../network.js";
import { fill, h } from "../ui/dom.js";
import { sourceSwitcher } from "./contact-points.js";

/** @param {import("../stage.js").Stage} stage @param {string} entity @param {object} item */
export function feed(stage, entity, item) {
  const contact = item.id ? stage.demo.cardContacts({ entity, item })[0] : null;
  const notes = h(".notes-wrapper", {}, item.id ? null : note("Save the card to start its feed."));
  if (item.id) draw(notes, entity, item.id).catch(() => {});
  return h(
    ".card-holder__feed",
    {},
    notes,
    h(
      ".feed-compose",
      {},
      sourceSwitcher(stage, contact),
      h(".control-contenteditable__area.feed-compose__message", {
        contenteditable: "true",
        role: "textbox",
        "aria-label": "Message",
      }),
    ),
  );
}

/** The account changed: a note or a task of the widget's is shown as it would be. */
export async function refreshFeed(entity, id, holder) {
  const notes = holder.querySelector(".notes-wrapper");
  if (id && notes) await draw(notes, entity, id);
}

async function draw(notes, entity, id) {
  const [all, tasks] = await Promise.all([
    getJson(`/api/v4/${entity}/${id}/notes?limit=50`),
    getJson(`/api/v4/tasks?filter[entity_id]=${id}&filter[entity_type]=${entity}`),
  ]);
  fill(
    notes,
    (all?._embedded.notes || []).map(({ params, note_type: kind }) => note(params?.text || kind)),
    (tasks?._embedded.tasks || []).map(({ text, is_completed: done }) =>
      h(".card-task", {}, `Task: ${text}${done ? " (done)" : ""}`),
    ),
  );
}

function note(text) {
  return h(".feed-note-wrapper", {}, h(".n-avatar", { "aria-hidden": "true" }), h(".feed-note", {}, String(text)));
}
