/**
 * Which rows are in the document: at most 250 of those held, around where the reader is.
 *
 * @import {Row} from "./grouping"
 */

export const MOST = 250;
const FIRST = 100;
const STEP = 50;

/**
 * @typedef {object} Range
 * @property {number} first the lowest number drawn; -1: the last hundred rows
 * @property {number} last the highest number drawn; Infinity follows the end
 */

/** @returns {Range} */
export const atEnd = () => ({ first: -1, last: Infinity });

/** @param {Row[]} rows @param {Range} range */
export function slice(rows, { first, last }) {
  const end = last === Infinity ? rows.length : rows.findLastIndex((row) => row.seq <= last) + 1;
  const start = first < 0 ? Math.max(0, end - FIRST) : rows.findIndex((row) => row.seq >= first);
  return rows.slice(start < 0 ? 0 : start, end);
}

/** A step towards the past, or null when all that is held is drawn. @param {Row[]} rows @param {Range} range */
export function earlier(rows, range) {
  const drawn = slice(rows, range);
  const at = rows.indexOf(drawn[0]);
  if (at <= 0) return null;
  return { ...range, first: rows[Math.max(0, at - STEP)].seq };
}

/** A step towards the end. @param {Row[]} rows @param {Range} range */
export function later(rows, range) {
  if (range.last === Infinity) return null;
  const drawn = slice(rows, range);
  const at = rows.indexOf(drawn[drawn.length - 1]) + STEP;
  return { ...range, first: drawn[0]?.seq ?? -1, last: at >= rows.length - 1 ? Infinity : rows[at].seq };
}

/** Trims a list a moment after rows came, or its reader moved. */
export class Trimming {
  /** @param {{rows: Row[], range: Range, show: (range: Range | null) => void}} list */
  constructor(list) {
    this.list = list;
    this.timer = 0;
  }

  /** @param {boolean} keepEarlier */
  soon(keepEarlier) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.list.show(trim(this.list.rows, this.list.range, keepEarlier)), 100);
  }
}

/** Without the rows beyond 250, taken from the end that is further away. @param {Row[]} rows @param {Range} range @param {boolean} keepEarlier */
export function trim(rows, range, keepEarlier) {
  const drawn = slice(rows, range);
  if (drawn.length <= MOST) return null;
  if (!keepEarlier) return { ...range, first: drawn[drawn.length - MOST].seq };
  return { first: drawn[0].seq, last: drawn[MOST - 1].seq };
}
