/** Modal dialogs, one over another; focus goes back to what opened them. */
import { html, render } from "lit";
import { icon } from "./icons.js";
import { reason } from "./notice.js";
import { t } from "../language/language.js";

let count = 0;

/**
 * @param {string} title
 * @param {(close: () => void) => unknown} content
 * @param {{wide?: boolean}} [how]
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, content, { wide = false } = {}) {
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  const dialog = document.createElement("dialog");
  const id = `dialog-${++count}`;
  if (wide) dialog.className = "wide";
  dialog.setAttribute("aria-labelledby", id);
  document.body.append(dialog);
  const close = () => dialog.close();
  dialog.addEventListener("close", () => {
    // The browser gave the focus back already, and by now its reader may have taken it elsewhere.
    const here = document.activeElement;
    const lost = !here || here === document.body || dialog.contains(here);
    dialog.remove();
    if (lost && opener?.isConnected) opener.focus();
  });
  // Only what began on the backdrop closes: a text selected beyond the edge does not.
  let outside = false;
  dialog.addEventListener("pointerdown", (event) => (outside = event.target === dialog));
  dialog.addEventListener("click", (event) => {
    if (outside && event.target === dialog) close();
  });
  const view = html`<header>
      <h2 id=${id}>${title}</h2>
      <button class="quiet square" aria-label=${t("close")} @click=${close}>${icon("close")}</button>
    </header>
    <div class="dialog-body">${content(close)}</div>`;
  render(view, dialog);
  dialog.showModal();
  dialog.querySelector(/** @type {"input"} */ ("[autofocus]"))?.focus();
  return dialog;
}

/** Asks before something that cannot be undone. @param {string} question @param {string} action @returns {Promise<boolean>} */
export function confirm(question, action) {
  return new Promise((resolve) => {
    let yes = false;
    const content = (/** @type {() => void} */ close) => html`<div class="actions">
      <button class="danger" @click=${() => ((yes = true), close())}>${action}</button>
      <button autofocus @click=${close}>${t("cancel")}</button>
    </div>`;
    openDialog(question, content).addEventListener("close", () => resolve(yes));
  });
}

/**
 * A form in a dialog: it stays open, with the reason, when what it asks for could not be done.
 *
 * @param {string} title @param {unknown} fields @param {string} action
 * @param {(fields: FormData) => Promise<unknown>} submit
 */
export function openForm(title, fields, action, submit) {
  const send = async (/** @type {SubmitEvent} */ event, /** @type {() => void} */ close) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const [place, button] = /** @type {HTMLElement[]} */ ([form.querySelector(".outcome"), form.querySelector(".primary")]);
    button.toggleAttribute("disabled", true);
    try {
      await submit(new FormData(form));
      close();
    } catch (error) {
      render(html`<p class="error" role="alert">${reason(error)}</p>`, place);
    } finally {
      button.toggleAttribute("disabled", false);
    }
  };
  return openDialog(title, (close) => html`<form @submit=${(/** @type {SubmitEvent} */ event) => send(event, close)}>
    ${fields}<div class="outcome"></div><div class="actions"><button class="primary">${action}</button></div></form>`);
}
