/**
 * The messages. The scroller is turned round (column-reverse) with one child in natural order: it
 * sticks to the end without script. One tab stop; keys move among the rows.
 */
import { html, nothing } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";
import { attempt } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { unread } from "../store/apply.js";
import { hasEarlier } from "../store/history.js";
import { connection, history, reading } from "../wiring.js";
import { isAtEnd, lowestSeen, measure, restore } from "./anchor.js";
import { rowsOf } from "./grouping.js";
import { listKey } from "./list-keys.js";
import { rowView } from "./row.js";
import { atEnd, earlier, later, slice, trim } from "./window.js";

/** @import {Row} from "./grouping" @import {Range} from "./window" */
/** Where the reader left each conversation. @type {Map<string, {range: Range, anchor: {key: string, top: number} | null}>} */
const places = new Map();
const NEAR = 800;

export class MessageList extends Part {
  static properties = { of: {} };

  constructor() {
    super();
    this.of = "";
    /** @type {Row[]} */
    this.rows = [];
    this.range = atEnd();
    /** The unread line stands after this number. */
    this.line = 0;
    /** The row that has the tab stop. */
    this.current = "";
    this.away = false;
    /** @type {{key: string, top: number} | null | undefined} */
    this.anchor = undefined;
    this.idle = 0;
    this.watched = "";
  }

  get scroller() {
    return /** @type {HTMLElement} */ (this.querySelector(".scroller"));
  }

  disconnectedCallback() {
    this.#leave(this.of);
    reading.leaves();
    super.disconnectedCallback();
  }

  /** @param {Map<string, any>} changed */
  willUpdate(changed) {
    const opened = changed.has("of");
    if (opened) this.#open(changed.get("of"));
    else this.anchor = this.scroller && measure(this.scroller);
    const conversation = this.state.conversations.get(this.of);
    const me = this.state.me?.id ?? "";
    if (!conversation) return;
    const outbox = this.state.outbox.filter((item) => item.conversation === this.of);
    if (conversation.position.seq > this.line && conversation.entries.at(-1)?.sender === me) this.line = 0;
    this.rows = rowsOf(conversation, outbox, me, this.line);
  }

  /** @param {string | undefined} before */
  #open(before) {
    if (before) this.#leave(before);
    const conversation = this.state.conversations.get(this.of);
    const place = places.get(this.of);
    this.line = conversation && unread(conversation) ? conversation.position.seq : 0;
    this.range = place?.range ?? atEnd();
    this.anchor = place?.anchor;
    this.current = "";
  }

  /** @param {string} id */
  #leave(id) {
    if (this.scroller) places.set(id, { range: this.range, anchor: measure(this.scroller) });
  }

  render() {
    const conversation = this.state.conversations.get(this.of);
    if (!conversation) return nothing;
    const drawn = slice(this.rows, this.range);
    const more = hasEarlier(conversation) || drawn[0] !== this.rows[0];
    const stop = drawn.some(({ key }) => key === this.current) ? this.current : drawn.findLast(({ kind }) => kind === "message")?.key;
    const context = { conversation, state: this.state, list: this, stop };
    return html`
      <div class="scroller" @scroll=${this.#scrolled} @keydown=${(/** @type {KeyboardEvent} */ e) => listKey(this, e)}>
        <div class="column">
          ${more || !conversation.entries.length ? html`<div class="skeleton late" aria-hidden="true"><i></i><i></i></div>` : html`<p class="beginning">${t("beginning")}</p>`}
          <ol class="messages" role="list" aria-label=${t("messages")}>
            ${repeat(drawn, ({ key }) => key, (row) => rowView(row, context))}
          </ol>
        </div>
      </div>
      ${this.#pills(conversation)}`;
  }

  /** @param {import("../types").Conversation} conversation */
  #pills(conversation) {
    const count = unread(conversation);
    const line = this.line && this.rows.some(({ key }) => key === "line");
    return html`<div class="pills">
      ${this.line && this.away && line ? html`<button class="pill" @click=${() => this.jumpTo(this.line + 1)}>${icon("up")}${t("pill.unread")}</button>` : nothing}
      ${this.away ? html`<button class="pill end" @click=${this.toEnd}>${icon("down")}${count ? t("pill.new", { count }) : t("pill.end")}</button>` : nothing}
    </div>`;
  }

  updated() {
    const { scroller } = this;
    if (!scroller) return;
    restore(scroller, this.anchor ?? null);
    this.anchor = undefined;
    this.#look();
  }

  #scrolled() {
    this.#look();
    const { scroller } = this;
    const above = scroller.scrollHeight - scroller.clientHeight - Math.abs(scroller.scrollTop);
    const keepEarlier = above < Math.abs(scroller.scrollTop);
    if (above < NEAR) this.#earlier();
    if (Math.abs(scroller.scrollTop) < NEAR) this.#show(later(this.rows, this.range));
    clearTimeout(this.idle);
    this.idle = window.setTimeout(() => this.#show(trim(this.rows, this.range, keepEarlier)), 100);
  }

  #earlier() {
    const range = earlier(this.rows, this.range);
    if (range) this.#show(range);
    else void attempt(history.earlier(this.of)).then(() => this.#show(earlier(this.rows, this.range)));
  }

  /** @param {Range | null} range */
  #show(range) {
    if (!range) return;
    this.range = range;
    this.requestUpdate();
  }

  /** What the reader sees now: for the read position, the pills, and the live counts. */
  #look() {
    const { scroller } = this;
    const away = !isAtEnd(scroller) || this.range.last !== Infinity;
    if (away !== this.away) {
      this.away = away;
      queueMicrotask(() => this.requestUpdate());
    }
    const seq = lowestSeen(scroller);
    if (seq > 0 && seq < Infinity) reading.sees(this.of, seq);
    this.#watch();
  }

  /** Asks for the live counts beside own messages on screen, at most 20. */
  #watch() {
    if (this.state.connection !== "live") {
      this.watched = "";
      return;
    }
    const own = slice(this.rows, this.range).filter(({ own, seq, entry }) => own && seq < Infinity && entry?.body);
    const seqs = own.slice(-20).map(({ seq }) => seq);
    const key = `${this.of}/${seqs}`;
    if (key !== this.watched && connection.send({ type: "watch", conversation: this.of, seqs })) this.watched = key;
  }

  toEnd() {
    this.range = atEnd();
    this.scroller.scrollTop = 0;
    this.requestUpdate();
    void this.updateComplete.then(() => (this.scroller.scrollTop = 0));
  }

  /** Shows a message, loading what lies before it. @param {number} seq */
  async jumpTo(seq) {
    await attempt(history.reach(this.of, seq));
    const at = this.rows.findIndex((row) => row.seq >= seq && row.kind === "message");
    if (at < 0) return;
    const from = this.rows[Math.max(0, at - 50)].seq;
    const to = this.rows[at + 100];
    this.range = { first: from, last: to ? to.seq : Infinity };
    this.requestUpdate();
    await this.updateComplete;
    const row = this.querySelector(`[data-key="${CSS.escape(this.rows[at].key)}"]`);
    row?.scrollIntoView({ block: "center", behavior: "instant" });
    row?.classList.add("shown");
    setTimeout(() => row?.classList.remove("shown"), 1500);
  }
}
customElements.define("message-list", MessageList);
