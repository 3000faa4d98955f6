/** The feed of a card: notes and tasks of the account, and the field for a message. */

import { getJson } from "../network.js";
import { fill, h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { sourceSwitcher } from "./contact-points.js";

/** @param {import("../stage.js").Stage} stage @param {string} entity @param {object} item */
export function feed(stage, entity, item) {
  const contact = item.id ? stage.demo.cardContacts({ entity, item })[0] : null;
  const notes = h(".notes-wrapper", {}, item.id ? null : h("p.feed-event", {}, "Save the card to start its feed."));
  if (item.id) draw(stage, notes, entity, item).catch(() => {});
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
        "data-hint": "Write a message",
      }),
    ),
  );
}

/** Show the notes and tasks again after the account has changed. */
export async function refreshFeed(stage, entity, item, holder) {
  const notes = holder.querySelector(".notes-wrapper");
  if (item.id && notes) await draw(stage, notes, entity, item);
}

async function draw(stage, notes, entity, item) {
  const [all, tasks] = await Promise.all([
    getJson(`/api/v4/${entity}/${item.id}/notes?limit=50`),
    getJson(`/api/v4/tasks?filter[entity_id]=${item.id}&filter[entity_type]=${entity}`),
  ]);
  fill(
    notes,
    item.created_at && h("p.feed-event", {}, `${dateOf(item.created_at)}: created by ${nameOf(stage, item.created_by)}`),
    (all?._embedded.notes || []).map((one) => note(stage, one)),
    (tasks?._embedded.tasks || []).map((one) => task(stage, one)),
  );
}

function note(stage, { params, note_type: kind, created_by: author, created_at: at }) {
  const name = nameOf(stage, author);
  return h(
    ".feed-note-wrapper",
    {},
    h(".n-avatar", { "aria-hidden": "true" }, name.slice(0, 1)),
    h(
      ".feed-note",
      {},
      h("p.feed-note__head", {}, `${dateOf(at)} ${name}`),
      h(".feed-note__body", {}, String(params?.text || kind)),
    ),
  );
}

function task(stage, { text, is_completed: done, complete_till: until, responsible_user_id: user }) {
  return h(
    ".card-task",
    {},
    h("span.card-task__icon", {}, icon("tasks")),
    h(
      "div",
      {},
      h("p.feed-note__head", {}, `${done ? "done" : `until ${dateOf(until)}`}, for ${nameOf(stage, user)}`),
      h(".card-task__text", {}, `Task: ${text}`),
    ),
  );
}

function nameOf(stage, id) {
  return stage.demo.data.users.find((user) => user.id === id)?.name || "Robot";
}

/** @param {number} at Unix time @returns {string} in the account's format */
function dateOf(at) {
  return new Date((at || 0) * 1000).toISOString().slice(0, 10).split("-").reverse().join(".");
}
