/**
 * Calling a meeting, and changing one.
 *
 * @import {Meeting} from "../types"
 */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { call, get, path, post } from "../session/api.js";
import { openForm } from "../shell/dialog.js";
import { attempt } from "../shell/notice.js";
import { refs } from "../store/outbox.js";
import { store } from "../wiring.js";
import { COMMON } from "../translation/languages.js";
import { take } from "./views.js";
import { languageName, lengthOf, localFieldValue, myZone, nextHour } from "./when.js";

const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240];
const EVERY = ["day", "weekday", "week", "fortnight", "month"];

/** @param {string} conversation @param {Meeting} [meeting] to be changed */
export async function openMeetingForm(conversation, meeting) {
  const asked = meeting ? null : await attempt(get(path`/conversations/${conversation}/meetings/providers`));
  if (!meeting && !asked) return;
  const ref = refs();
  const group = store.state.conversations.get(conversation);
  const fields = html`
    <label>${t("meeting.title")}<input name="title" maxlength="100" dir="auto" autofocus placeholder=${group?.name ?? ""} .value=${meeting?.title ?? ""}></label>
    ${times(meeting)}
    <label>${t("meeting.length")}<select name="minutes">${lengths(meeting).map(([minutes, chosen]) => html`<option value=${minutes} ?selected=${chosen}>${lengthOf(Number(minutes) * 60)}</option>`)}</select></label>
    ${meeting ? nothing : recurrence()}
    ${languageBoxes(meeting?.languages ?? group?.languages ?? [], group?.languages ?? [])}
    ${asked?.providers?.length > 1 ? html`<label>${t("meeting.provider")}<select name="provider">${asked.providers.map((/** @type {any} */ one) => html`<option
      value=${one.name} ?selected=${one.name === asked.default}>${one.title}${one.simulated ? ` (${t("meeting.simulated")})` : ""}</option>`)}</select></label>` : nothing}`;
  if (asked && !asked.providers.length) return void openForm(t("meeting.new"), html`<p>${t("meeting.no-provider")}</p>`, t("close"), async () => {});
  openForm(t(meeting ? "meeting.change" : "meeting.new"), html`<div class="meeting-form">${fields}</div>`, t(meeting ? "meeting.change" : "meeting.call"), async (form) => {
    const plan = planOf(form, !meeting);
    if (meeting) take(await call("PATCH", path`/meetings/${meeting.id}`, { ref: ref(plan), ...plan }));
    else await post(path`/conversations/${conversation}/meetings`, { ref: ref(plan), ...plan });
  });
}

/** @param {Meeting | undefined} meeting */
function times(meeting) {
  const start = localFieldValue(meeting ? new Date(meeting.start) : nextHour(new Date()));
  return html`${meeting ? nothing : html`<fieldset class="choices"><legend class="visually-hidden">${t("meeting.when")}</legend>
      <label class="check"><input type="radio" name="when" value="now" checked>${t("meeting.now")}</label>
      <label class="check"><input type="radio" name="when" value="later">${t("meeting.later")}</label></fieldset>`}
    <label class="later">${t("meeting.start", { zone: myZone().replaceAll("_", " ") })}<input type="datetime-local" name="start" .value=${start}></label>`;
}

/** @param {Meeting | undefined} meeting @returns {[number, boolean][]} */
function lengths(meeting) {
  const chosen = meeting ? Math.round((Date.parse(meeting.end) - Date.parse(meeting.start)) / 60_000) : 60;
  return [...new Set([...LENGTHS, chosen])].sort((a, b) => a - b).map((minutes) => [minutes, minutes === chosen]);
}

const recurrence = () => html`<div class="later pair"><label>${t("meeting.repeat")}<select name="every"><option value="">${t("meeting.once")}</option>
    ${EVERY.map((every) => html`<option value=${every}>${t(`meeting.repeat.${every}`)}</option>`)}</select></label>
  <label class="times">${t("meeting.times")}<input type="number" name="count" min="2" max="50" value="5"></label></div>`;

/** @param {string[]} chosen @param {string[]} first */
export const languageBoxes = (chosen, first) => html`<fieldset class="choices"><legend>${t("meeting.languages")}</legend>
  ${[...new Set([...first, ...chosen, ...COMMON])].map((tag) => html`<label class="check"><input type="checkbox" name="language" value=${tag} .checked=${chosen.includes(tag)}><bdi>${languageName(tag)}</bdi></label>`)}</fieldset>`;

/** What the form says, as the protocol takes it. @param {FormData} form @param {boolean} anew */
export function planOf(form, anew) {
  const text = (/** @type {string} */ name) => String(form.get(name) ?? "").trim();
  const later = !anew || text("when") === "later";
  const every = later ? text("every") : "";
  return {
    ...(text("title") && { title: text("title") }),
    ...(later && text("start") && { start: new Date(text("start")).toISOString() }),
    minutes: Number(text("minutes")),
    zone: myZone(),
    languages: form.getAll("language").map(String),
    ...(anew && every && { recurrence: { every, count: Number(text("count")) } }),
    ...(anew && text("provider") && { provider: text("provider") }),
  };
}
