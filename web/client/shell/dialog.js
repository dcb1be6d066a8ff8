/** Modal dialogs, one over another; focus goes back to what opened them. */
import { html, render } from "lit";
import { icon } from "./icons.js";
import { t } from "../language/language.js";

/**
 * @param {string} title
 * @param {(close: () => void) => unknown} content
 * @param {{wide?: boolean}} [how]
 */
export function openDialog(title, content, { wide = false } = {}) {
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  const dialog = document.createElement("dialog");
  if (wide) dialog.className = "wide";
  dialog.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(dialog);
  const close = () => dialog.close();
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (opener?.isConnected) opener.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  const view = html`<header>
      <h2 id="dialog-title">${title}</h2>
      <button class="quiet square" aria-label=${t("close")} @click=${close}>${icon("close")}</button>
    </header>
    <div class="dialog-body">${content(close)}</div>`;
  render(view, dialog);
  dialog.showModal();
  dialog.querySelector(/** @type {"input"} */ ("[autofocus]"))?.focus();
  return close;
}

/** Asks before something that cannot be undone. @param {string} question @param {string} action @returns {Promise<boolean>} */
export function confirm(question, action) {
  return new Promise((resolve) => {
    let yes = false;
    const content = (/** @type {() => void} */ close) => html`<div class="actions">
      <button class="danger" @click=${() => ((yes = true), close())}>${action}</button>
      <button @click=${close}>${t("cancel")}</button>
    </div>`;
    openDialog(question, content);
    const dialogs = document.querySelectorAll("dialog");
    dialogs[dialogs.length - 1].addEventListener("close", () => resolve(yes));
  });
}
