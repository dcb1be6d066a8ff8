/**
 * What can be done with a meeting besides joining it. The names are those of the catalogues.
 *
 * @import {Meeting, MeetingView} from "../types"
 */
import { t } from "../language/language.js";
import { path, post } from "../session/api.js";
import { confirm } from "../shell/dialog.js";
import { save } from "../shell/save.js";
import { go } from "../shell/route.js";
import { newRef, refs } from "../store/outbox.js";
import { take } from "./views.js";

/** @typedef {Meeting & Partial<MeetingView>} Known */

const ref = refs();

/** @param {Known} meeting @param {string} state as it is drawn @returns {string[]} */
export function actionsFor({ may }, state) {
  const standing = state === "scheduled" || state === "soon" || state === "live";
  return [
    ...(standing || state === "cancelled" ? ["meeting.calendar"] : []),
    ...(may && state !== "failed" && state !== "making" ? ["meeting.answers"] : []),
    ...(standing && (may?.change || may?.interpret?.length) ? ["meeting.channel"] : []),
    ...(standing && may?.change ? ["meeting.interpreters"] : []),
    ...(may?.attendance && (state === "live" || state === "ended") ? ["meeting.attendance"] : []),
    ...(may?.change && (state === "scheduled" || state === "soon") ? ["meeting.change", "meeting.cancel"] : []),
    ...(may?.change && state === "live" ? ["meeting.end"] : []),
  ];
}

/** @param {Known} meeting @param {string} what @returns {Promise<unknown>} */
export async function act(meeting, what) {
  const { id } = meeting;
  switch (what) {
    case "meeting.calendar": return save(path`/meetings/${id}/invitation.ics`, "invitation.ics");
    case "meeting.answers": return (await import("./lists.js")).openAnswers(id);
    case "meeting.attendance": return (await import("./lists.js")).openAttendance(id);
    case "meeting.interpreters": return (await import("./roster.js")).openRoster(meeting);
    case "meeting.channel": return go(`/meetings/${encodeURIComponent(id)}/channel`);
    case "meeting.change": return (await import("./form.js")).openMeetingForm(meeting.conversation ?? "", meeting);
    case "meeting.cancel":
      if (!(await confirm(t("meeting.cancel.sure"), t("meeting.cancel")))) return undefined;
      return take(await post(path`/meetings/${id}/cancel`, { ref: ref(["cancel", id]) }));
    case "meeting.end":
      if (!(await confirm(t("meeting.end.sure"), t("meeting.end")))) return undefined;
      return take(await post(path`/meetings/${id}/end`, { ref: ref(["end", id]) }));
    default: return take(await post(path`/meetings/${id}/retry`, { ref: newRef() }));
  }
}
