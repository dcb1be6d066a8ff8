/**
 * The list's order and filters.
 *
 * @import {State, Conversation} from "../types"
 */
import { unread } from "../store/apply.js";

/** When something last happened that is shown. @param {Conversation} conversation */
const activity = ({ last }) => (last ? last.at : "");

/** The newest first; those of equal time by id, so that the order is always the same. @param {State} state */
export const ordered = (state) =>
  [...state.conversations.values()].sort((a, b) => activity(b).localeCompare(activity(a)) || a.id.localeCompare(b.id));

/**
 * Where a reader arrives who asked for nothing: at the oldest mention that they have not read, else
 * where they were last, else where something happened last.
 *
 * @param {State} state @param {string} last the id of the conversation that was open last
 */
export function arrival(state, last) {
  const all = ordered(state);
  const mentioned = all.filter(({ mentions }) => mentions.length).sort((a, b) => activity(a).localeCompare(activity(b)));
  return mentioned[0]?.id ?? (state.conversations.has(last) ? last : all[0]?.id);
}

/** @type {Record<string, (conversation: Conversation) => boolean>} */
export const FILTERS = {
  all: () => true,
  unread: (conversation) => unread(conversation) > 0,
  mentions: ({ mentions }) => mentions.length > 0,
};

/**
 * The same order, but rows that the reader points at or is in stay where they are; new ones wait at
 * the end.
 *
 * @param {Conversation[]} fresh @param {string[]} shown ids as they stand now
 */
export function steady(fresh, shown) {
  const place = new Map(shown.map((id, i) => [id, i]));
  const known = fresh.filter(({ id }) => place.has(id)).sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return [...known, ...fresh.filter(({ id }) => !place.has(id))];
}
