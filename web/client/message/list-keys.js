/**
 * Keys while the list has the focus: arrows among the rows, Enter into a row's controls, letters for
 * what can be done with it.
 *
 * @import {MessageList} from "./list"
 */
import { isImeKey } from "../composer/ime.js";
import { act } from "./actions.js";

/** @type {Record<string, string>} */
const LETTERS = { r: "quote", e: "edit", w: "readers" };

/** @param {MessageList} list @param {KeyboardEvent} event */
export function listKey(list, event) {
  if (isImeKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const row = /** @type {HTMLElement | null} */ (target.closest("li.message"));
  if (!row) return;
  if (target !== row) {
    if (event.key === "Escape") take(event, () => row.focus());
    return;
  }
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step) take(event, () => move(list, row, step));
  else if (event.key === "End") take(event, () => list.toEnd());
  else if (event.key === "Enter") take(event, () => controls(row).find((one) => one.checkVisibility())?.focus());
  else if (event.key === "Escape") take(event, () => /** @type {HTMLElement | null} */ (document.querySelector(".composer textarea"))?.focus());
  else {
    const what = LETTERS[event.key.toLowerCase()];
    const found = what && list.rows.find(({ key }) => key === row.dataset.key);
    if (found) take(event, () => void act(list, found, what));
  }
}

/** @param {HTMLElement} row @returns {HTMLElement[]} */
const controls = (row) => [...row.querySelectorAll(/** @type {"button"} */ ("button, a[href], input"))];

/** @param {KeyboardEvent} event @param {() => void} what */
function take(event, what) {
  event.preventDefault();
  event.stopPropagation();
  what();
}

/** @param {MessageList} list @param {HTMLElement} row @param {number} step */
function move(list, row, step) {
  const rows = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("li.message")]);
  const next = rows[rows.indexOf(row) + step];
  if (!next) return;
  list.current = next.dataset.key ?? "";
  list.requestUpdate();
  next.focus();
}
