/** Beginning a conversation: with one person, or a group. */
import { LitElement, html, nothing } from "lit";
import { t } from "../language/language.js";
import { post } from "../session/api.js";
import { openDialog } from "../shell/dialog.js";
import { reason } from "../shell/notice.js";
import { go, toConversation } from "../shell/route.js";
import { newRef, refs } from "../store/outbox.js";
import { frames, store } from "../wiring.js";
import "../people/chooser.js";

export function openCreate() {
  openDialog(t("new"), (close) => html`<create-conversation .close=${close}></create-conversation>`);
}

/** Opens the conversation with somebody, making it where there is none. @param {string} account */
export async function openDirect(account) {
  const known = [...store.state.conversations.values()].find((conversation) => conversation.with === account);
  enter(known ?? (await post("/conversations", { ref: newRef(), kind: "direct", with: account })));
}

/** @param {import("../types").Conversation} conversation */
function enter(conversation) {
  if (!store.state.conversations.has(conversation.id)) frames.take({ type: "conversation", conversation, entries: [], complete: false });
  go(toConversation(conversation.id));
}

class CreateConversation extends LitElement {
  static properties = { group: { state: true }, error: { state: true }, busy: { state: true }, close: {} };

  constructor() {
    super();
    this.group = false;
    this.error = "";
    this.busy = false;
    this.close = () => {};
    /** Chosen once, so that trying again makes no second group. */
    this.chosenId = newRef();
    this.ref = refs();
    /** @type {string[]} */
    this.chosen = [];
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const me = store.state.me?.id ?? "";
    const kinds = html`<div class="filters" role="group">${[false, true].map((group) => html`<button class="chip" aria-pressed=${group === this.group}
      @click=${() => (this.group = group)}>${t(group ? "new.group" : "new.direct")}</button>`)}</div>`;
    const problem = this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing;
    if (!this.group) return html`${kinds}${problem}<people-chooser .single=${true} .without=${[me]}
      @chosen=${(/** @type {CustomEvent} */ { detail }) => this.#do(() => openDirect(detail[0]))}></people-chooser>`;
    return html`${kinds}<form @submit=${this.#submit}>
      <label>${t("group.name")}<input name="name" required maxlength="50" dir="auto" autofocus></label>
      <label class="check"><input type="checkbox" name="history" checked>${t("group.history")}</label>
      <people-chooser .single=${false} .without=${[me]} @chosen=${(/** @type {CustomEvent} */ { detail }) => (this.chosen = detail)}></people-chooser>
      ${problem}<div class="actions"><button class="primary" ?disabled=${this.busy}>${t("new.create")}</button></div></form>`;
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const name = String(fields.get("name")).trim();
    const group = { kind: "group", id: this.chosenId, name, members: this.chosen, history: fields.has("history") };
    void this.#do(async () => enter(await post("/conversations", { ref: this.ref(group), ...group })));
  }

  /** @param {() => Promise<void>} what */
  async #do(what) {
    this.busy = true;
    this.error = "";
    try {
      await what();
      this.close();
    } catch (error) {
      this.error = reason(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define("create-conversation", CreateConversation);
