/**
 * The results of a survey: tables that can be read without their bars. They move as answers arrive,
 * but never reorder under the reader's pointer or focus, nor more often than every five seconds.
 *
 * @import {Results, ResultQuestion} from "../types"
 */
import { html, nothing, svg } from "lit";
import { repeat } from "lit-html/directives/repeat.js";
import { inMyLanguage, number, percent, t } from "../language/language.js";
import { get, path } from "../session/api.js";
import { icon } from "../shell/icons.js";
import { attempt, reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { save } from "../shell/save.js";
import { rowsOf } from "./ranking.js";

const CALM = 5000;

class SurveyResults extends Part {
  static properties = { survey: {}, results: { state: true }, paused: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.survey = "";
    /** @type {Results | null} */
    this.results = null;
    this.paused = false;
    this.error = "";
    this.seen = -1;
    this.loadedAt = 0;
    this.timer = 0;
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  willUpdate() {
    if (this.seen === this.state.results && this.results?.survey === this.survey) return;
    const first = this.seen < 0;
    this.seen = this.state.results;
    if (first) void this.#load();
    else this.#soon();
  }

  #soon() {
    if (this.timer) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      const held = this.querySelector("table:hover, table:focus-within");
      if (this.paused || held) this.#soon();
      else void this.#load();
    }, Math.max(0, this.loadedAt + CALM - Date.now()));
  }

  async #load() {
    this.loadedAt = Date.now();
    try {
      this.results = await get(path`/surveys/${this.survey}/results`);
      this.error = "";
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    const { results } = this;
    if (!results) return html`<p class=${this.error ? "error" : "hint late"} role="alert">${this.error}</p>`;
    return html`<article class="results">
      <a class="quiet button only-phone" href="/surveys">${icon("back")}${t("surveys")}</a>
      <h1 dir="auto">${inMyLanguage(results.title)}</h1>
      ${results.demo ? html`<p class="demo">${t("results.demo")}</p>` : nothing}
      <p class="n">${results.n === null ? html`<strong>${t("results.withheld", { count: results.threshold })}</strong>` : html`<strong>${t("results.n", { count: results.n })}</strong> <bdi>${inMyLanguage(results.note)}</bdi>`}
        ${results.n === null || results.exact ? nothing : t("results.steps", { count: results.step })}</p>
      <div class="actions">
        ${results.state === "open" ? html`<button aria-pressed=${this.paused} @click=${() => (this.paused = !this.paused)}>
          ${icon(this.paused ? "play" : "pause")}${t(this.paused ? "results.go-on" : "results.pause")}</button>` : html`<span class="tag">${t("survey.closed")}</span>`}
        <button @click=${() => attempt(save(path`/surveys/${this.survey}/results.csv`, `${this.survey}.csv`))}>${icon("download")}CSV</button></div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${results.questions.filter(({ options }) => options?.length).map((question) => this.#question(question))}
    </article>`;
  }

  /** @param {ResultQuestion} question */
  #question(question) {
    const base = question.n ?? 0;
    const title = inMyLanguage(question.title);
    return html`<section class="panel"><table role="table">
      <caption><b dir="auto">${title}</b>
        <span class="hint">${t("results.n-question", { count: base })} ${(question.most ?? 1) > 1 ? t("results.several", { count: question.most ?? 1 }) : nothing}</span></caption>
      <thead class="visually-hidden" role="rowgroup"><tr role="row">${["rank", "option", "share", "count"].map((name) => html`<th role="columnheader" scope="col">${t(`results.${name}`)}</th>`)}</tr></thead>
      <tbody role="rowgroup">${repeat(rowsOf(question), ({ id }) => id, ({ label, rank, count }) => html`<tr role="row">
        <td role="cell" class="rank">${rank === null ? nothing : number(rank)}</td>
        <th role="rowheader" scope="row" dir="auto">${inMyLanguage(label)}</th>
        <td role="cell" class="share">${count === null ? t("results.hidden") : html`${bar(base ? count / base : 0)}<span>${base ? percent(count / base) : "–"}</span>`}</td>
        <td role="cell" class="count">${count === null ? nothing : number(count)}</td></tr>`)}</tbody>
    </table></section>`;
  }
}
customElements.define("survey-results", SurveyResults);

/** Decoration: the figure stands beside it. @param {number} share */
const bar = (share) => html`<svg class="bar" aria-hidden="true" preserveAspectRatio="none">${svg`<rect class="ground" width="100%" height="100%" rx="4"/><rect width="${Math.min(100, share * 100)}%" height="100%" rx="4"/>`}</svg>`;
