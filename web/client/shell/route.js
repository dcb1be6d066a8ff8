/** Where the reader is. Every screen has an address; links are ordinary links. */

/**
 * @typedef {object} Route
 * @property {"messages" | "people" | "meetings" | "surveys" | "me" | "setup"} place
 * @property {string} [id] the conversation, meeting or survey
 * @property {string} [side] what the side pane shows
 * @property {string} [what] the meeting whose captions it shows
 */

const PLACES = new Set(["people", "meetings", "surveys", "me", "setup"]);

/** @param {string} pathname @returns {Route} */
export function parse(pathname) {
  const [first = "", id, side, what] = pathname.split("/").slice(1).map(decodeURIComponent);
  if (first === "c" && id) return { place: "messages", id, side, what };
  if (PLACES.has(first)) return /** @type {Route} */ ({ place: first, id: id || undefined, side });
  return { place: "messages" };
}

/** @param {string} id @param {string} [side] @param {string} [what] */
export const toConversation = (id, side, what) => `/c/${[id, side, what].filter((part) => part !== undefined).map((part) => encodeURIComponent(String(part))).join("/")}`;

/** @type {Set<() => void>} */
const listeners = new Set();
let current = parse(globalThis.location?.pathname ?? "/");

export const route = () => current;

/** @param {() => void} listener */
export const onRoute = (listener) => listeners.add(listener);

/** @param {string} url @param {{replace?: boolean}} [how] */
export function go(url, { replace = false } = {}) {
  if (url !== location.pathname) globalThis.history[replace ? "replaceState" : "pushState"](null, "", url);
  changed();
}

function changed() {
  current = parse(location.pathname);
  for (const listener of listeners) listener();
}

/** Takes over clicks on links within the client and the browser's back and forward. */
export function startRouting() {
  addEventListener("popstate", changed);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = /** @type {Element} */ (event.target).closest?.("a[href^='/']");
    if (!link || link.hasAttribute("download") || link.getAttribute("target")) return;
    const url = link.getAttribute("href") ?? "/";
    if (url.startsWith("/api/") || url.startsWith("//")) return;
    event.preventDefault();
    go(url);
  });
}
