/** The places of the client: at the side, on a phone at the foot. */
import { html, nothing } from "lit";
import { t, upTo } from "../language/language.js";
import { unread } from "../store/apply.js";
import { icon } from "./icons.js";

/** @import {State} from "../types" */

const PLACES = [["messages", "/"], ["people", "/people"], ["meetings", "/meetings"], ["surveys", "/surveys"], ["me", "/me"]];

/** @param {State} state */
export function totals(state) {
  const all = [...state.conversations.values()];
  return {
    unread: all.filter((conversation) => unread(conversation) > 0).length,
    mentions: all.reduce((sum, { mentions }) => sum + mentions.length, 0),
  };
}

/** @param {State} state @param {string} here */
export function rail(state, here) {
  const { unread, mentions } = totals(state);
  const count = mentions || unread;
  const mark = count
    ? html`<span class="badge ${mentions ? "mention" : ""}">${mentions ? "@" : ""}${upTo(count, 99)}</span>`
    : nothing;
  const link = (/** @type {string[]} */ [place, url]) => html`<a
    href=${url} aria-current=${place === here ? "page" : nothing} title=${t(place)}>
    ${icon(place)}<span class="rail-name">${t(place)}</span>${place === "messages" ? mark : nothing}</a>`;
  return html`<nav class="rail" aria-label=${t("places")} data-pane>
    <img class="logo" src="/icons/plenary.svg" alt="Plenary" width="40" height="40">
    ${PLACES.map(link)}
  </nav>`;
}
