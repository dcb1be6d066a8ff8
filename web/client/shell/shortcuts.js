/** The sheet of keys. */
import { html } from "lit";
import { t } from "../language/language.js";
import { openDialog } from "./dialog.js";

const KEYS = [
  ["Ctrl K", "keys.jump"], ["Shift Enter", "keys.search"], ["Alt ↑ ↓", "keys.conversation"], ["Alt Shift ↑ ↓", "keys.unread"], ["F6", "keys.panes"],
  ["Enter", "keys.send"], ["Shift Enter", "keys.line"], ["↑", "keys.edit-last"],
  ["R", "keys.quote"], ["E", "keys.edit"], ["W", "keys.who-read"], ["Esc", "keys.close"],
];

export function shortcuts() {
  const rows = KEYS.map(([keys, what]) => html`<div><dt><kbd>${keys}</kbd></dt><dd>${t(what)}</dd></div>`);
  openDialog(t("keys"), () => html`<dl class="keys">${rows}</dl>`);
}
