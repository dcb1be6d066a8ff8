/**
 * Where messages are written. The field is the browser's own and is never written to while a word is
 * being composed; typing touches no store.
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { previewOf } from "../message/preview.js";
import { choice } from "../shell/look.js";
import { icon } from "../shell/icons.js";
import { Part } from "../shell/part.js";
import { connection, database, names, outbox } from "../wiring.js";
import { isImeKey } from "./ime.js";
import { MentionPicker, mentionsIn } from "./mention.js";
import { SlashHint, isCommand } from "./slash.js";

const LONGEST = 8000;
const SAY_TYPING = 3000;

export class Composer extends Part {
  static properties = { of: {}, acting: {}, long: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.of = "";
    /** @type {{quote?: number, edit?: number, restore?: number} | null} */
    this.acting = null;
    this.long = 0;
    this.typed = 0;
    this.saving = 0;
    this.picker = new MentionPicker(this);
    this.slash = new SlashHint(this);
    this.error = "";
  }

  get field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  render() {
    const conversation = this.state.conversations.get(this.of);
    if (!conversation) return nothing;
    const markdown = choice("markdown") === "on";
    const over = this.long > LONGEST;
    return html`<form class="composer" data-pane @submit=${(/** @type {Event} */ event) => (event.preventDefault(), this.#send())}>
      ${this.acting?.quote || this.acting?.edit ? this.#acting(conversation) : nothing}
      ${this.picker.view()}${this.slash.view()}
      <div class="composer-box">
        <button type="button" class="quiet square" aria-label=${t("mention")} title=${t("mention")} @click=${() => this.#insert("@")}>${icon("at")}</button>
        <button type="button" class="quiet square" aria-label=${t("emoji")} title=${t("emoji")} aria-haspopup="dialog" @click=${this.#emoji}>${icon("emoji")}</button>
        <textarea rows="1" dir="auto" name="message" aria-label=${t("write")} placeholder=${t("write")} aria-autocomplete="list"
          aria-controls=${this.picker.open ? "mention-list" : this.slash.open ? "slash-list" : nothing}
          aria-activedescendant=${this.picker.active ?? (this.slash.open ? "slash-0" : nothing)} enterkeyhint="send"
          @input=${this.#input} @keydown=${this.#key} @blur=${() => (this.picker.close(), this.slash.close())}></textarea>
        <button type="button" class="quiet square" aria-pressed=${markdown} aria-label=${t("markdown")} title=${t("markdown")}
          @click=${() => (choice("markdown", markdown ? "" : "on"), this.requestUpdate())}>${icon("markdown")}</button>
        <button class="primary square" aria-label=${t("send")} title=${t("send")} ?disabled=${over}>${icon("send")}</button>
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${over ? html`<p class="error" role="alert">${t("too-long", { count: this.long - LONGEST })}</p>` : nothing}
    </form>`;
  }

  /** @param {import("../types").Conversation} conversation */
  #acting(conversation) {
    const seq = this.acting?.edit ?? this.acting?.quote;
    const entry = conversation.entries.find((other) => other.seq === seq);
    return html`<div class="acting">${icon(this.acting?.edit ? "edit" : "quote")}
      <p><b>${this.acting?.edit ? t("editing") : html`<bdi>${names.name(entry?.sender ?? "")}</bdi>`}</b>
      <span dir="auto">${entry ? previewOf(entry.body) : nothing}</span></p>
      <button type="button" class="quiet square" aria-label=${t("cancel")} @click=${this.#stopActing}>${icon("close")}</button></div>`;
  }

  /** @param {Map<string, any>} changed */
  async updated(changed) {
    if (!this.field) return;
    if (changed.has("of")) {
      if (changed.get("of")) this.#save(changed.get("of"));
      await this.#restore();
      if (matchMedia("(pointer: fine)").matches) this.field?.focus();
    } else if (changed.has("acting") && this.acting) {
      if (this.acting.edit) this.write(this.#original(this.acting.edit)?.text ?? "");
      if (this.acting.restore) await this.#restore();
      this.field.focus();
    }
  }

  /** @param {number} seq @returns {import("../types").Body | undefined} */
  #original(seq) {
    return this.state.conversations.get(this.of)?.entries.find((entry) => entry.seq === seq)?.body;
  }

  #stopActing() {
    if (this.acting?.edit) this.write("");
    this.dispatchEvent(new CustomEvent("done"));
    this.field.focus();
  }

  /** @param {string} text */
  write(text) {
    this.field.value = text;
    this.#measure();
  }

  #measure() {
    this.long = this.field.value.length > LONGEST ? this.field.value.length : 0;
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.setProperty("block-size", "auto");
    this.field.style.setProperty("block-size", `${this.field.scrollHeight}px`);
  }

  #input() {
    this.#measure();
    this.picker.look(this.field);
    this.slash.look(this.field);
    this.error = "";
    const now = Date.now();
    // A command is no message on its way.
    if (now - this.typed > SAY_TYPING && this.field.value && !this.field.value.startsWith("/")) {
      this.typed = now;
      connection.send({ type: "typing", conversation: this.of });
    }
    clearTimeout(this.saving);
    const { of } = this;
    this.saving = window.setTimeout(() => this.#save(of), 400);
  }

  /** @param {string} of */
  #save(of) {
    clearTimeout(this.saving);
    if (!this.acting?.edit) void database.put("drafts", of, this.field.value || undefined).catch(() => {});
  }

  async #restore() {
    const { of } = this;
    const draft = await database.get("drafts", of).catch(() => "");
    if (of === this.of && this.field) this.write(draft ?? "");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (isImeKey(event)) return;
    if (this.picker.key(event) || this.slash.key(event)) return;
    const withControl = choice("enter") === "control";
    const send = event.key === "Enter" && !event.shiftKey && (withControl ? event.ctrlKey || event.metaKey : true);
    if (send) {
      event.preventDefault();
      void this.#send();
    } else if (event.key === "Escape" && this.acting) {
      event.preventDefault();
      this.#stopActing();
    } else if (event.key === "ArrowUp" && !this.field.value && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#editLast();
    }
  }

  #editLast() {
    const entries = this.state.conversations.get(this.of)?.entries ?? [];
    const mine = entries.findLast(({ kind, sender, body }) => kind === "message.posted" && sender === this.state.me?.id && (body?.type === "text" || body?.type === "markdown"));
    if (mine) this.dispatchEvent(new CustomEvent("act-on", { bubbles: true, detail: { edit: mine.seq } }));
  }

  /** @param {string} text */
  #insert(text) {
    this.field.focus();
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.#input();
  }

  /** @param {Event} event */
  async #emoji(event) {
    const { openEmoji } = await import("./emoji.js");
    openEmoji(/** @type {HTMLElement} */ (event.target).closest("button") ?? this, (emoji) => this.#insert(emoji));
  }

  async #send() {
    const text = this.field.value.trim();
    if (!text || text.length > LONGEST) return;
    const { of, acting } = this;
    if (!acting?.edit && isCommand(text)) return this.slash.run(of, text);
    const original = acting?.edit ? this.#original(acting.edit) : undefined;
    const type = original?.type ?? (choice("markdown") === "on" ? "markdown" : "text");
    const quote = original?.quote ?? acting?.quote;
    const body = { type, text, ...mentionsIn(text, this.picker.chosen(original)), ...(quote && { quote }) };
    this.write("");
    this.picker.close();
    void database.put("drafts", of, undefined).catch(() => {});
    if (acting) this.dispatchEvent(new CustomEvent("done"));
    if (acting?.edit) await outbox.add({ conversation: of, kind: "edit", target: acting.edit, body });
    else {
      const kept = outbox.add({ conversation: of, kind: "post", body });
      this.dispatchEvent(new CustomEvent("sent"));
      await kept;
    }
  }
}
customElements.define("message-composer", Composer);
