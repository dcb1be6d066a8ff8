/**
 * What a conversation is called and looks like: a group by its name, a direct one by the other's.
 *
 * @import {Conversation} from "../types"
 */
import { avatar } from "../shell/avatar.js";
import { names } from "../wiring.js";
import { t } from "../language/language.js";

/** @param {Conversation} conversation */
export function titleOf(conversation) {
  if (conversation.kind === "direct") return names.name(conversation.with ?? "");
  return conversation.name ?? t("group");
}

/** @param {Conversation} conversation @param {{small?: boolean}} [how] */
export function pictureOf(conversation, how = {}) {
  const direct = conversation.kind === "direct";
  const bot = direct && names.account(conversation.with ?? "")?.bot;
  const id = direct ? (conversation.with ?? "") : conversation.id;
  return avatar({ id, name: titleOf(conversation), square: !direct || bot, ...how });
}
