/** The way into a meeting: the reader's own link, made at the click and kept nowhere. */
import { safeAddress } from "../message/text.js";
import { path, post, Refused } from "../session/api.js";
import { t } from "../language/language.js";

/**
 * The window is opened at the click, before the link is here: one that is opened later is taken for a
 * pop-up that nobody asked for.
 *
 * @param {string} id
 * @returns {Promise<string | null>} the link, where the browser opened no window
 */
export async function join(id) {
  const opened = window.open("", "_blank");
  try {
    if (opened) opened.document.title = t("meeting.opening");
    const { url } = await post(path`/meetings/${id}/join`, {});
    const safe = safeAddress(url);
    if (!safe || !/^https?:$/.test(safe.protocol)) throw new Refused({ type: "", title: "", status: 400, detail: t("meeting.no-link") });
    if (!opened) return safe.href;
    opened.opener = null;
    opened.location.replace(safe.href);
    return null;
  } catch (error) {
    opened?.close();
    throw error;
  }
}
