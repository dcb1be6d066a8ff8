/**
 * The captions of a meeting beside its conversation: growing while people speak, each reader's in the
 * language they chose; afterwards the record, from its beginning.
 */
import { html, nothing } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { go, toConversation } from "../shell/route.js";
import { saveCaptions } from "./export.js";
import { readingIn } from "../shell/look.js";
import { frames } from "../wiring.js";
import { act, actionsFor } from "./actions.js";
import { captionView } from "./caption.js";
import { languagesFor, readingPicker } from "../translation/picker.js";
import { Reel } from "./reel.js";
import { leftOf } from "./left.js";
import { ensure, viewOf } from "./views.js";
import { whenOf } from "./when.js";

/** So near to the end it is followed. */
const NEAR = 48;

class MeetingCaptions extends Part {
  static properties = { of: {}, meeting: {}, error: { state: true }, away: { state: true } };

  constructor() {
    super();
    this.of = "";
    /** @type {string | undefined} */
    this.meeting = undefined;
    this.error = "";
    /** Whether the reader scrolled up. */
    this.away = false;
    /** @type {Reel | null} */
    this.reel = null;
    this.shown = "";
    /** Where it was scrolled to. */
    this.top = 0;
    // What stands above comes and goes, and so does the keyboard of a phone: the end is followed all the same.
    this.sizes = new ResizeObserver(() => this.#follow());
    /** @type {(() => void)[]} */
    this.deaf = [];
  }

  connectedCallback() {
    super.connectedCallback();
    const hear = (/** @type {string} */ type, /** @type {(frame: any) => void} */ what) => frames.on(type, (frame) => what(frame));
    this.deaf = [
      hear("entry", ({ entry }) => entry.conversation === this.of && this.reel?.entry(entry)),
      hear("caption", (frame) => frame.meeting === this.meeting && this.reel?.grows(frame)),
      hear("translation", (frame) => frame.conversation === this.of && this.reel?.translated(frame)),
      hear("live", () => this.#do(() => this.reel?.goOn())),
    ];
  }

  disconnectedCallback() {
    for (const stop of this.deaf) stop();
    this.sizes.disconnect();
    this.reel?.stop();
    this.reel = null;
    this.shown = "";
    super.disconnectedCallback();
  }

  get scroller() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".captions-scroller"));
  }

  willUpdate() {
    const language = readingIn(this.state, this.of);
    const shown = `${this.of}/${this.meeting}/${language}`;
    if (!this.meeting || shown === this.shown) return;
    this.shown = shown;
    const before = this.reel;
    before?.stop();
    const reel = new Reel(this.of, this.meeting, language, () => this.requestUpdate());
    // What grows is not loaded: it goes on in the other language.
    if (before?.meeting === this.meeting) reel.captions = before.captions.filter(({ seq }) => seq === null);
    this.reel = reel;
    this.away = false;
    this.#do(() => reel.open());
    void ensure(this.meeting);
  }

  /** @param {() => Promise<void> | undefined} what */
  async #do(what) {
    try {
      this.error = "";
      await what();
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    const { reel } = this;
    const language = readingIn(this.state, this.of);
    const view = this.meeting ? viewOf(this.meeting) : undefined;
    const captions = reel?.captions ?? [];
    const live = view?.state === "live";
    const over = view?.state === "ended" || view?.state === "cancelled";
    const speaks = view && !over && (view.may.interpret.length > 0 || view.may.change);
    if (speaks) void import("./interpreter.js");
    const heard = view && !over && language;
    if (heard) void import("./voice.js");
    return html`<header class="side-head"><div><h2>${t("captions")}</h2>${view ? html`<p class="hint"><bdi>${view.title}</bdi>${live ? html` · <b>${t("meeting.live")}</b>` : nothing}</p>` : nothing}</div>
        <span class="actions">${this.meeting ? html`<button class="quiet square" aria-label=${t("search.captions")} title=${t("search.captions")} aria-haspopup="dialog"
          @click=${async () => (await import("../search/open.js")).openSearch({ conversation: this.of, meeting: this.meeting })}>${icon("search")}</button>` : nothing}${view ? html`<button class="quiet square" aria-label=${t("more")} title=${t("more")} aria-haspopup="menu" @click=${this.#menu}>${icon("more")}</button>` : nothing}
        <button class="quiet square" aria-label=${t("close")} @click=${() => go(toConversation(this.of))}>${icon("close")}</button></span></header>
      ${over ? html`<div class="record"><p class="hint"><time datetime=${(view.occurrence ?? view).start}>${whenOf(view.occurrence ?? view)}</time></p>${leftOf(view)}</div>` : nothing}
      ${readingPicker(this.state, this.of, languagesFor(this.state, this.of, view?.languages ?? []))}
      ${heard ? html`<meeting-voice .meeting=${view.id} .language=${language}></meeting-voice>` : nothing}
      <div class="captions-scroller" role="log" aria-live="off" aria-label=${t("captions")} tabindex="0" @scroll=${this.#scrolled}>
        ${reel?.hasEarlier ? html`<button class="link" @click=${() => this.#keeping(() => reel.earlier())}>${t("captions.earlier")}</button>` : nothing}
        ${reel?.loaded && !captions.length ? html`<p class="hint">${t(over ? "captions.none" : "captions.silent")}</p>` : nothing}
        <ol role="list">${repeat(captions, ({ key }) => key, (caption, i) => captionView(caption, captions[i - 1], captions[i + 1], language))}</ol>
        ${reel?.hasLater ? html`<button @click=${() => this.#do(() => reel.later())}>${t("show-more")}</button>` : nothing}
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      </div>
      ${this.away && reel?.live ? html`<div class="pills"><button class="pill" @click=${this.#toEnd}>${icon("down")}${t("captions.to-live")}</button></div>` : nothing}
      ${speaks ? html`<caption-composer .meeting=${view}></caption-composer>` : nothing}`;
  }

  /** @param {Event} event */
  async #menu(event) {
    const view = this.meeting ? viewOf(this.meeting) : undefined;
    if (!view) return;
    const opener = /** @type {HTMLElement} */ (event.currentTarget);
    const { openMenu } = await import("../message/menu.js");
    const language = readingIn(this.state, this.of);
    const was = view.state === "ended" ? actionsFor(view, view.state) : [];
    const own = view.may?.change ? ["meeting.interpreters", "meeting.channel"] : view.may?.interpret?.length ? ["meeting.channel"] : [];
    openMenu(opener, ["captions.vtt", "captions.txt", ...own, ...was], (what) => {
      const kind = what.split(".")[1];
      void this.#do(() => (what.startsWith("captions.") ? saveCaptions(view.id, kind, language) : act(view, what).then(() => {})));
    });
  }

  firstUpdated() {
    if (this.scroller) this.sizes.observe(this.scroller);
  }

  updated() {
    this.#follow();
  }

  #follow() {
    const { scroller, reel } = this;
    if (scroller && reel?.live && !this.away) scroller.scrollTop = scroller.scrollHeight;
  }

  /** Only who scrolls up leaves the end: where there is less room than before, nobody has. */
  #scrolled() {
    const { scroller } = this;
    if (!scroller) return;
    const up = scroller.scrollTop < this.top;
    this.top = scroller.scrollTop;
    const far = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop > NEAR;
    this.away = far && (up || this.away);
    if (this.reel) this.reel.watched = !this.away;
  }

  /** Goes to a caption that was found. @param {number} seq */
  async show(seq) {
    const { reel } = this;
    if (!reel) return;
    await this.#do(() => reel.around(seq));
    this.away = true;
    this.requestUpdate();
    await this.updateComplete;
    const place = reel.captions.findIndex((caption) => caption.seq === seq);
    const row = this.querySelectorAll("li.caption")[place];
    row?.scrollIntoView({ block: "center", behavior: "instant" });
    row?.classList.add("shown");
    setTimeout(() => row?.classList.remove("shown"), 2500);
  }

  #toEnd() {
    this.away = false;
    if (this.reel) this.reel.watched = true;
    void this.#do(() => this.reel?.toLive());
    this.requestUpdate();
  }

  /** Puts more above what is read, which stays where it is. @param {() => Promise<void>} load */
  async #keeping(load) {
    await this.#do(load);
    const { scroller } = this;
    const first = scroller?.querySelector("li.caption");
    const before = first?.getBoundingClientRect().top ?? 0;
    this.requestUpdate();
    await this.updateComplete;
    if (scroller && first?.isConnected) scroller.scrollTop += first.getBoundingClientRect().top - before;
  }
}
customElements.define("meeting-captions", MeetingCaptions);
