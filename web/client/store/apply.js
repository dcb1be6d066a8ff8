/**
 * What an entry does to a conversation. Pure: the same conversation and entry always give the same
 * result, so a client that followed live holds what one that reads anew is given.
 *
 * @import {Conversation, Entry, Last} from "../types"
 */

/** Kinds of entry that are not drawn in the list: they change another entry. */
const ABOUT_ANOTHER = new Set(["message.edited", "message.recalled"]);

/** @param {Entry} entry */
export const isDrawn = (entry) => !ABOUT_ANOTHER.has(entry.kind);

/**
 * Whether an entry is a caption of a meeting, or corrects one: captions are read beside the list, and
 * what is held of a conversation leaves them out. Of a recalled one only the count is left to tell:
 * captions do not count.
 *
 * @param {Entry} entry @param {number} before the count before it
 */
export function isCaption({ kind, m, body }, before) {
  if (kind === "message.posted") return body ? body.type === "caption" : m === before;
  return kind === "message.edited" && body?.body?.type === "caption";
}

/**
 * The conversation after an entry: unchanged if it was known already.
 *
 * @param {Conversation} conversation
 * @param {Entry} entry the one that follows the conversation's head
 * @param {string} me the reader's account
 * @returns {Conversation}
 */
export function apply(conversation, entry, me) {
  if (entry.seq <= conversation.head.seq) return conversation;
  const { seq, m } = entry;
  const next = { ...conversation, ...withNext(conversation, entry), head: { seq, m }, last: asLast(entry) };
  switch (entry.kind) {
    case "conversation.created":
      return { ...next, ...pick(entry.body, "name"), members: new Set([entry.sender, ...entry.body.members]).size };
    case "conversation.changed":
      return { ...next, ...pick(entry.body, "name", "history", "languages", "translation") };
    case "members.changed":
      return membersChanged(next, entry, me);
    case "message.posted":
      return posted(next, entry, me);
    case "message.recalled":
      return { ...next, mentions: next.mentions.filter((other) => other !== entry.body?.target) };
    default:
      return next;
  }
}

/**
 * The run of entries with the one that follows it, and with what that does to those in it. A run that
 * does not reach the head stays as it is: what lies between is not known.
 *
 * @param {Conversation} conversation @param {Entry} entry
 */
function withNext({ entries, held, head, from }, entry) {
  const follows = held ? held.last === head.seq : entry.seq === Math.max(1, from);
  if (!follows) return { entries, held };
  const run = isCaption(entry, head.m) ? entries : [...overlaid(entries, entry), entry];
  return { entries: run, held: { first: held?.first ?? entry.seq, last: entry.seq } };
}

/**
 * Entries with what a later one does to one of them. Doing it again changes nothing: pages of history
 * come with what happened up to the time at which they were read.
 *
 * @param {Entry[]} entries @param {Entry} later
 */
export function overlaid(entries, { kind, seq, sender, at, body }) {
  // Without a body it is about an entry that this reader may not see.
  if (!ABOUT_ANOTHER.has(kind) || !body) return entries;
  const place = entries.findIndex((entry) => entry.seq === body.target);
  if (place < 0 || entries[place].recalled || (entries[place].edited?.seq ?? 0) > seq) return entries;
  const { edited: _, ...entry } = entries[place];
  const change = kind === "message.edited" ? { body: body.body, edited: { seq, at } } : { body: null, recalled: { seq, by: sender, at } };
  return entries.with(place, { ...entry, ...change });
}

/**
 * A run of entries as they came, each with what the later ones do to it.
 *
 * @param {Entry[]} all without gaps
 * @returns {Pick<Conversation, "entries" | "held">}
 */
export function runOf(all) {
  if (!all.length) return { entries: [], held: null };
  // Whether the first one was a caption, once it is recalled, cannot be told: it is left to the page before.
  const skipped = all[0].kind === "message.posted" && !all[0].body ? 1 : 0;
  const drawn = all.filter((entry, i) => i >= skipped && !isCaption(entry, all[i - 1]?.m ?? -1));
  const entries = drawn.reduce((run, entry) => [...overlaid(run, entry), entry], /** @type {Entry[]} */ ([]));
  return { entries, held: { first: all[0].seq + skipped, last: all[all.length - 1].seq } };
}

/** @param {Conversation} next @param {Entry} entry @param {string} me */
function membersChanged(next, entry, me) {
  const { add = [], remove = [] } = entry.body;
  const members = next.members + add.length - remove.length;
  return { ...next, members, role: remove.includes(me) ? null : next.role };
}

/** @param {Conversation} next @param {Entry} entry @param {string} me */
function posted(next, entry, me) {
  if (entry.sender === me) return { ...next, position: next.head, mentions: [] };
  return mentionsOf(entry, me) ? { ...next, mentions: [...next.mentions, entry.seq] } : next;
}

/** @param {Pick<Entry, "body">} entry @param {string} me */
export function mentionsOf({ body }, me) {
  return !!body && (body.all === true || (body.mentions ?? []).includes(me));
}

/** @param {Entry} entry @returns {Last} */
const asLast = ({ seq, kind, sender, at, body }) => ({ seq, kind, sender, at, body });

/** @param {any} from @param {string[]} names */
function pick(from, ...names) {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
}

/**
 * The conversation after its reader has read up to a number. It only grows.
 *
 * @param {Conversation} conversation @param {{seq: number, m: number}} position
 */
export function readUpTo(conversation, position) {
  if (position.seq <= conversation.position.seq) return conversation;
  return { ...conversation, position, mentions: conversation.mentions.filter((seq) => seq > position.seq) };
}

/** Unread messages, computed and never counted up. @param {Conversation} conversation */
export const unread = ({ head, position }) => Math.max(0, head.m - position.m);

/**
 * What a conversation is after the server told it anew, keeping what was read of it.
 *
 * @param {Conversation | undefined} known
 * @param {Conversation} told
 * @param {Entry[]} entries its newest entries
 * @param {boolean} complete whether none is missing before them
 * @param {string} me
 * @returns {Conversation}
 */
export function resume(known, told, entries, complete, me) {
  if (!known) return { ...told, ...runOf(entries) };
  const joined = entries.reduce((next, entry) => {
    const follows = entry.seq === next.head.seq + 1;
    return follows || complete ? apply(next, entry, me) : next;
  }, known);
  const position = known.position.seq > told.position.seq ? known.position : told.position;
  const mentions = told.mentions.filter((seq) => seq > position.seq);
  // What came live while this was on its way is newer.
  if (joined.head.seq > told.head.seq) return readUpTo({ ...joined, role: told.role && joined.role }, position);
  const kept = joined.head.seq < told.head.seq ? runOf(entries) : pick(joined, "entries", "held");
  return { ...told, ...kept, position, mentions };
}
