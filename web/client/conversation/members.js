/** The side pane of a group: its members, and for those who may, inviting, removing and renaming. */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { call, path, post } from "../session/api.js";
import { avatar } from "../shell/avatar.js";
import { confirm, openForm } from "../shell/dialog.js";
import { icon } from "../shell/icons.js";
import { attempt, reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { go, toConversation } from "../shell/route.js";
import { newRef, refs } from "../store/outbox.js";
import { names, store } from "../wiring.js";
import { forget, membersOf } from "./roster.js";
import "../people/chooser.js";

/** @import {Conversation} from "../types" */

class Members extends Part {
  static properties = { of: {}, members: { state: true }, error: { state: true }, words: { state: true } };

  constructor() {
    super();
    this.of = "";
    /** @type {{id: string, role: string}[]} */
    this.members = [];
    this.error = "";
    this.words = "";
    this.shown = "";
  }

  willUpdate() {
    const conversation = this.state.conversations.get(this.of);
    const shown = `${this.of}/${conversation?.members}`;
    if (!conversation || shown === this.shown) return;
    this.shown = shown;
    membersOf(conversation).then((members) => (this.members = members), (error) => (this.error = reason(error)));
  }

  render() {
    const conversation = this.state.conversations.get(this.of);
    if (!conversation) return nothing;
    const manages = conversation.role === "owner" || conversation.role === "admin";
    const words = this.words.toLocaleLowerCase();
    const members = this.members.filter(({ id }) => !words || names.name(id).toLocaleLowerCase().includes(words));
    return html`<header class="side-head"><h2>${t("members")}</h2>
        <button class="quiet square" aria-label=${t("close")} @click=${() => go(toConversation(this.of))}>${icon("close")}</button></header>
      ${manages ? html`<div class="actions"><button @click=${() => this.#invite(conversation)}>${icon("plus")}${t("invite")}</button>
        <button @click=${() => this.#rename(conversation)}>${icon("edit")}${t("rename")}</button></div>` : nothing}
      ${this.members.length >= 20 ? html`<input type="search" aria-label=${t("search")} placeholder=${t("search")} @input=${(/** @type {any} */ event) => (this.words = event.target.value)}>` : nothing}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <ul class="accounts" role="list">${members.map((member) => this.#member(member, manages))}</ul>
      <button class="danger-text" @click=${() => this.#leave()}>${t("leave")}</button>`;
  }

  /** @param {{id: string, role: string}} member @param {boolean} manages */
  #member({ id, role }, manages) {
    const account = names.account(id);
    const name = account?.name ?? "…";
    const removable = manages && id !== this.state.me?.id && role !== "owner";
    return html`<li>${avatar({ id, name, square: account?.bot, small: true })}<bdi>${name}</bdi>
      ${role === "member" ? nothing : html`<span class="tag">${t(`role.${role}`)}</span>`}${account?.bot ? html`<span class="tag">${t("bot")}</span>` : nothing}
      ${removable ? html`<button class="quiet square end" aria-label=${t("remove.name", { name })} title=${t("remove")} @click=${() => this.#remove(id, name)}>${icon("close")}</button>` : nothing}</li>`;
  }

  /** @param {Conversation} conversation */
  #invite({ id }) {
    const without = this.members.map((member) => member.id);
    /** @type {string[]} */
    let chosen = [];
    const ref = refs();
    const chooser = html`<people-chooser .without=${without} @chosen=${(/** @type {CustomEvent} */ { detail }) => (chosen = detail)}></people-chooser>`;
    openForm(t("invite"), chooser, t("invite"), async () => {
      if (chosen.length) await post(path`/conversations/${id}/members`, { ref: ref(chosen), add: chosen, remove: [] });
      this.#changed();
    });
  }

  /** @param {Conversation} conversation */
  #rename({ id, name }) {
    const ref = refs();
    const field = html`<label>${t("group.name")}<input name="name" required maxlength="50" dir="auto" autofocus .value=${name ?? ""}></label>`;
    openForm(t("rename"), field, t("rename"), (fields) => {
      const next = String(fields.get("name")).trim();
      return call("PATCH", path`/conversations/${id}`, { ref: ref(next), name: next });
    });
  }

  /** @param {string} id @param {string} name */
  async #remove(id, name) {
    if (!(await confirm(t("remove.sure", { name }), t("remove")))) return;
    await attempt(post(path`/conversations/${this.of}/members`, { ref: newRef(), add: [], remove: [id] }));
    this.#changed();
  }

  async #leave() {
    if (!(await confirm(t("leave.sure"), t("leave")))) return;
    const { of } = this;
    const left = await attempt(post(path`/conversations/${of}/leave`, { ref: newRef() }).then(() => true));
    if (!left) return;
    const conversations = new Map(store.state.conversations);
    conversations.delete(of);
    store.set({ conversations });
    go("/");
  }

  #changed() {
    forget(this.of);
    this.shown = "";
    this.requestUpdate();
  }
}
customElements.define("conversation-members", Members);
