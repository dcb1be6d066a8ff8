/**
 * A template card, answered where it stands. What is drawn is the reader's own view of it: the server
 * may put another card in its place for this reader alone, as a survey asks its next question.
 *
 * @import {Card, CardView, Button} from "../types"
 * @import {Draft} from "./choices"
 */
import { html, nothing } from "lit";
import { directionOf, t } from "../language/language.js";
import { get, path, post, Unreachable } from "../session/api.js";
import { announce } from "../shell/announcer.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { newRef } from "../store/outbox.js";
import { answerOf, codePoints, draftOf } from "./choices.js";
import { facts, opening } from "./facts.js";
import { inputs } from "./inputs.js";

const INTERACTIVE = new Set(["button_interaction", "vote_interaction", "multiple_interaction"]);
/** Views and drafts of cards that were drawn before: they are drawn again at once. @type {Map<string, {view: CardView | null, draft: Draft | null}>} */
const kept = new Map();

class TemplateCard extends Part {
  static properties = {
    card: {}, of: {}, seq: {}, version: {}, view: { state: true }, draft: { state: true }, busy: { state: true }, error: { state: true },
  };

  constructor() {
    super();
    /** @type {Card} */
    this.card = { card_type: "" };
    this.of = "";
    this.seq = 0;
    this.version = 0;
    /** @type {CardView | null} */
    this.view = null;
    /** @type {Draft | null} */
    this.draft = null;
    this.busy = "";
    this.error = "";
    /** The attempt that got no answer: the same again has the same ref. @type {{ref: string, what: string} | null} */
    this.tried = null;
  }

  get shown() {
    return this.view?.card ?? this.card;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const { of, seq } = this;
    if (changed.has("of") || changed.has("seq")) {
      const before = kept.get(`${of}/${seq}`);
      this.view = before?.view ?? null;
      this.draft = before?.draft ?? null;
    }
    const other = changed.has("card") || changed.has("version") || changed.has("seq");
    if (other && INTERACTIVE.has(this.card.card_type) && Number.isFinite(seq)) void this.#fetch();
    this.draft ??= draftOf(this.shown, this.view ?? {});
  }

  async #fetch() {
    const { of, seq } = this;
    try {
      const view = await get(path`/conversations/${of}/messages/${seq}/card`);
      if (of === this.of && seq === this.seq) this.#take(view);
    } catch {
      // Drawn as it was posted; answering it will tell what is wrong.
    }
  }

  /** @param {CardView} view */
  #take(view) {
    const same = JSON.stringify(view.card ?? this.card) === JSON.stringify(this.shown);
    this.view = view;
    if (!same || view.state !== "open" || !this.draft) this.draft = draftOf(this.shown, view);
    this.#keep();
  }

  #keep() {
    kept.set(`${this.of}/${this.seq}`, { view: this.view, draft: this.draft });
  }

  render() {
    const card = this.shown;
    const state = this.view?.state ?? "open";
    const interactive = INTERACTIVE.has(card.card_type);
    const { progress } = card;
    const heading = card.main_title;
    return html`<article class="card ${state}" dir=${directionOf(heading?.title ?? heading?.desc ?? card.source?.desc ?? "")} aria-busy=${!!this.busy} @keydown=${(/** @type {Event} */ event) => event.stopPropagation()}>
      ${card.source?.desc || progress ? html`<p class="card-source"><span dir="auto">${card.source?.desc}</span>
        ${progress ? html`<span class="progress">${t("card.progress", { value: progress.value, of: progress.of })}</span>` : nothing}</p>` : nothing}
      ${heading?.title ? html`<h2 dir="auto" tabindex="-1">${opening(card.card_action, heading.title)}</h2>` : nothing}
      ${heading?.desc ? html`<p class="card-desc" dir="auto">${heading.desc}</p>` : nothing}
      ${facts(card)}
      ${interactive ? this.#form(card, state) : nothing}
      ${this.view?.message ? html`<p class="card-message" role="status" dir="auto">${this.view.message}</p>` : nothing}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
    </article>`;
  }

  /** @param {Card} card @param {string} state */
  #form(card, state) {
    const draft = this.draft ?? draftOf(card);
    if (state === "closed") return html`<p class="card-message">${t("card.closed")}</p>`;
    const done = state === "answered";
    const change = (/** @type {Draft} */ next) => {
      this.draft = next;
      this.error = "";
      this.#keep();
    };
    return html`<form @submit=${this.#submit}>
      ${inputs(card, draft, change, { name: `${this.of}-${this.seq}`, disabled: done || !!this.busy })}
      ${done ? html`<p class="card-message">${t("card.answered")}</p>` : this.#buttons(card)}
    </form>`;
  }

  /** @param {Card} card */
  #buttons(card) {
    const submit = card.submit_button;
    const buttons = card.button_list ?? [];
    return html`<div class="card-actions">
      ${submit ? html`<button class="primary" ?disabled=${!!this.busy} value=${submit.key}>${submit.text ?? t("submit")}</button>` : nothing}
      ${buttons.map((button, i) => this.#button(button, !submit && i === 0))}</div>`;
  }

  /** @param {Button} button @param {boolean} first */
  #button(button, first) {
    if (button.type === 1) return opening({ type: 1, url: button.url }, button.text, "button");
    const look = button.style === 2 || (first && !button.style) || (first && button.style === 1) ? "primary" : button.style === 3 ? "danger" : "quiet";
    return html`<button type="button" class=${look} ?disabled=${!!this.busy} @click=${() => this.#answer(button.key ?? "", false)}>${button.text}</button>`;
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    void this.#answer(this.shown.submit_button?.key ?? "", true);
  }

  /** @param {string} key @param {boolean} complete whether what is written must be sound */
  async #answer(key, complete) {
    const { text_input: input } = this.shown;
    const draft = this.draft ?? draftOf(this.shown);
    const over = input ? codePoints(draft.texts[input.question_key] ?? "") - (input.max_length ?? Infinity) : 0;
    if (complete && over > 0) {
      this.error = t("too-long", { count: over });
      return;
    }
    const body = { key, ...answerOf(draft) };
    const what = JSON.stringify(body);
    if (this.tried?.what !== what) this.tried = { ref: newRef(), what };
    this.busy = key;
    this.error = "";
    try {
      const view = await post(path`/conversations/${this.of}/messages/${this.seq}/answer`, { ref: this.tried.ref, ...body });
      this.tried = null;
      await this.#answered(view);
      if (key === "begin" && view.state === "open") await this.#goOn();
    } catch (error) {
      if (!(error instanceof Unreachable)) this.tried = null;
      this.error = reason(error);
    } finally {
      this.busy = "";
    }
  }

  /** Whoever accepts an invitation is asked in the private conversation with the bot that invites. */
  async #goOn() {
    const bot = this.state.conversations.get(this.of)?.entries.find(({ seq }) => seq === this.seq)?.sender;
    if (bot) await (await import("../conversation/create.js")).openDirect(bot);
  }

  /** @param {CardView} view */
  async #answered(view) {
    const inside = this.contains(document.activeElement);
    this.draft = null;
    this.#take(view);
    const { progress, main_title: heading } = this.shown;
    const place = progress ? t("card.progress", { value: progress.value, of: progress.of }) : "";
    announce(view.message || [place, heading?.title].filter(Boolean).join(". "));
    await this.updateComplete;
    // The button that was pressed may be gone: the next question's heading takes the focus.
    const next = inside ? this.querySelector("h2") : null;
    next?.focus({ preventScroll: true });
    // A question that is taller than the window begins with its heading.
    next?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
}
customElements.define("template-card", TemplateCard);
