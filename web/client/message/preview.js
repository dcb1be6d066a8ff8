/**
 * A message in one line: for the list, quotes, notifications and speech.
 *
 * @import {Body, Last, Entry} from "../types"
 */
import { dayOf, t, timeOf } from "../language/language.js";
import { names } from "../wiring.js";

const LONGEST = 160;
const MARKS = /(\*\*|__|~~|`{1,3}|^#{1,6}\s|^>\s|^[-*]\s)/gm;

/** @param {Body | null} body */
export function previewOf(body) {
  if (!body) return t("recalled");
  if (body.type === "meeting" && body.meeting) {
    const { title, start } = body.meeting;
    return t("meeting.preview", { title, day: dayOf(start), time: timeOf(start) });
  }
  const text = body.type === "card" ? (body.card?.main_title?.title ?? body.text ?? "") : (body.text ?? "");
  const plain = body.type === "markdown" ? text.replace(MARKS, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1") : text;
  const line = plain.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/**
 * Who speaks: of a meeting whoever called it, of a caption whoever is heard. Both are posted by the
 * organisation's own account.
 *
 * @param {Pick<Entry, "sender" | "body">} entry
 */
export function authorOf({ sender, body }) {
  const said = body?.body ?? body;
  return said?.meeting?.organiser ?? said?.speaker?.account ?? sender;
}

/** The author's name; what the organisation's own account says is Plenary's. @param {Pick<Entry, "sender" | "body">} entry */
export function authorName(entry) {
  const account = names.account(authorOf(entry));
  const said = entry.body?.body ?? entry.body;
  return account?.userid === "" && said?.type === "system" ? t("service") : (account?.name ?? "…");
}

/** What is said of an entry that is no message. @param {Pick<Entry, "kind" | "sender" | "body">} entry */
export function eventText({ kind, sender, body }) {
  const name = names.name(sender);
  if (kind === "conversation.created") return t(body.kind === "direct" ? "event.direct" : "event.created", { name });
  if (kind === "conversation.changed") {
    if (body.name !== undefined) return t("event.renamed", { name, title: body.name });
    if (body.history !== undefined) return t(body.history ? "event.history-on" : "event.history-off", { name });
    return body.translation !== undefined ? t(`event.translation-${body.translation}`, { name }) : t("event.languages", { name });
  }
  if (kind !== "members.changed") return t("event.unknown");
  const { add = [], remove = [] } = body;
  if (!add.length && remove.length === 1 && remove[0] === sender) return t("event.left", { name });
  const who = (/** @type {string[]} */ ids) => (ids.length === 1 ? names.name(ids[0]) : t("people.count", { count: ids.length }));
  if (!remove.length) return t("event.added", { name, who: who(add) });
  if (!add.length) return t("event.removed", { name, who: who(remove) });
  return t("event.exchanged", { name, added: who(add), removed: who(remove) });
}

/** What happened last in a conversation. @param {Last} last @returns {{said: string} | {happened: string}} */
export function lastOf(last) {
  const { kind, sender, body } = last;
  const said = kind === "message.edited" ? body?.body : kind === "message.posted" ? body : null;
  if (said?.type === "caption") return { happened: t("caption.last", { name: said.speaker?.name ?? "", text: previewOf(said) }) };
  if (said) return { said: previewOf(said) };
  if (kind === "message.edited") return { happened: t("event.unknown") };
  if (kind === "message.posted" || kind === "message.recalled") return { happened: t("recalled.name", { name: names.name(sender) }) };
  return { happened: eventText(last) };
}
