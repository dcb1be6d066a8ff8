/**
 * The unread line: where the reader had read to when the conversation was opened. It stands still
 * until they leave or write; what comes while nobody looks begins a new one.
 *
 * @import {Row} from "./grouping"
 * @import {Range} from "./window"
 * @import {Conversation} from "../types"
 */
import { unread } from "../store/apply.js";
import { MOST } from "./window.js";

/** No number of an entry, nor the 0 of who has read nothing. */
export const NONE = -1;
/** Rows that are drawn before it. */
const BEFORE = 50;

export class UnreadLine {
  /** It stands after this number; NONE for no line. */
  after = NONE;
  /** Whether it is to be shown as soon as it is there. */
  sought = false;

  /** @param {Conversation | undefined} conversation @param {boolean} returning whether its reader left it somewhere above the end */
  open(conversation, returning) {
    this.after = conversation && unread(conversation) ? conversation.position.seq : NONE;
    this.sought = this.after !== NONE && !returning;
  }

  /** @param {Conversation} conversation @param {string} me */
  move({ position, entries, ...rest }, me) {
    const allWasRead = position.seq > this.after;
    if (allWasRead && entries.at(-1)?.sender === me) this.after = NONE;
    if (allWasRead && !document.hasFocus() && rest.head.m > position.m) this.after = position.seq;
  }

  /** The rows to draw so that it can be shown, once what lies there is held. @param {Row[]} rows @param {Conversation} conversation @returns {Range | null} */
  range(rows, { held, from }) {
    const at = rows.findIndex(({ kind }) => kind === "line");
    const there = held && held.first <= Math.max(this.after, from, 1);
    if (!this.sought || at < 0 || !there || rows.length - at > MOST - BEFORE) return null;
    return { first: rows[Math.max(0, at - BEFORE)].seq, last: Infinity };
  }

  /** Brings it to the top where it is above that. @param {Element} list @param {Element} scroller */
  show(list, scroller) {
    const row = list.querySelector("li.line");
    if (!row || !this.sought) return;
    this.sought = false;
    if (isAbove(row, scroller)) row.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** How many messages behind it are wholly above what is seen. @param {Element} list @param {Element} scroller @param {Row[]} rows */
  above(list, scroller, rows) {
    if (this.after === NONE) return 0;
    const { top } = scroller.getBoundingClientRect();
    const seen = [...list.querySelectorAll("li.message[data-seq]")].find((row) => row.getBoundingClientRect().bottom > top + 1);
    const from = seen ? Number(seen.getAttribute("data-seq")) : Infinity;
    return rows.filter(({ kind, own, seq }) => kind === "message" && !own && seq > this.after && seq < from).length;
  }
}

/** @param {Element} row @param {Element} scroller */
const isAbove = (row, scroller) => row.getBoundingClientRect().top < scroller.getBoundingClientRect().top;
