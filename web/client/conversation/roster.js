/**
 * The members of a conversation, fetched in pages and kept until they change.
 *
 * @import {Conversation} from "../types"
 */
import { get, path } from "../session/api.js";

/** No more are offered for choosing; the server has no such bound. */
const MOST = 2000;
/** @type {Map<string, {count: number, at: number, members: Promise<{id: string, role: string}[]>}>} */
const kept = new Map();

/** @param {Conversation} conversation */
export function membersOf(conversation) {
  const known = kept.get(conversation.id);
  if (known && known.count === conversation.members && Date.now() - known.at < 60_000) return known.members;
  const members = load(conversation.id);
  kept.set(conversation.id, { count: conversation.members, at: Date.now(), members });
  members.catch(() => kept.delete(conversation.id));
  return members;
}

/** @param {string} id */
export const forget = (id) => kept.delete(id);

/** @param {string} id */
async function load(id) {
  /** @type {{id: string, role: string}[]} */
  const members = [];
  let after = "";
  do {
    const page = await get(`${path`/conversations/${id}/members?limit=200`}${after ? `&after=${encodeURIComponent(after)}` : ""}`);
    members.push(...page.members);
    after = page.next ?? "";
  } while (after && members.length < MOST);
  return members;
}
