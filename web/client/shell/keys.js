/** Keys that work anywhere. Letters alone never do: they are the list's, while it has the focus. */
import { isImeKey } from "../composer/ime.js";
import { store } from "../wiring.js";
import { unread } from "../store/apply.js";
import { ordered } from "../conversation/order.js";
import { go, route, toConversation } from "./route.js";

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (isImeKey(event) || event.defaultPrevented) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "k") return act(event, jump);
    if (control && event.key === "/") return act(event, async () => (await import("./shortcuts.js")).shortcuts());
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      return act(event, () => step(event.key === "ArrowUp" ? -1 : 1, event.shiftKey));
    }
    if (event.key === "F6") return act(event, () => nextPane(event.shiftKey ? -1 : 1));
    return undefined;
  });
}

/** @param {KeyboardEvent} event @param {() => void} what */
function act(event, what) {
  event.preventDefault();
  what();
}

async function jump() {
  if (route().place !== "messages") go("/");
  await /** @type {import("./app").App | null} */ (document.querySelector("plenary-app"))?.updateComplete;
  document.getElementById("jump")?.focus();
}

/** The conversation above or below in the list. @param {number} by @param {boolean} onlyUnread */
function step(by, onlyUnread) {
  const all = ordered(store.state);
  const here = all.findIndex(({ id }) => id === route().id);
  for (let i = here + by; i >= 0 && i < all.length; i += by) {
    if (!onlyUnread || unread(all[i]) > 0) return go(toConversation(all[i].id));
  }
}

/** Into the next part of the page: to its row or field, else to the first thing in it that takes the focus. @param {number} by */
function nextPane(by) {
  const panes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-pane]")]).filter(isDrawn);
  const here = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const pane = panes[(here + by + panes.length) % panes.length];
  if (!pane) return;
  const inside = (/** @type {string} */ what) =>
    /** @type {HTMLElement[]} */ ([...pane.querySelectorAll(what)]).find((one) => isDrawn(one) && one.closest("[data-pane]") === pane);
  (inside("[tabindex='0'], textarea") ?? inside("[aria-current]") ?? inside("a[href], button, input") ?? pane).focus();
}

/** @param {HTMLElement} element */
const isDrawn = (element) => element.getClientRects().length > 0;
