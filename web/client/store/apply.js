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
 * The conversation after an entry: unchanged if it was known already.
 *
 * @param {Conversation} conversation
 * @param {Entry} entry the one that follows the conversation's head
 * @param {string} me the reader's account
 * @returns {Conversation}
 */
export function apply(conversation, entry, me) {
  if (entry.seq <= conversation.head.seq) return conversation;
  const held = conversation.entries.at(-1);
  const follows = held ? held.seq === conversation.head.seq : entry.seq === conversation.from;
  const next = { ...conversation, head: { seq: entry.seq, m: entry.m } };
  if (follows) next.entries = [...conversation.entries, entry];
  switch (entry.kind) {
    case "conversation.created":
      return { ...next, name: entry.body.name, members: entry.body.members.length };
    case "conversation.changed":
      return { ...next, ...pick(entry.body, "name", "history") };
    case "members.changed":
      return membersChanged(next, entry, me);
    case "message.posted":
      return posted(next, entry, me);
    case "message.edited":
      return edited(next, entry);
    case "message.recalled":
      return recalled(next, entry);
    default:
      return next;
  }
}

/** @param {Conversation} next @param {Entry} entry @param {string} me */
function membersChanged(next, entry, me) {
  const { add = [], remove = [] } = entry.body;
  const members = next.members + add.length - remove.length;
  return { ...next, members, role: remove.includes(me) ? null : next.role };
}

/** @param {Conversation} next @param {Entry} entry @param {string} me */
function posted(next, entry, me) {
  const last = asLast(entry);
  if (entry.sender === me) {
    return { ...next, last, position: { seq: entry.seq, m: entry.m }, mentions: [] };
  }
  return { ...next, last, mentions: mentionsOf(entry, me) ? [...next.mentions, entry.seq] : next.mentions };
}

/** @param {Entry} entry @param {string} me */
export function mentionsOf(entry, me) {
  return !!entry.body && (entry.body.all === true || (entry.body.mentions ?? []).includes(me));
}

/** @param {Conversation} next @param {Entry} entry */
function edited(next, entry) {
  const { target, body } = entry.body;
  const mark = { seq: entry.seq, at: entry.at };
  const last = withBody(next.last, target, body);
  return { ...next, last, entries: overlay(next.entries, target, { body, edited: mark }) };
}

/** @param {Conversation} next @param {Entry} entry */
function recalled(next, entry) {
  const { target } = entry.body;
  const mark = { seq: entry.seq, by: entry.sender, at: entry.at };
  const last = withBody(next.last, target, null);
  const mentions = next.mentions.filter((seq) => seq !== target);
  return { ...next, last, mentions, entries: overlay(next.entries, target, { body: null, recalled: mark }) };
}

/**
 * The same entries with one of them changed.
 *
 * @param {Entry[]} entries @param {number} seq @param {Partial<Entry>} change
 */
function overlay(entries, seq, change) {
  const at = entries.findIndex((entry) => entry.seq === seq);
  return at < 0 ? entries : entries.with(at, { ...entries[at], ...change });
}

/** @param {Last | null} last @param {number} target @param {any} body */
const withBody = (last, target, body) => (last && last.seq === target ? { ...last, body } : last);

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
 */
export function resume(known, told, entries, complete, me) {
  if (!known || told.role === null && !known) return { ...told, entries: entries };
  const held = known.entries.at(-1);
  const joined = entries.reduce((next, entry) => {
    const follows = entry.seq === next.head.seq + 1;
    return follows || complete ? apply(next, entry, me) : next;
  }, known);
  const gap = joined.head.seq < told.head.seq;
  const kept = gap || !held ? (entries.length ? entries : []) : joined.entries;
  const position = known.position.seq > told.position.seq ? known.position : told.position;
  return { ...told, entries: kept, position, mentions: told.mentions.filter((seq) => seq > position.seq) };
}
