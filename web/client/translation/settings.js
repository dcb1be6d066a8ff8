/**
 * What a group speaks and whether its messages may be translated: for its owner. And in which
 * language its reader reads it.
 *
 * @import {Conversation} from "../types"
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { languageBoxes } from "../meeting/form.js";
import { call, path } from "../session/api.js";
import { openDialog, openForm } from "../shell/dialog.js";
import { Part } from "../shell/part.js";
import { refs } from "../store/outbox.js";
import { COMMON } from "./languages.js";
import { languagesFor, readingPicker } from "./picker.js";

const MOST = 6;
const KINDS = /** @type {const} */ (["off", "inside", "outside"]);

/** @param {string} id */
export function openReading(id) {
  openDialog(t("translation"), () => html`<reading-settings .of=${id}></reading-settings>`);
}

class ReadingSettings extends Part {
  static properties = { of: {} };

  constructor() {
    super();
    this.of = "";
  }

  render() {
    const conversation = this.state.conversations.get(this.of);
    if (!conversation) return nothing;
    const { kind, role, translation = "inside" } = conversation;
    return html`${readingPicker(this.state, this.of, [...new Set([...languagesFor(this.state, this.of), ...COMMON])])}
      <p class="hint">${t("translation.read-in.hint")}</p>
      ${kind === "group" ? html`<p class="hint">${t(`translation.is-${translation}`)}</p>` : nothing}
      ${kind === "group" && role === "owner" ? html`<div class="actions"><button @click=${() => openSettings(conversation)}>${t("translation.settings")}</button></div>` : nothing}`;
  }
}
customElements.define("reading-settings", ReadingSettings);

/** @param {Conversation} conversation */
function openSettings({ id, languages = [], translation = "inside" }) {
  const ref = refs();
  const fields = html`${languageBoxes(languages, languages)}
    <p class="hint">${t("translation.languages.hint", { count: MOST })}</p>
    <fieldset class="kinds"><legend>${t("translation")}</legend>${KINDS.map((kind) => html`<label class="check"><input type="radio" name="translation" value=${kind} .checked=${kind === translation}>
      <span><b>${t(`translation.${kind}`)}</b><span class="hint">${t(`translation.${kind}.hint`)}</span></span></label>`)}</fieldset>`;
  openForm(t("translation.settings"), fields, t("save"), (form) => {
    const change = { languages: form.getAll("language").map(String), translation: String(form.get("translation")) };
    return call("PATCH", path`/conversations/${id}`, { ref: ref(change), ...change });
  });
}
