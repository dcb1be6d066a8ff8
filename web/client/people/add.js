/** Adding people in bulk, one a line; and one-use tickets with which somebody signs in. */
import { html, nothing, render } from "lit";
import { t } from "../language/language.js";
import { path, post } from "../session/api.js";
import { openDialog } from "../shell/dialog.js";
import { reason } from "../shell/notice.js";

const MOST = 500;

/** `userid, name, password` a line; the password may be left out. @param {string} text */
export function parseLines(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
    const [userid, name, password] = line.split(/[,，\t]/).map((part) => part.trim());
    return { userid, name: name || userid, ...(password && { password }) };
  });
}

/** @param {() => void} added */
export function openAdd(added) {
  const submit = async (/** @type {SubmitEvent} */ event, /** @type {() => void} */ close) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const place = /** @type {HTMLElement} */ (form.querySelector(".outcome"));
    const members = parseLines(String(new FormData(form).get("lines")));
    if (!members.length || members.length > MOST) return void render(html`<p class="error" role="alert">${t("people.add-bounds", { count: MOST })}</p>`, place);
    try {
      const answer = await post("/members", { members });
      const failed = answer.members.filter((/** @type {any} */ { problem }) => problem);
      added();
      if (!failed.length) return close();
      render(html`<ul class="error" role="alert">${failed.map((/** @type {any} */ { userid, problem }) => html`<li><b dir="ltr">${userid}</b>: ${problem.detail}</li>`)}</ul>`, place);
    } catch (error) {
      render(html`<p class="error" role="alert">${reason(error)}</p>`, place);
    }
    return undefined;
  };
  openDialog(t("people.add"), (close) => html`<form @submit=${(/** @type {SubmitEvent} */ event) => submit(event, close)}>
    <label>${t("people.lines")}<textarea name="lines" rows="8" required autofocus spellcheck="false" placeholder="ana, Ana Martínez"></textarea></label>
    <div class="outcome"></div><div class="actions"><button class="primary">${t("people.add")}</button></div></form>`);
}

/** @param {string} id @param {string} name */
export function openTickets(id, name) {
  const make = async (/** @type {Event} */ event) => {
    const place = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.target).closest(".dialog-body")?.querySelector(".outcome"));
    try {
      const { tickets } = await post(path`/members/${id}/tickets`, { count: 1 });
      const link = `${location.origin}/#ticket=${encodeURIComponent(tickets[0])}`;
      render(html`<label>${t("tickets.link")}<input readonly dir="ltr" .value=${link} @focus=${(/** @type {any} */ e) => e.target.select()}></label>`, place);
    } catch (error) {
      render(html`<p class="error" role="alert">${reason(error)}</p>`, place);
    }
  };
  openDialog(t("tickets"), () => html`<p>${t("tickets.hint", { name })}</p><div class="outcome">${nothing}</div>
    <div class="actions"><button class="primary" @click=${make}>${t("tickets.make")}</button></div>`);
}
