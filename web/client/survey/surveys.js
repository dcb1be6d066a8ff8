/** Surveys: the list, asking groups for those who may, and the results of one. */
import { html, nothing } from "lit";
import { inMyLanguage, t } from "../language/language.js";
import { get, path, post } from "../session/api.js";
import { confirm, openForm } from "../shell/dialog.js";
import { attempt, notice, reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { refs } from "../store/outbox.js";
import "./results.js";

/** @typedef {{id: string, title: Record<string, string>, state: string, invited?: number, answers?: number}} Survey */

class Surveys extends Part {
  static properties = { survey: {}, surveys: { state: true }, error: { state: true } };

  constructor() {
    super();
    /** @type {string | undefined} */
    this.survey = undefined;
    /** @type {Survey[] | null} */
    this.surveys = null;
    this.error = "";
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#load();
  }

  async #load() {
    try {
      this.surveys = (await get("/surveys")).surveys;
    } catch (error) {
      this.error = reason(error);
    }
  }

  get manages() {
    return ["owner", "admin"].includes(this.state.me?.role ?? "");
  }

  render() {
    if (this.survey) return html`<survey-results .survey=${this.survey}></survey-results>`;
    return html`<h1>${t("surveys")}</h1>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${this.surveys && !this.surveys.length ? html`<p class="hint">${t("surveys.none")}</p>` : nothing}
      <ul class="plain" role="list">${(this.surveys ?? []).map((survey) => this.#one(survey))}</ul>`;
  }

  /** @param {Survey} survey */
  #one(survey) {
    const open = survey.state === "open";
    return html`<li class="panel"><h2 dir="auto"><a href="/surveys/${encodeURIComponent(survey.id)}">${inMyLanguage(survey.title)}</a></h2>
      <p class="hint">${t(open ? "survey.open" : "survey.closed")}
        ${survey.answers === undefined || survey.answers === null ? nothing : html` · ${t("survey.answers", { count: survey.answers })}`}
        ${survey.invited === undefined || survey.invited === null ? nothing : html` · ${t("survey.invited", { count: survey.invited })}`}</p>
      <div class="actions"><a class="button" href="/surveys/${encodeURIComponent(survey.id)}">${t("survey.results")}</a>
        ${this.manages && open ? html`<button class="primary" @click=${() => this.#push(survey)}>${t("survey.push")}</button>
          <button class="quiet" @click=${() => this.#close(survey)}>${t("survey.close")}</button>` : nothing}</div></li>`;
  }

  /** @param {Survey} survey */
  #push(survey) {
    const groups = [...this.state.conversations.values()].filter(({ kind }) => kind === "group");
    const ref = refs();
    const choice = html`<p class="hint">${t("survey.push-hint")}</p>
      <ul class="accounts" role="list">${groups.map(({ id, name }) => html`<li><label class="row-button"><input type="checkbox" name="group" value=${id}><bdi>${name}</bdi></label></li>`)}</ul>`;
    openForm(t("survey.push"), choice, t("survey.push"), async (fields) => {
      const chosen = fields.getAll("group");
      if (!chosen.length) return;
      await post(path`/surveys/${survey.id}/pushes`, { ref: ref(chosen), groups: chosen });
      notice(t("survey.pushed", { count: chosen.length }));
      void this.#load();
    });
  }

  /** @param {Survey} survey */
  async #close(survey) {
    if (!(await confirm(t("survey.close-sure"), t("survey.close")))) return;
    await attempt(post(path`/surveys/${survey.id}/close`, {}));
    await this.#load();
  }
}
customElements.define("plenary-surveys", Surveys);
