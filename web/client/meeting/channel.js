/** The page of a language channel: a host's or an interpreter's microphone, heard for the captions. */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { get, path } from "../session/api.js";
import { icon } from "../shell/icons.js";
import { reason } from "../shell/notice.js";
import { Part } from "../shell/part.js";
import { toConversation } from "../shell/route.js";
import { follow, frames } from "../wiring.js";
import { Speech } from "./speech.js";
import { take, viewOf } from "./views.js";
import { languageName } from "./when.js";

const OPEN = new Set(["asking", "connecting", "ready", "lost"]);
/** Speech is far quieter than the loudest that there can be. */
const GAIN = 4;

class LanguageChannel extends Part {
  static properties = { meeting: {}, error: { state: true }, heard: { state: true } };

  constructor() {
    super();
    this.meeting = "";
    this.error = "";
    /** What was understood last. */
    this.heard = "";
    /** @type {Speech | null} */
    this.speech = null;
    this.deaf = () => {};
  }

  connectedCallback() {
    super.connectedCallback();
    const hear = (/** @type {any} */ { meeting, speaker, text }) => {
      if (meeting === this.meeting && speaker?.account === this.state.me?.id) this.heard = text;
    };
    // Some engines tell a sentence while it grows; of all it is an entry when it is finished.
    const deaf = [frames.on("caption", hear), frames.on("entry", ({ entry }) => entry.body?.type === "caption" && hear(entry.body))];
    this.deaf = () => deaf.forEach((off) => off());
  }

  firstUpdated() {
    void this.#load();
  }

  disconnectedCallback() {
    this.deaf();
    this.speech?.end();
    const view = viewOf(this.meeting);
    if (view) follow.set(view.conversation, { language: null, meeting: null });
    super.disconnectedCallback();
  }

  async #load() {
    try {
      const view = await get(path`/meetings/${this.meeting}`);
      take(view);
      follow.set(view.conversation, { language: null, meeting: this.meeting });
    } catch (error) {
      this.error = reason(error);
    }
  }

  render() {
    const view = viewOf(this.meeting);
    if (!view) return this.error ? html`<p class="error" role="alert">${this.error}</p><a class="button" href="/meetings">${t("back")}</a>` : nothing;
    const { speech } = this;
    const state = speech?.state ?? "off";
    const open = OPEN.has(state);
    return html`<section class="channel">
      <p class="hint"><a href=${toConversation(view.conversation, "captions", view.id)}>${t("captions")}</a></p>
      <h1 dir="auto">${view.title}</h1>
      <p class="hint">${t("channel.hint")}</p>
      <form class="panel" @submit=${this.#start}>
        <label>${t("channel.as")}<select name="channel" ?disabled=${open}>
          ${view.may.change ? html`<option value="">${t("channel.floor")}</option>` : nothing}
          ${view.may.interpret.map((tag) => html`<option value=${tag}>${t("channel.into", { language: languageName(tag) })}</option>`)}</select></label>
        <label class="floor">${t("channel.language")}<select name="language" ?disabled=${open}>${view.languages.map((tag) => html`<option value=${tag}>${languageName(tag)}</option>`)}</select></label>
        <div class="actions">${open ? html`<button type="button" class="danger" @click=${() => speech?.end()}>${t("channel.end")}</button>
            <button type="button" @click=${() => speech?.mute(!speech.muted)}>${icon(speech?.muted ? "muted" : "microphone")}${t(speech?.muted ? "channel.unmute" : "channel.mute")}</button>`
          : html`<button class="primary">${icon("microphone")}${t("channel.start")}</button>`}</div>
        <p class="channel-state" data-state=${state} role="status"><b>${t(`channel.${state}`)}</b>${state === "ready" && speech?.engine ? html` <span class="hint">${t("channel.engine", { engine: speech.engine })}</span>` : nothing}
          ${speech?.words ? html`<span dir="auto">${speech.words}</span>` : nothing}</p>
        ${open ? html`<meter min="0" max="1" aria-label=${t("channel.level")} .value=${Math.min(1, (speech?.level ?? 0) * GAIN)}></meter>` : nothing}
        ${this.heard && open ? html`<p class="heard"><span class="hint">${t("channel.heard")}</span> <span dir="auto">${this.heard}</span></p>` : nothing}
      </form></section>`;
  }

  /** @param {SubmitEvent} event */
  #start(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const channel = String(form.get("channel") ?? "");
    this.heard = "";
    this.speech = new Speech(this.meeting, () => this.requestUpdate());
    // An interpreter speaks the language of the channel.
    void this.speech.start(channel ? { language: channel, channel } : { language: String(form.get("language")) });
  }
}
customElements.define("language-channel", LanguageChannel);
