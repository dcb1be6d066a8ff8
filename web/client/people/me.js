/** The reader's own page: language, look, keys, notifications, signing out. */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { languageName } from "../meeting/when.js";
import { call } from "../session/api.js";
import { languagePicker } from "../session/sign-in.js";
import { avatar } from "../shell/avatar.js";
import { applyLook, choice } from "../shell/look.js";
import { attempt } from "../shell/notice.js";
import { shortcuts } from "../shell/shortcuts.js";
import { Part } from "../shell/part.js";
import { COMMON } from "../translation/languages.js";
import { signOut, store } from "../wiring.js";

/** @type {Record<string, string[]>} */
const CHOICES = {
  theme: ["", "light", "dark"],
  density: ["", "compact"],
  enter: ["", "control"],
  announce: ["", "none"],
};

class MePage extends Part {
  async #translateTo(/** @type {string} */ language) {
    const before = this.state.readsIn;
    store.set({ readsIn: language || null });
    if (!(await attempt(call("PUT", "/me/language", { language: language || null }).then(() => true)))) store.set({ readsIn: before });
    this.requestUpdate();
  }

  render() {
    const { me } = this.state;
    if (!me) return nothing;
    const administers = me.role === "owner" || me.role === "admin";
    if (administers) void import("./retention.js");
    const draw = () => document.querySelector(/** @type {"div"} */ ("plenary-app")) && (this.requestUpdate(), store.set({}));
    return html`<header class="page-head me-head">${avatar(me)}<div><h1><bdi>${me.name}</bdi></h1>
        <p class="hint"><span dir="ltr">${me.userid}</span> · <bdi>${me.organisation.name}</bdi> · ${t(`role.${me.role}`)}</p></div></header>
      <section class="panel settings">
        <div class="setting"><span>${t("language")}</span>${languagePicker(draw)}</div>
        <label class="setting"><span>${t("me.translate")}<span class="hint">${t("me.translate.hint")}</span></span>
          <select name="translate" @change=${(/** @type {any} */ event) => this.#translateTo(event.target.value)}><option value="">${t("me.translate.none")}</option>
            ${[...new Set([...COMMON, this.state.readsIn ?? ""])].filter(Boolean).map((tag) => html`<option value=${tag} ?selected=${tag === this.state.readsIn}>${languageName(tag)}</option>`)}</select></label>
        ${Object.entries(CHOICES).map(([name, values]) => html`<label class="setting"><span>${t(`me.${name}`)}</span>
          <select @change=${(/** @type {any} */ event) => (choice(name, event.target.value), applyLook(), draw())}>
            ${values.map((value) => html`<option value=${value} ?selected=${choice(name) === value}>${t(`me.${name}.${value || "usual"}`)}</option>`)}</select></label>`)}
        ${this.#notifications()}
      </section>
      ${administers ? html`<organisation-retention></organisation-retention>` : nothing}
      <div class="actions"><button @click=${shortcuts}>${t("keys")}</button><button class="danger-text" @click=${signOut}>${t("sign-out")}</button></div>`;
  }

  #notifications() {
    const { Notification } = globalThis;
    if (!Notification) return nothing;
    const { permission } = Notification;
    const ask = async () => (await Notification.requestPermission(), this.requestUpdate());
    return html`<div class="setting"><span>${t("me.notifications")}</span>
      ${permission === "default" ? html`<button @click=${ask}>${t("me.notifications.ask")}</button>` : html`<span class="hint">${t(`me.notifications.${permission}`)}</span>`}</div>`;
  }
}
customElements.define("plenary-me", MePage);
