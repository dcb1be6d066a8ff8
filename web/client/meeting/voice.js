/** The button by which a reader of captions hears them too, in the language they read; where nothing speaks it there is none. */
import { LitElement, html, nothing } from "lit";
import { t } from "../language/language.js";
import { get, path } from "../session/api.js";
import { icon } from "../shell/icons.js";
import { frames } from "../wiring.js";
import { Listening } from "./listening.js";
import { languageName } from "./when.js";

class MeetingVoice extends LitElement {
  static properties = { meeting: {}, language: {}, speaks: { state: true }, simulated: { state: true } };

  constructor() {
    super();
    this.meeting = "";
    /** The tag of the language that is read. */
    this.language = "";
    /** Whether something speaks that language. */
    this.speaks = false;
    /** Whether what speaks is a simulation, which only gives tones. */
    this.simulated = false;
    /** @type {Listening | null} */
    this.listening = null;
    this.deaf = () => {};
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    const deaf = [frames.on("meeting", ({ meeting }) => meeting === this.meeting && this.#look()), frames.on("live", () => this.#look())];
    this.deaf = () => deaf.forEach((off) => off());
  }

  disconnectedCallback() {
    this.deaf();
    this.listening?.end();
    this.listening = null;
    super.disconnectedCallback();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has("meeting") && !changed.has("language")) return;
    this.listening?.end();
    this.listening = null;
    this.speaks = false;
    void this.#look();
  }

  async #look() {
    const { meeting, language } = this;
    const found = await get(`${path`/meetings/${meeting}/voices`}?language=${encodeURIComponent(language)}`).catch(() => null);
    if (!found || meeting !== this.meeting || language !== this.language) return;
    const voice = found.voices.find((/** @type {{language: string}} */ one) => one.language === language);
    this.speaks = !!voice;
    this.simulated = !!voice?.simulated;
  }

  render() {
    const { listening } = this;
    const on = !!listening?.isOn;
    if (!this.speaks && !on) return nothing;
    return html`<div class="voice"><button type="button" aria-pressed=${on} @click=${this.#toggle}>${icon("listen")}${t("voice.listen", { language: languageName(this.language) })}</button>
      <p class="voice-state hint" data-state=${listening?.state ?? "off"} role="status">${listening ? this.#words(listening) : nothing}</p>
      ${this.simulated ? html`<p class="voice-note hint"><span class="tag">${t("meeting.simulated")}</span> ${t("voice.simulated")}</p>` : nothing}</div>`;
  }

  /** @param {Listening} listening */
  #words({ state, words, engine }) {
    if (state === "off") return nothing;
    const playing = this.simulated ? t("voice.tone") : t("voice.playing", { engine });
    const said = state === "playing" ? playing : t(`voice.${state}`);
    return html`${said}${words ? html` <span dir="auto">${words}</span>` : nothing}`;
  }

  #toggle() {
    if (this.listening?.isOn) return this.listening.end();
    this.listening = new Listening(this.meeting, this.language, () => this.requestUpdate());
    this.listening.start();
    this.requestUpdate();
  }
}
customElements.define("meeting-voice", MeetingVoice);
