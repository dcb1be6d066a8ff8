/** For how many days the organisation keeps what is said: what that means, and changing it, for those who may. */
import { html, nothing, render } from "lit";
import { t } from "../language/language.js";
import { call, get, Refused } from "../session/api.js";
import { confirm, openDialog } from "../shell/dialog.js";
import { notice, reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { store } from "../wiring.js";
import { MOST_DAYS, daysOf, outcome, shorter, until } from "./retention-parts.js";

class OrganisationRetention extends Part {
  static properties = { days: { state: true }, error: { state: true } };

  constructor() {
    super();
    /** @type {number | null} */
    this.days = null;
    this.error = "";
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#load();
  }

  async #load() {
    try {
      this.days = (await get("/organisation")).retention.days;
      this.error = "";
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    const { days } = this;
    return html`<section class="panel" aria-labelledby="retention"><h2 id="retention">${t("retention")}</h2>
      ${this.error ? html`<p class="error" role="alert">${this.error} <button @click=${this.#load}>${t("try-again")}</button></p>` : nothing}
      ${days === null ? nothing : html`<p><b>${days ? t("retention.days", { count: days }) : t("retention.ever")}</b></p>
        <p class="hint">${days ? t("retention.longer", { when: until(days, Date.now()) }) : t("retention.nothing")} ${t("retention.whole")}</p>
        <button aria-haspopup="dialog" @click=${this.#change}>${t("retention.change")}</button>`}</section>`;
  }

  /** Another may have changed it meanwhile: what it is now decides what would be removed. */
  async #change() {
    await this.#load();
    if (this.days === null || this.error) return;
    openRetention(this.days, (days) => (this.days = days));
  }
}
customElements.define("organisation-retention", OrganisationRetention);

/** @param {number} before @param {(days: number) => void} changed */
function openRetention(before, changed) {
  /** @type {HTMLFormElement} */
  let form;
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (form.querySelector(selector));
  const chosen = () => {
    const fields = new FormData(form);
    return fields.get("keep") === "ever" ? 0 : daysOf(String(fields.get("days") ?? ""));
  };
  const wrong = (/** @type {string} */ text) => {
    const field = part("[name=days]");
    field.ariaInvalid = text ? "true" : null;
    render(text ? html`<span class="error" role="alert">${text}</span>` : nothing, part("#days-wrong"));
    if (text) field.focus();
  };
  const show = (/** @type {Event} */ { currentTarget }) => {
    form = /** @type {HTMLFormElement} */ (currentTarget);
    const after = chosen();
    part(".count").hidden = new FormData(form).get("keep") === "ever";
    wrong("");
    render(after === null ? nothing : html`<p class=${shorter(before, after) ? "problem" : "hint"}>${after === before ? t("retention.same") : outcome(before, after, Date.now())}</p>`, part(".outcome"));
  };
  const send = async (/** @type {SubmitEvent} */ event, /** @type {() => void} */ close) => {
    event.preventDefault();
    form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const after = chosen();
    if (after === null) return wrong(t("retention.wrong", { most: MOST_DAYS }));
    const organisation = store.state.me?.organisation.name ?? "";
    if (shorter(before, after) && !(await confirm(t("retention.sure", { organisation, when: until(after, Date.now()) }), t("retention.remove")))) return undefined;
    try {
      const { days } = await call("PUT", "/organisation/retention", { days: after });
      changed(days);
      notice(days ? t("retention.days", { count: days }) : t("retention.ever"));
      close();
    } catch (error) {
      if (error instanceof Refused && error.problem.field === "days") wrong(reason(error));
      else render(html`<p class="error" role="alert">${reason(error)}</p>`, part(".outcome"));
    }
    return undefined;
  };
  const kept = (/** @type {string} */ value, /** @type {boolean} */ checked) => html`<label class="check"><input type="radio" name="keep" value=${value} ?checked=${checked}>${t(`retention.keep.${value}`)}</label>`;
  openDialog(t("retention"), (close) => html`<form novalidate @input=${show} @submit=${(/** @type {SubmitEvent} */ event) => send(event, close)}>
    <fieldset class="kinds"><legend class="visually-hidden">${t("retention")}</legend>${kept("ever", before === 0)}${kept("some", before !== 0)}</fieldset>
    <label class="count" ?hidden=${before === 0}>${t("retention.count", { most: MOST_DAYS })}
      <input name="days" inputmode="numeric" autocomplete="off" value=${before || 90} aria-describedby="days-wrong"><span id="days-wrong"></span></label>
    <p class="hint">${t("retention.what")}</p>
    <div class="outcome" aria-live="polite"></div>
    <div class="actions"><button class="primary">${t("retention.set")}</button><button type="button" @click=${close}>${t("cancel")}</button></div></form>`);
}
