/**
 * When a meeting is, in words and for its reader. Pure.
 *
 * @import {Meeting} from "../types"
 */
import { language, list, t } from "../language/language.js";

/** From so long before its start a meeting is about to begin. */
export const SOON = 15 * 60_000;
const MINUTE = 60_000;

/** The zone that this browser is in. */
export const myZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What is drawn: as it stands, or "soon". @param {Pick<Meeting, "state" | "start" | "end">} meeting @param {number} now */
export function stateOf({ state, start, end }, now) {
  const soon = state === "scheduled" && Date.parse(start) - now <= SOON && now < Date.parse(end);
  return soon ? "soon" : state;
}

/** @param {{start: string, end: string}} times @param {Intl.DateTimeFormatOptions} options */
const range = ({ start, end }, options) => new Intl.DateTimeFormat(language.region, options).formatRange(new Date(start), new Date(end));

/** In the reader's zone. @param {{start: string, end: string}} times @param {Date} [now] */
export function whenOf(times, now = new Date()) {
  const year = new Date(times.start).getFullYear() === now.getFullYear() ? undefined : "numeric";
  return range(times, { weekday: "short", day: "numeric", month: "short", year, hour: "2-digit", minute: "2-digit" });
}

/** The same in the organiser's zone, or null where the clocks there show the same. @param {Meeting} meeting @param {string} [mine] */
export function elsewhere(meeting, mine = myZone()) {
  const clock = (/** @type {string} */ timeZone) => range(meeting, { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone });
  try {
    const there = clock(meeting.zone);
    return there === clock(mine) ? null : t("meeting.elsewhere", { when: there, zone: meeting.zone.replaceAll("_", " ") });
  } catch {
    // A zone that this browser does not know.
    return null;
  }
}

/** How long until it begins, or null when it has begun. @param {string} start @param {number} now */
export function startsIn(start, now) {
  const minutes = Math.ceil((Date.parse(start) - now) / MINUTE);
  return minutes > 0 ? new Intl.RelativeTimeFormat(language.region, { numeric: "auto" }).format(minutes, "minute") : null;
}

/** @param {number} seconds */
export function lengthOf(seconds) {
  const unit = (/** @type {number} */ value, /** @type {string} */ name) =>
    new Intl.NumberFormat(language.region, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  const minutes = Math.max(1, Math.round(seconds / 60));
  const parts = [[Math.floor(minutes / 60), "hour"], [minutes % 60, "minute"]].filter(([value]) => value);
  return new Intl.ListFormat(language.tag, { type: "unit" }).format(parts.map(([value, name]) => unit(Number(value), String(name))));
}

/** A language by the reader's name for it. @param {string} tag */
export function languageName(tag) {
  try {
    return new Intl.DisplayNames([language.tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** @param {string[]} tags */
export const languageNames = (tags) => list(tags.map(languageName));

/** For a field of date and time: the reader's own clock, without seconds. @param {Date} date */
export function localFieldValue(date) {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * MINUTE);
  return shifted.toISOString().slice(0, 16);
}

/** The next full hour. @param {Date} now */
export const nextHour = (now) => new Date(Math.ceil((now.getTime() + MINUTE) / (60 * MINUTE)) * 60 * MINUTE);
