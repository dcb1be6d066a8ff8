/**
 * A meeting in the conversation: when it is for its reader, who comes, the way in, and afterwards what
 * is left of it. It changes where it stands.
 *
 * @import {Meeting, MeetingView} from "../types"
 */
import { html, nothing } from "lit";
import { list, number, t } from "../language/language.js";
import { call, path } from "../session/api.js";
import { avatar } from "../shell/avatar.js";
import { icon } from "../shell/icons.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { toConversation } from "../shell/route.js";
import { names } from "../wiring.js";
import { actionsFor, act } from "./actions.js";
import { join } from "./join.js";
import { leftOf } from "./left.js";
import { look, shownOf, take, viewOf } from "./views.js";
import { elsewhere, languageNames, startsIn, stateOf, whenOf } from "./when.js";

const ANSWERS = /** @type {const} */ (["yes", "no", "maybe"]);
const TICK = 20_000;
const PICTURES = 5;

class MeetingCard extends Part {
  static properties = { meeting: {}, of: {}, edited: {}, busy: { state: true }, error: { state: true }, link: { state: true } };

  constructor() {
    super();
    /** @type {Meeting | MeetingView | null} as it was posted */
    this.meeting = null;
    this.of = "";
    /** The number of the entry that changed it last. */
    this.edited = 0;
    this.busy = "";
    this.error = "";
    /** The reader's own link, where the browser let no window open. */
    this.link = "";
    this.tick = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.tick = window.setInterval(() => this.requestUpdate(), TICK);
  }

  disconnectedCallback() {
    clearInterval(this.tick);
    super.disconnectedCallback();
  }

  willUpdate() {
    if (this.meeting) void look(this.meeting, this.edited);
  }

  get shown() {
    return shownOf(/** @type {Meeting} */ (this.meeting), this.edited);
  }

  render() {
    if (!this.meeting) return nothing;
    const meeting = this.shown;
    const now = Date.now();
    const state = stateOf(meeting, now);
    const over = state === "ended" || state === "cancelled" || state === "failed";
    const id = `meeting-${meeting.id}`;
    return html`<article class="card meeting ${state}" aria-labelledby=${id} aria-busy=${!!this.busy} @keydown=${(/** @type {Event} */ event) => event.stopPropagation()}>
      <p class="card-source"><span><bdi>${meeting.provider?.title}</bdi>${meeting.provider?.simulated ? html` <span class="tag" title=${t("meeting.simulated.why")}>${t("meeting.simulated")}</span>` : nothing}</span>
        <span class="state" role="status">${state === "live" ? html`<span class="dot" aria-hidden="true"></span>` : nothing}${t(state === "soon" && Date.parse((meeting.occurrence ?? meeting).start) <= now ? "meeting.due" : `meeting.${state}`)}</span></p>
      <h2 id=${id}><bdi>${meeting.title}</bdi></h2>
      ${this.#times(meeting, state, now)}
      ${meeting.languages?.length ? html`<p class="card-desc">${icon("languages")}<span><span class="visually-hidden">${t("meeting.languages")} </span>${languageNames(meeting.languages)}</span></p>` : nothing}
      ${meeting.problem ? html`<p class="problem ${state === "failed" ? "error" : ""}"><bdi>${meeting.problem}</bdi></p>` : nothing}
      ${state === "live" && meeting.live ? this.#live(meeting.live) : nothing}
      ${state === "live" ? nothing : leftOf(meeting)}
      ${over || state === "making" ? nothing : this.#answers(meeting)}
      ${this.#actions(meeting, state)}
      ${this.link ? html`<p class="card-message"><a href=${this.link} target="_blank" rel="noopener noreferrer" @click=${() => (this.link = "")}>${t("meeting.open-link")}</a></p>` : nothing}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
    </article>`;
  }

  /** @param {Meeting & Partial<MeetingView>} meeting @param {string} state @param {number} now */
  #times(meeting, state, now) {
    const { occurrence, recurrence } = meeting;
    const times = occurrence ?? meeting;
    const soon = state === "soon" ? startsIn(times.start, now) : null;
    const there = elsewhere({ ...meeting, ...times });
    return html`<p class="when"><time datetime=${times.start}>${whenOf(times)}</time>${soon ? html` <b>${soon}</b>` : nothing}</p>
      ${there ? html`<p class="hint">${there}</p>` : nothing}
      ${recurrence ? html`<p class="card-desc">${icon("repeat")}<span>${t(`meeting.every.${recurrence.every}`, { count: recurrence.count })}${occurrence ? html` · ${t("meeting.occurrence", { number: occurrence.number, of: occurrence.of })}` : nothing}</span></p>` : nothing}
      ${meeting.code && state !== "ended" && state !== "cancelled" ? html`<p class="hint">${t("meeting.code", { code: meeting.code })}</p>` : nothing}`;
  }

  /** @param {NonNullable<MeetingView["live"]>} live */
  #live({ count, accounts, guests }) {
    const who = list(accounts.map((id) => names.name(id)));
    return html`<p class="who-is-in" title=${who}><span class="faces">${accounts.slice(0, PICTURES).map((id) => avatar({ id, name: names.name(id), small: true }))}</span>
      <span>${t("meeting.in", { count })}${guests ? html` <span class="hint">· ${t("meeting.guests", { count: guests })}</span>` : nothing}</span></p>`;
  }

  /** @param {Meeting & Partial<MeetingView>} meeting */
  #answers({ rsvp }) {
    return html`<div class="rsvp" role="group" aria-label=${t("meeting.rsvp")}>${ANSWERS.map((answer) => html`<button
      class="chip" aria-pressed=${rsvp?.mine === answer} @click=${() => this.#answer(answer)}>
      ${t(`meeting.rsvp.${answer}`)}${rsvp?.[answer] ? html`<span class="count">${number(rsvp[answer])}</span>` : nothing}</button>`)}</div>`;
  }

  /** @param {Meeting & Partial<MeetingView>} meeting @param {string} state */
  #actions(meeting, state) {
    const joinable = state === "live" || state === "soon" || state === "scheduled";
    const followed = joinable || state === "ended";
    const actions = actionsFor(meeting, state);
    const more = async (/** @type {Event} */ event) => {
      const opener = /** @type {HTMLElement} */ (event.currentTarget);
      (await import("../message/menu.js")).openMenu(opener, actions, (what) => void this.#do(() => act(meeting, what)));
    };
    return html`<div class="card-actions">
      ${joinable ? html`<button class=${state === "scheduled" ? "" : "primary"} ?disabled=${!!this.busy} @click=${() => this.#do(async () => (this.link = (await join(meeting.id)) ?? ""))}>${t("meeting.join")}</button>` : nothing}
      ${state === "failed" && meeting.may?.retry ? html`<button class="primary" ?disabled=${!!this.busy} @click=${() => this.#do(() => act(meeting, "try-again"))}>${t("try-again")}</button>` : nothing}
      ${followed ? html`<a class="button" href=${toConversation(this.of, "captions", meeting.id)}>${icon("captions")}${t("captions")}</a>` : nothing}
      ${actions.length ? html`<button class="quiet square" aria-label=${t("more")} title=${t("more")} aria-haspopup="menu" @click=${more}>${icon("more")}</button>` : nothing}</div>`;
  }

  /** @param {"yes" | "no" | "maybe"} answer */
  #answer(answer) {
    return this.#do(async () => {
      const { id } = this.shown;
      const rsvp = await call("PUT", path`/meetings/${id}/rsvp`, { answer });
      const view = viewOf(id);
      if (view) take({ ...view, rsvp });
    });
  }

  /** @param {() => Promise<unknown>} what */
  async #do(what) {
    if (this.busy) return;
    this.busy = "yes";
    this.error = "";
    try {
      await what();
    } catch (error) {
      this.error = reason(error);
    } finally {
      this.busy = "";
    }
  }
}
customElements.define("meeting-card", MeetingCard);
