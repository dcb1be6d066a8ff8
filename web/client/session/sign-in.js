/** One card: organisation, userid, password, language. */
import { LitElement, html, nothing } from "lit";
import { LANGUAGES, language, speak, t } from "../language/language.js";
import { session } from "../wiring.js";
import { reason } from "../shell/notice.js";
import { get } from "./api.js";

class SignIn extends LitElement {
  static properties = { server: { state: true }, busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    /** @type {{organisation: {name: string} | null, setUp: boolean, demo: boolean} | null} */
    this.server = null;
    this.busy = false;
    this.error = "";
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    get("/server").then((server) => (this.server = server), () => {});
  }

  render() {
    const name = this.server?.organisation?.name;
    return html`<main class="alone"><form class="sheet" @submit=${this.#submit}>
      <img src="/icons/plenary.svg" alt="" width="56" height="56">
      <h1>${name ? t("sign-in.to", { name }) : t("sign-in")}</h1>
      ${this.server && !this.server.setUp ? html`<p class="hint">${t("sign-in.not-set-up")}</p>` : nothing}
      ${name ? nothing : html`<label>${t("organisation")}
        <input name="organisation" autocomplete="organization" autocapitalize="off" spellcheck="false"></label>`}
      <label>${t("userid")}
        <input name="userid" required maxlength="64" autocomplete="username" autocapitalize="off" spellcheck="false" dir="ltr"></label>
      <label>${t("password")}
        <input name="password" type="password" required autocomplete="current-password" dir="ltr"></label>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <button class="primary" ?disabled=${this.busy}>${t("sign-in")}</button>
      ${languagePicker(() => this.requestUpdate())}
    </form></main>`;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const organisation = String(fields.get("organisation") ?? "").trim();
    const userid = String(fields.get("userid")).trim();
    this.busy = true;
    this.error = "";
    try {
      await session.signIn({ ...(organisation && { organisation }), userid, password: String(fields.get("password")) });
    } catch (error) {
      this.error = reason(error);
      this.querySelector(/** @type {"input"} */ ("[name=password]"))?.select();
    } finally {
      this.busy = false;
    }
  }
}
customElements.define("plenary-sign-in", SignIn);

/** @param {() => void} changed */
export const languagePicker = (changed) => html`<label class="language"><span class="visually-hidden">${t("language")}</span>
  <select name="language" @change=${async (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    localStorage.setItem("plenary.language", value);
    await speak(value);
    changed();
  }}>
    ${Object.entries(LANGUAGES).map(([tag, name]) => html`<option value=${tag} lang=${tag} ?selected=${tag === language.tag}>${name}</option>`)}
  </select></label>`;
