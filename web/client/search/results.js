/**
 * What a search has found so far, and where it goes on. A search that found nothing yet goes on by
 * itself: one request looks only so far.
 *
 * @import {Entry} from "../types"
 */
import { get, path, Refused } from "../session/api.js";

/** @typedef {{entry: Entry, excerpt: {text: string, hit?: boolean}[], language?: string}} Hit */
/** @typedef {{conversation: string, hits: Hit[], more: boolean}} Group */
/** @typedef {{words: string, conversation?: string, meeting?: string}} Asked */

/** Requests in a row that may find nothing, before the reader is asked whether to go on. */
const PATIENCE = 20;
const HERE = 30;

export class Results {
  /** @type {Group[]} */
  groups = [];
  /** Where it goes on; null at the end. @type {string | number | null} */
  next = null;
  searching = false;
  done = false;
  #stopped = false;

  /** @param {Asked} asked @param {() => void} changed */
  constructor(asked, changed) {
    this.asked = asked;
    this.changed = changed;
  }

  get count() {
    return this.groups.reduce((all, { hits }) => all + hits.length, 0);
  }

  stop() {
    this.#stopped = true;
  }

  /** Looks on until something more is found. */
  async more() {
    if (this.searching) return;
    this.searching = true;
    this.changed();
    try {
      const before = this.count;
      for (let i = 0; i < PATIENCE && !this.#stopped && this.count === before && !(this.done && this.next === null); i++) await this.#page();
    } finally {
      this.searching = false;
      if (!this.#stopped) this.changed();
    }
  }

  async #page() {
    const { words, conversation, meeting } = this.asked;
    const q = `q=${encodeURIComponent(words)}`;
    const on = this.next === null ? "" : `&${conversation ? "before" : "after"}=${encodeURIComponent(this.next)}`;
    const narrowed = meeting ? `&kinds=captions&meeting=${encodeURIComponent(meeting)}` : "";
    const url = conversation ? `${path`/conversations/${conversation}/search`}?${q}&limit=${HERE}${narrowed}${on}` : `/search?${q}${on}`;
    const page = await patiently(url);
    if (this.#stopped) return;
    const groups = conversation ? (page.hits.length ? [{ conversation, hits: page.hits, more: false }] : []) : page.conversations;
    this.groups = groups.reduce(withGroup, this.groups);
    this.next = page.next;
    this.done = true;
    this.changed();
  }
}

/** A server that has much to do says when to come again. @param {string} url */
async function patiently(url) {
  try {
    return await get(url);
  } catch (error) {
    if (!(error instanceof Refused) || error.kind !== "too-many") throw error;
    await new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(5, error.problem.retryAfter ?? 1)));
    return get(url);
  }
}

/** A conversation may come in two pages, or once more at the end. @param {Group[]} groups @param {Group} group */
export function withGroup(groups, group) {
  const at = groups.findIndex(({ conversation }) => conversation === group.conversation);
  if (at < 0) return [...groups, group];
  const known = new Set(groups[at].hits.map(({ entry }) => entry.seq));
  const hits = [...groups[at].hits, ...group.hits.filter(({ entry }) => !known.has(entry.seq))];
  return groups.with(at, { ...group, hits });
}
