/** A list of meetings that comes in pages and is looked at again from its beginning. Pure. */

/**
 * @typedef {{id: string}} Listed
 * @typedef {{meetings: MeetingView[], next: string | null}} Listing
 * @import {MeetingView} from "../types"
 */

/** With the page that follows. @param {Listing} before @param {Listing} page @returns {Listing} */
export function further(before, page) {
  const known = new Set(page.meetings.map(({ id }) => id));
  return { meetings: [...before.meetings.filter(({ id }) => !known.has(id)), ...page.meetings], next: page.next };
}

/**
 * With its first page as it is now. What was read beyond that page stays, as long as it is known where
 * the page ends in what was read.
 *
 * @param {Listing | undefined} before @param {Listing} page @returns {Listing}
 */
export function again(before, page) {
  const end = before && page.next ? before.meetings.findIndex(({ id }) => id === page.meetings.at(-1)?.id) : -1;
  if (!before || end < 0) return page;
  const known = new Set(page.meetings.map(({ id }) => id));
  const rest = before.meetings.slice(end + 1).filter(({ id }) => !known.has(id));
  return { meetings: [...page.meetings, ...rest], next: rest.length ? before.next : page.next };
}
