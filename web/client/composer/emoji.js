/** A small grid of emoji, in the system's own drawing. */
import { html, render } from "lit";
import { t } from "../language/language.js";

const EMOJI = [..."😀😄😁😂🙂😊😉😍😘😎🤔😐🙄😴😅😢😭😡😱🥳👍👎👌🙏👏💪🤝👋✌️🤞❤️🧡💛💚💙💜🔥✨🎉🎂☕🍵🌍🌏🌎☀️🌧️❄️🌱🌳🐼🐱✅❌❗❓⭐📌📎📅💡🚀".matchAll(/\p{Emoji}\uFE0F?/gu)].map(([emoji]) => emoji);
const ACROSS = 8;

/** @param {HTMLElement} opener @param {(emoji: string) => void} chosen */
export function openEmoji(opener, chosen) {
  const grid = document.createElement("div");
  grid.className = "menu emoji-grid";
  grid.popover = "auto";
  grid.setAttribute("role", "dialog");
  grid.setAttribute("aria-label", t("emoji"));
  document.body.append(grid);
  const choose = (/** @type {string} */ emoji) => {
    grid.hidePopover();
    chosen(emoji);
  };
  render(EMOJI.map((emoji) => html`<button @click=${() => choose(emoji)}>${emoji}</button>`), grid);
  grid.addEventListener("keydown", (event) => {
    const buttons = [...grid.querySelectorAll("button")];
    const mirrored = document.documentElement.dir === "rtl" ? -1 : 1;
    const step = { ArrowRight: mirrored, ArrowLeft: -mirrored, ArrowDown: ACROSS, ArrowUp: -ACROSS }[event.key];
    if (!step) return;
    event.preventDefault();
    const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    buttons[Math.max(0, Math.min(buttons.length - 1, here + step))].focus();
  });
  grid.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed") grid.remove();
  });
  grid.showPopover();
  const at = opener.getBoundingClientRect();
  const size = grid.getBoundingClientRect();
  grid.style.setProperty("--menu-top", `${Math.max(8, at.top - size.height - 8)}px`);
  grid.style.setProperty("--menu-x", `${Math.max(8, Math.min(innerWidth - size.width - 8, at.x))}px`);
  grid.querySelector("button")?.focus();
}
