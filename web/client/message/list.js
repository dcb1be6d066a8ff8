/**
 * The messages. The scroller is turned round (column-reverse) with one child in natural order: it
 * sticks to the end without script. One tab stop; keys move among the rows.
 */
import { html, nothing } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { t } from "../language/language.js";
import { Part } from "../shell/part.js";
import { unread } from "../store/apply.js";
import { hasEarlier } from "../store/history.js";
import { history, reading } from "../wiring.js";
import { isAtEnd, lowestSeen, measure, restore } from "./anchor.js";
import { rowsOf } from "./grouping.js";
import { NONE, UnreadLine } from "./line.js";
import { listKey } from "./list-keys.js";
import { pills } from "./pills.js";
import { rowView, translator } from "./row.js";
import { Watch } from "./watch.js";
import { Trimming, atEnd, earlier, later, slice } from "./window.js";

/** @import {Row} from "./grouping" @import {Range} from "./window" */
/** Where the reader left each conversation. @type {Map<string, {range: Range, anchor: {key: string, top: number} | null}>} */
const places = new Map();
const NEAR = 800;
/** After loading failed, it is not tried again so soon. */
const CALM = 3000;

export class MessageList extends Part {
  static properties = { of: {} };

  constructor() {
    super();
    this.of = "";
    /** @type {Row[]} */
    this.rows = [];
    this.range = atEnd();
    this.line = new UnreadLine();
    /** The row that has the tab stop. */
    this.current = "";
    this.lineAbove = 0;
    this.away = false;
    /** @type {{key: string, top: number} | null | undefined} */
    this.anchor = undefined;
    this.trimming = new Trimming(this);
    this.failedAt = 0;
    /** Whether rows are to be drawn above as soon as they are there. */
    this.wantsEarlier = false;
    /** What is drawn instead of the end, after a jump far back. @type {import("./elsewhere").Elsewhere | null} */
    this.elsewhere = null;
    this.watch = new Watch();
    /** @type {ReturnType<typeof translator>} */
    this.translator = null;
  }

  get conversation() {
    return this.elsewhere?.conversation ?? this.state.conversations.get(this.of);
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
    if (changed.has("of")) this.#open(changed.get("of"));
    else this.anchor = this.scroller && measure(this.scroller, this.range.last !== Infinity);
    const { conversation, elsewhere } = this;
    const me = this.state.me?.id ?? "";
    if (!conversation) return;
    const outbox = this.state.outbox.filter((item) => item.conversation === this.of && !(elsewhere && item.kind === "post"));
    if (!elsewhere) this.line.move(conversation, me);
    this.rows = rowsOf(conversation, outbox, me, elsewhere ? NONE : this.line.after);
    if (!elsewhere) this.range = this.line.range(this.rows, conversation) ?? this.range;
    const further = this.wantsEarlier && earlier(this.rows, this.range);
    if (further) Object.assign(this, { range: further, wantsEarlier: false });
    // Rows above move nothing, so no scrolling follows that would do it.
    if (further) this.trimming.soon(true);
  }

  /** @param {string | undefined} before */
  #open(before) {
    if (before) this.#leave(before);
    const place = places.get(this.of);
    this.line.open(this.state.conversations.get(this.of), !!place?.anchor);
    this.range = place?.range ?? atEnd();
    this.anchor = place?.anchor;
    this.current = "";
    this.wantsEarlier = false;
  }

  /** @param {string} id */
  #leave(id) {
    if (this.scroller && !this.elsewhere) places.set(id, { range: this.range, anchor: measure(this.scroller) });
    this.leaveElsewhere();
  }

  render() {
    const { conversation } = this;
    if (!conversation) return nothing;
    const drawn = slice(this.rows, this.range);
    const more = hasEarlier(conversation) || drawn[0] !== this.rows[0];
    const stop = drawn.some(({ key }) => key === this.current) ? this.current : drawn.findLast(({ kind }) => kind === "message")?.key;
    this.translator = translator(this.state, conversation, () => this.requestUpdate());
    const context = { conversation, state: this.state, list: this, stop, translator: this.translator };
    return html`
      <div class="scroller" @scroll=${this.#scrolled} @keydown=${(/** @type {KeyboardEvent} */ e) => listKey(this, e)}>
        <div class="column">
          ${more || !conversation.held ? html`<div class="skeleton late" aria-hidden="true"><i></i><i></i></div>` : html`<p class="beginning">${t("beginning")}</p>`}
          <ol class="messages" role="list" aria-label=${t("messages")}>
            ${repeat(drawn, ({ key }) => key, (row) => rowView(row, context))}
          </ol>
        </div>
      </div>
      ${pills({ away: this.away, lineAbove: this.lineAbove, fresh: unread(conversation) }, () => this.jumpTo(this.line.after + 1), () => this.toEnd())}`;
  }

  updated() {
    const { scroller } = this;
    if (!scroller) return;
    restore(scroller, this.anchor ?? null);
    this.anchor = undefined;
    const { conversation, elsewhere } = this;
    if (conversation && !elsewhere && this.line.range(this.rows, conversation)) this.line.show(this, scroller);
    // Too little to scroll: nobody could ask for more.
    if (conversation?.held && scroller.scrollHeight <= scroller.clientHeight) this.#earlier();
    this.#look();
  }

  #scrolled() {
    this.#look();
    const { scroller } = this;
    const above = scroller.scrollHeight - scroller.clientHeight - Math.abs(scroller.scrollTop);
    if (above < NEAR) this.#earlier();
    if (Math.abs(scroller.scrollTop) < NEAR) this.#later();
    this.trimming.soon(above < Math.abs(scroller.scrollTop));
  }

  #earlier() {
    const range = earlier(this.rows, this.range);
    if (range) this.show(range);
    else if (hasEarlier(this.conversation) && Date.now() > this.failedAt + CALM) {
      this.wantsEarlier = true;
      (this.elsewhere ?? history).earlier(this.of).then(() => this.requestUpdate(), () => (this.failedAt = Date.now()));
    }
  }

  #later() {
    const range = later(this.rows, this.range);
    if (!this.elsewhere || (range && range.last !== Infinity)) this.show(range);
    else if (Date.now() > this.failedAt + CALM) this.elsewhere.drawOn(this).catch(() => (this.failedAt = Date.now()));
  }

  /** @param {Range | null} range */
  show(range) {
    if (!range) return;
    this.range = range;
    this.requestUpdate();
  }

  /** What the reader sees now: for the read position, the pills, and the live counts. */
  #look() {
    const { scroller } = this;
    const away = !isAtEnd(scroller) || this.range.last !== Infinity;
    const above = this.elsewhere ? 0 : this.line.above(this, scroller, this.rows);
    if (away !== this.away || above !== this.lineAbove) {
      this.away = away;
      this.lineAbove = above;
      queueMicrotask(() => this.requestUpdate());
    }
    const seq = lowestSeen(scroller);
    if (seq > 0 && seq < Infinity) reading.sees(this.of, seq);
    const drawn = slice(this.rows, this.range);
    this.watch.look(this.of, drawn);
    this.translator?.want(drawn);
  }

  toEnd() {
    this.leaveElsewhere();
    this.range = atEnd();
    this.scroller.scrollTop = 0;
    this.requestUpdate();
    void this.updateComplete.then(() => (this.scroller.scrollTop = 0));
  }
  leaveElsewhere() {
    this.elsewhere?.leave();
    this.elsewhere = null;
  }

  /** Shows a message, loading what lies around it. @param {number} seq @param {boolean} [focus] */
  jumpTo(seq, focus) {
    return import("./jump.js").then(({ jump }) => jump(this, seq, focus));
  }
}
customElements.define("message-list", MessageList);
