/**
 * What can be done with a message.
 *
 * @import {MessageList} from "./list"
 * @import {Row} from "./grouping"
 * @import {Conversation} from "../types"
 */
import { t } from "../language/language.js";
import { outbox, store } from "../wiring.js";

/** @param {Row} row @param {Conversation} conversation */
export function actionsFor({ entry, own, seq }, conversation) {
  if (!entry?.body || seq === Infinity) return [];
  // Who called it changes and cancels a meeting where it stands.
  if (entry.body.type === "meeting") return ["quote", "readers", ...(conversation.role === "owner" ? ["recall"] : [])];
  const text = entry.body.type === "text" || entry.body.type === "markdown";
  const mayRecall = own || (conversation.kind === "group" && conversation.role === "owner");
  return [
    "quote",
    ...(text ? ["copy"] : []),
    ...(own && text ? ["edit"] : []),
    "readers",
    ...(mayRecall ? ["recall"] : []),
  ];
}

/** @param {MessageList} list @param {Row} row @param {string} what */
export async function act(list, row, what) {
  const conversation = store.state.conversations.get(list.of);
  if (!conversation || !actionsFor(row, conversation).includes(what)) return;
  const { entry, seq } = row;
  switch (what) {
    case "quote":
    case "edit":
      list.dispatchEvent(new CustomEvent("act-on", { bubbles: true, detail: { [what]: seq } }));
      break;
    case "copy":
      await navigator.clipboard?.writeText(entry?.body.text ?? "");
      break;
    case "readers":
      (await import("./who-read.js")).openWhoRead(list.of, seq);
      break;
    default:
      if (await (await import("../shell/dialog.js")).confirm(t("recall.sure"), t("recall"))) await outbox.add({ conversation: list.of, kind: "recall", target: seq });
  }
}
