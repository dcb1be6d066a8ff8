/** The organisation's members: finding them, writing to them, and for those who may, adding and managing them. */
import { LitElement, html, nothing } from "lit";
import { t } from "../language/language.js";
import { call, get, path, post } from "../session/api.js";
import { avatar } from "../shell/avatar.js";
import { confirm } from "../shell/dialog.js";
import { icon } from "../shell/icons.js";
import { openMenu } from "../message/menu.js";
import { attempt, notice, reason } from "../shell/notice.js";
import { openDirect } from "../conversation/create.js";
import { names, store } from "../wiring.js";
import { openAdd, openTickets } from "./add.js";

/** @import {Account} from "../types" */

class People extends LitElement {
  static properties = { members: { state: true }, next: { state: true }, error: { state: true } };

  constructor() {
    super();
    /** @type {Account[]} */
    this.members = [];
    /** @type {string | null} */
    this.next = null;
    this.error = "";
    this.query = "";
    this.waiting = 0;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  /** @param {string} [after] */
  async load(after = "") {
    const { query } = this;
    const parts = ["limit=100", query && `query=${encodeURIComponent(query)}`, after && `after=${encodeURIComponent(after)}`].filter(Boolean);
    try {
      const page = await get(`/members?${parts.join("&")}`);
      if (query !== this.query) return;
      names.learn(page.members);
      this.members = after ? [...this.members, ...page.members] : page.members;
      this.next = page.next;
      this.error = "";
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    const role = store.state.me?.role;
    const manages = role === "owner" || role === "admin";
    return html`<header class="page-head"><h1>${t("people")}</h1>
        ${manages ? html`<button class="primary" @click=${() => openAdd(() => void this.load())}>${icon("plus")}${t("people.add")}</button>` : nothing}</header>
      <input type="search" placeholder=${t("people.search")} aria-label=${t("people.search")} @input=${(/** @type {any} */ event) => {
        this.query = event.target.value.trim();
        clearTimeout(this.waiting);
        this.waiting = window.setTimeout(() => void this.load(), 200);
      }}>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <ul class="accounts people" role="list">${this.members.map((member) => this.#member(member, manages, role === "owner"))}</ul>
      ${this.next ? html`<button @click=${() => this.load(this.next ?? "")}>${t("show-more")}</button>` : nothing}`;
  }

  /** @param {Account} member @param {boolean} manages @param {boolean} owns */
  #member(member, manages, owns) {
    const { id, name, userid, role, bot, disabled } = member;
    const me = id === store.state.me?.id;
    const actions = [...(owns ? ["tickets"] : []), "sign-out-member", disabled ? "enable" : "disable", ...(role === "member" ? ["make-admin"] : role === "admin" ? ["make-member"] : []), "remove-member"];
    return html`<li class=${disabled ? "disabled" : ""}>${avatar({ id, name, square: bot })}
      <span class="who"><bdi>${name}</bdi><span class="hint" dir="ltr">${userid}</span></span>
      ${role && role !== "member" ? html`<span class="tag">${t(`role.${role}`)}</span>` : nothing}
      ${bot ? html`<span class="tag">${t("bot")}</span>` : nothing}${disabled ? html`<span class="tag">${t("disabled")}</span>` : nothing}
      <span class="end">${me || disabled ? nothing : html`<button class="quiet square" aria-label=${t("write-to", { name })} title=${t("write-to", { name })} @click=${() => attempt(openDirect(id))}>${icon("messages")}</button>`}
      ${manages && !me && role !== "owner" ? html`<button class="quiet square" aria-label=${t("more-for", { name })} title=${t("more")} @click=${(/** @type {Event} */ event) =>
        openMenu(/** @type {HTMLElement} */ (event.currentTarget), bot ? actions.filter((a) => a === "disable" || a === "enable") : actions, (what) => void this.#act(member, what))}>${icon("more")}</button>` : nothing}</span></li>`;
  }

  /** @param {Account} member @param {string} what */
  async #act({ id, name }, what) {
    const patch = (/** @type {object} */ change) => call("PATCH", path`/members/${id}`, change);
    if (what === "tickets") return openTickets(id, name);
    if (what === "disable" && !(await confirm(t("disable.sure", { name }), t("disable")))) return;
    if (what === "remove-member" && !(await confirm(t("remove-member.sure", { name }), t("remove-member")))) return;
    /** @type {Record<string, () => Promise<unknown>>} */
    const ways = {
      disable: () => patch({ disabled: true }), enable: () => patch({ disabled: false }),
      "make-admin": () => patch({ role: "admin" }), "make-member": () => patch({ role: "member" }),
      "sign-out-member": () => post(path`/members/${id}/sign-out`, {}), "remove-member": () => call("DELETE", path`/members/${id}`),
    };
    if (await attempt(ways[what]().then(() => true))) notice(t("done"));
    await this.load();
  }
}
customElements.define("plenary-people", People);
