/**
 * Keeps what the reader looks at where it is while rows come and go around it: a visible row is
 * measured before and after, and the difference scrolled in the same task. At the very end nothing
 * is done: the scroller (column-reverse) sticks there by itself.
 */

const AT_END = 4;

/** @param {Element} scroller */
export const isAtEnd = (scroller) => Math.abs(scroller.scrollTop) < AT_END;

/**
 * The first row that is wholly or partly visible.
 *
 * @param {Element} scroller @param {boolean} [cut] whether more comes behind what is drawn: then its end is no end
 * @returns {{key: string, top: number} | null}
 */
export function measure(scroller, cut = false) {
  if (!cut && isAtEnd(scroller)) return null;
  const edge = scroller.getBoundingClientRect().top;
  for (const row of scroller.querySelectorAll("[data-key]")) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > edge) return { key: row.getAttribute("data-key") ?? "", top: top - edge };
  }
  return null;
}

/** @param {Element} scroller @param {{key: string, top: number} | null} anchor */
export function restore(scroller, anchor) {
  if (!anchor) return;
  const row = scroller.querySelector(`[data-key="${CSS.escape(anchor.key)}"]`);
  if (!row) return;
  const drift = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - anchor.top;
  if (Math.abs(drift) > 0.5) scroller.scrollBy({ top: drift, behavior: "instant" });
}

/** The lowest row of which the reader sees the end, as its number. @param {Element} scroller */
export function lowestSeen(scroller) {
  const { bottom: edge } = scroller.getBoundingClientRect();
  const rows = [...scroller.querySelectorAll("[data-seq]")];
  const seen = rows.findLast((row) => row.getBoundingClientRect().bottom <= edge + 8);
  return seen ? Number(seen.getAttribute("data-seq")) : 0;
}
