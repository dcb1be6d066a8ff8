/**
 * From entries to the rows that are drawn: dates, the unread line, groups of one author, runs of
 * events, and what waits in the outbox at the end.
 *
 * @import {Conversation, Entry, Outgoing} from "../types"
 */
import { isDrawn } from "../store/apply.js";

/** Messages of one author stand together for this long. */
const TOGETHER = 5 * 60_000;

/**
 * @typedef {object} Row
 * @property {string} key the same for a message before and after it was accepted
 * @property {"day" | "line" | "message" | "events"} kind
 * @property {Entry} [entry]
 * @property {Entry[]} [events] of a run
 * @property {Outgoing} [outgoing] what is on its way for this message
 * @property {boolean} [first] of its group: with avatar, name and time
 * @property {boolean} [own]
 * @property {string} [at] of a day
 * @property {number} seq of the last entry in it; of what waits: beyond all
 */

/** @param {string} at */
const dayKey = (at) => new Date(at).toDateString();

/**
 * @param {Conversation} conversation
 * @param {Outgoing[]} outbox of this conversation
 * @param {string} me
 * @param {number} line the unread line stands after this number; -1 for none
 * @returns {Row[]}
 */
export function rowsOf(conversation, outbox, me, line) {
  /** @type {Row[]} */
  const rows = [];
  const changes = new Map(outbox.filter(({ kind }) => kind !== "post").map((item) => [item.target, item]));
  let day = "";
  let lined = line < 0;
  for (const entry of [...conversation.entries.filter(isDrawn), ...waiting(conversation, outbox, me)]) {
    if (day !== dayKey(entry.at)) {
      day = dayKey(entry.at);
      rows.push({ key: `day-${day}`, kind: "day", at: entry.at, seq: entry.seq });
    }
    const message = entry.kind === "message.posted";
    if (!lined && entry.seq > line && message) {
      lined = true;
      rows.push({ key: "line", kind: "line", seq: entry.seq });
    }
    const before = rows.at(-1);
    if (!message && entry.kind !== "message.unknown") {
      if (before?.kind === "events") Object.assign(before, { events: [...(before.events ?? []), entry], seq: entry.seq });
      else rows.push({ key: `s${entry.seq}`, kind: "events", events: [entry], seq: entry.seq });
      continue;
    }
    const own = entry.sender === me;
    rows.push({
      key: own && entry.ref ? `r${entry.ref}` : `s${entry.seq}`,
      kind: "message", entry, own, seq: entry.seq, first: !continues(before, entry),
      outgoing: outbox.find(({ ref, kind }) => kind === "post" && ref === entry.ref) ?? changes.get(entry.seq),
    });
  }
  return rows;
}

/** @param {Row | undefined} before @param {Entry} entry */
function continues(before, entry) {
  const other = before?.kind === "message" ? before.entry : undefined;
  if (!other || other.sender !== entry.sender || other.body?.type === "card" || entry.body?.type === "system") return false;
  if (other.body?.type === "meeting" || entry.body?.type === "meeting") return false;
  return Date.parse(entry.at) - Date.parse(other.at) < TOGETHER;
}

/**
 * What was written and is not in the log yet, as entries beyond its end.
 *
 * @param {Conversation} conversation @param {Outgoing[]} outbox @param {string} me
 * @returns {Entry[]}
 */
function waiting(conversation, outbox, me) {
  const here = new Set(conversation.entries.filter(({ sender }) => sender === me).map(({ ref }) => ref));
  return outbox
    .filter(({ kind, ref }) => kind === "post" && !here.has(ref))
    .sort((a, b) => a.order - b.order)
    .map(({ ref, at, body }) => ({
      conversation: conversation.id, seq: Infinity, m: Infinity, kind: "message.posted", version: 1, sender: me, ref, at, body,
    }));
}
