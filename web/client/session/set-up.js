/** The first start: the organisation and its owner, by the one-use link that the server printed. */
import { LitElement, html, nothing } from "lit";
import { t } from "../language/language.js";
import { session } from "../wiring.js";
import { go } from "../shell/route.js";
import { reason } from "../shell/notice.js";
import { languagePicker } from "./sign-in.js";

class SetUp extends LitElement {
  static properties = { busy: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.busy = false;
    this.error = "";
    // The token stands behind the #, which browsers send to no server; here it leaves the history too.
    this.token = location.hash.slice(1);
    globalThis.history.replaceState(null, "", location.pathname);
  }

  createRenderRoot() {
    return this;
  }

  render() {
    if (!this.token) return html`<main class="alone"><div class="sheet"><h1>Plenary</h1><p>${t("set-up.no-token")}</p>
      <a class="button" href="/">${t("sign-in")}</a></div></main>`;
    return html`<main class="alone"><form class="sheet" @submit=${this.#submit}>
      <img src="/icons/plenary.svg" alt="" width="56" height="56">
      <h1>${t("set-up")}</h1>
      <p class="hint">${t("set-up.hint")}</p>
      <label>${t("organisation")}<input name="organisation" required maxlength="64" autocomplete="organization"></label>
      <label>${t("your-name")}<input name="name" required maxlength="64" autocomplete="name"></label>
      <label>${t("userid")}<input name="userid" required maxlength="64" pattern="[0-9A-Za-z_@.\\-]+" title=${t("userid.rule")}
        autocomplete="username" autocapitalize="off" spellcheck="false" dir="ltr"></label>
      <label>${t("password")}<input name="password" type="password" required autocomplete="new-password" dir="ltr"></label>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <button class="primary" ?disabled=${this.busy}>${t("set-up.action")}</button>
      ${languagePicker(() => this.requestUpdate())}
    </form></main>`;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const text = (/** @type {string} */ name) => String(fields.get(name)).trim();
    this.busy = true;
    this.error = "";
    try {
      const owner = { userid: text("userid"), name: text("name"), password: String(fields.get("password")) };
      await session.setUp({ token: this.token, organisation: { name: text("organisation") }, owner });
      go("/", { replace: true });
    } catch (error) {
      this.error = reason(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define("plenary-set-up", SetUp);
