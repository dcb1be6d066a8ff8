/**
 * The reader's choices of theme, density and languages to read in, kept in this browser.
 *
 * @import {State} from "../types"
 */

/** @param {string} name @param {string} [value] empty forgets the choice */
export function choice(name, value) {
  const key = `plenary.${name}`;
  if (value === undefined) return localStorage.getItem(key) ?? "";
  if (value) localStorage.setItem(key, value);
  else localStorage.removeItem(key);
  return value;
}

export function applyLook() {
  const root = document.documentElement;
  root.dataset.theme = choice("theme") || "system";
  root.dataset.density = choice("density") || "comfortable";
}

/** The reader's choice for that conversation, else their language; null: as it was written. @param {State} state @param {string} id */
export function readingIn(state, id) {
  const chosen = choice(`reading.${id}`);
  return chosen === "original" ? null : chosen || (state.readsIn ?? null);
}
