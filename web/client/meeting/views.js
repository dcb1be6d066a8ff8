/**
 * Meetings as their reader sees them: fetched when they are first drawn and when something about them
 * changed. What was fetched is drawn at once the next time.
 *
 * @import {Meeting, MeetingView} from "../types"
 */
import { get, path } from "../session/api.js";
import { store } from "../wiring.js";

/** Each with what was known to have happened to it when it was asked for. @type {Map<string, {view: MeetingView, version: string}>} */
const views = new Map();
/** What each was asked for, whether or not it came. @type {Map<string, string>} */
const asked = new Map();
/** @type {Set<string>} */
const underway = new Set();

/** What one may, another who signs in here may not. @param {string} id */
const mine = (id) => `${store.state.me?.id}/${id}`;

/** What is known of it now. @param {string} id */
export const viewOf = (id) => views.get(mine(id))?.view;

/** What has happened to a meeting, as far as is known here. @param {Meeting} meeting @param {number} edited the number of the entry that changed it last */
export const versionOf = ({ id, state }, edited) => `${edited}/${store.state.cards.get(id) ?? 0}/${state}`;

/** The newer of what was posted and what was fetched comes last. @param {Meeting} posted @param {number} edited @returns {Meeting & Partial<MeetingView>} */
export function shownOf(posted, edited) {
  const known = views.get(mine(posted.id));
  if (!known) return posted;
  return known.version === versionOf(posted, edited) ? { ...posted, ...known.view } : { ...known.view, ...posted };
}

/** Something that this reader did told it anew. @param {MeetingView} view */
export function take(view) {
  views.set(mine(view.id), { view, version: views.get(mine(view.id))?.version ?? "" });
  store.set({});
}

/** Fetches one that is not known here, such as one whose card is far up in its group. @param {string} id */
export async function ensure(id) {
  if (viewOf(id)) return;
  const view = await get(path`/meetings/${id}`).catch(() => null);
  if (view && !viewOf(id)) take(view);
}

/** A page of meetings: none of them needs to be asked for. @param {MeetingView[]} listed */
export function takeListed(listed) {
  for (const view of listed) {
    const version = versionOf(view, 0);
    views.set(mine(view.id), { view, version });
    asked.set(mine(view.id), version);
  }
}

/**
 * Fetches it unless that was done for the same. One request at a time: what changes meanwhile is seen
 * when that is answered.
 *
 * @param {Meeting} meeting as it was posted @param {number} edited
 */
export async function look(meeting, edited) {
  const id = mine(meeting.id);
  const version = versionOf(meeting, edited);
  if (asked.get(id) === version || underway.has(id)) return;
  underway.add(id);
  asked.set(id, version);
  try {
    views.set(id, { view: await get(path`/meetings/${meeting.id}`), version });
  } catch {
    // The card is drawn as it was posted; what is done with it will tell what is wrong.
  } finally {
    underway.delete(id);
    store.set({});
  }
}
