/** The menu of a message or a meeting: native popover, keys as in any menu. */
import { html, render } from "lit";
import { t } from "../language/language.js";
import { icon } from "../shell/icons.js";

/** @type {Record<string, string>} */
const ICONS = {
  quote: "quote", edit: "edit", copy: "copy", readers: "eye", recall: "recall",
  "meeting.calendar": "calendar", "meeting.answers": "check", "meeting.channel": "microphone", "meeting.interpreters": "languages",
  "meeting.attendance": "people", "meeting.change": "edit", "meeting.cancel": "recall", "meeting.end": "close",
  "captions.vtt": "download", "captions.txt": "download", "captions.interpreters": "languages", "captions.channel": "microphone",
};
const GRAVE = new Set(["recall", "meeting.cancel", "meeting.end"]);

/** @param {HTMLElement} opener @param {string[]} actions @param {(what: string) => void} chosen */
export function openMenu(opener, actions, chosen) {
  const menu = document.createElement("div");
  menu.className = "menu";
  menu.setAttribute("role", "menu");
  menu.popover = "auto";
  document.body.append(menu);
  const choose = (/** @type {string} */ what) => {
    menu.hidePopover();
    chosen(what);
  };
  render(actions.map((what) => html`<button role="menuitem" class=${GRAVE.has(what) ? "danger-text" : ""} @click=${() => choose(what)}>
    ${icon(ICONS[what])}${t(what)}</button>`), menu);
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    menu.remove();
    if (opener.isConnected) opener.focus();
  });
  menu.addEventListener("keydown", (event) => keys(menu, event));
  menu.showPopover();
  place(menu, opener);
  menu.querySelector("button")?.focus();
}

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function keys(menu, event) {
  const items = [...menu.querySelectorAll("button")];
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step) return;
  event.preventDefault();
  const here = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  items[(here + step + items.length) % items.length].focus();
}

/** Below its opener, or above where there is no room; within the window. @param {HTMLElement} menu @param {HTMLElement} opener */
function place(menu, opener) {
  const at = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const top = at.bottom + height > innerHeight ? at.top - height : at.bottom;
  const start = Math.max(8, Math.min(innerWidth - width - 8, at.x + at.width - width));
  menu.style.setProperty("--menu-top", `${Math.max(8, top)}px`);
  menu.style.setProperty("--menu-x", `${start}px`);
}
