/** Brings a message on screen, wherever in its conversation it stands. */
import { attempt } from "../shell/notice.js";
import { history, store } from "../wiring.js";
import { Elsewhere } from "./elsewhere.js";

/** @import {MessageList} from "./list" */

/** So many entries before those held are loaded one page after the other; what lies further is loaded by itself. */
const NEAR = 300;
const SHOWN = 2500;

/** @param {MessageList} list @param {number} seq @param {boolean} [focus] whether the keyboard goes there */
export async function jump(list, seq, focus = false) {
  const { of } = list;
  if (!list.elsewhere?.holds(seq)) {
    list.leaveElsewhere();
    await attempt(history.open(of));
    const held = store.state.conversations.get(of)?.held;
    if (held && held.first - seq > NEAR) {
      const elsewhere = new Elsewhere(of, () => list.requestUpdate());
      const opened = await attempt(elsewhere.open(seq).then(() => true));
      if (!opened || list.of !== of) return elsewhere.leave();
      list.elsewhere = elsewhere;
    } else {
      await attempt(history.reach(of, seq));
    }
  }
  list.requestUpdate();
  await list.updateComplete;
  const at = list.rows.findIndex((row) => row.seq >= seq && row.kind === "message");
  if (at < 0 || list.of !== of) return undefined;
  const to = list.rows[at + 100];
  list.range = { first: list.rows[Math.max(0, at - 50)].seq, last: to ? to.seq : list.elsewhere ? list.rows[list.rows.length - 1].seq : Infinity };
  list.current = list.rows[at].key;
  list.requestUpdate();
  await list.updateComplete;
  const row = /** @type {HTMLElement | null} */ (list.querySelector(`[data-key="${CSS.escape(list.rows[at].key)}"]`));
  row?.scrollIntoView({ block: "center", behavior: "instant" });
  if (focus) row?.focus({ preventScroll: true });
  row?.classList.add("shown");
  setTimeout(() => row?.classList.remove("shown"), SHOWN);
  return undefined;
}
