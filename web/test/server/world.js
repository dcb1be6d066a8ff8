/**
 * An organisation in memory that keeps the promises of docs/protocol.md as far as a browser can tell:
 * numbers without gaps, refs that are used once, who may see what. It belongs to the tests alone.
 */
import { randomBytes } from "node:crypto";

/** @typedef {{id: string, userid: string, name: string, role: string, bot: boolean, disabled: boolean, password: string}} Person */

/** @param {string} kind */
export const newId = (kind) => kind + randomBytes(16).toString("base64url");

/** What cannot be done, as a problem document. */
export class Problem extends Error {
  /** @param {number} status @param {string} type @param {string} detail @param {string} [field] */
  constructor(status, type, detail, field) {
    super(detail);
    this.body = { type: `urn:plenary:problem:${type}`, title: type, status, detail, ...(field && { field }) };
  }
}
export const notFound = () => new Problem(404, "not-found", "There is no such conversation.");

export class World {
  organisation = { id: newId("o"), name: "Assembly" };
  /** The organisation's own account, by which features post; it is no member and has no page. */
  service = newId("a");
  /** @type {Map<string, Person>} */
  people = new Map();
  /** @type {Map<string, any>} */
  conversations = new Map();
  /** @type {Set<(entry: any, audience: Set<string>) => void>} */
  listeners = new Set();
  /** Counts everything that happened: the cursor. */
  ticks = 0;
  now = () => new Date();

  /** @param {string} userid @param {string} name @param {Partial<Person>} [more] @returns {Person} */
  person(userid, name, more = {}) {
    const person = { id: newId("a"), userid, name, role: "member", bot: false, disabled: false, password: "secret", ...more };
    this.people.set(person.id, person);
    return person;
  }

  /** @param {string} creator @param {any} what */
  create(creator, what) {
    const same = [...this.conversations.values()].find((other) => other.ref === what.ref && other.creator === creator);
    if (same) return same;
    const direct = what.kind === "direct";
    const pair = direct && [...this.conversations.values()].find((c) => c.kind === "direct" && c.members.has(creator) && c.members.has(what.with));
    if (pair) return pair;
    const conversation = {
      id: newId(direct ? "d" : "g"), ref: what.ref, creator, kind: what.kind, name: what.name, history: what.history ?? true,
      /** @type {Map<string, {role: string, from: number, position: {seq: number, m: number}}>} */
      members: new Map(), entries: [], ticks: [], refs: new Map(), m: 0, touched: 0,
    };
    this.conversations.set(conversation.id, conversation);
    const members = direct ? [what.with] : (what.members ?? []);
    for (const id of [creator, ...members]) conversation.members.set(id, { role: id === creator && !direct ? "owner" : "member", from: 1, position: { seq: 0, m: 0 } });
    this.append(conversation, creator, what.ref, "conversation.created", { kind: what.kind, ...(what.name && { name: what.name }), members, history: conversation.history });
    return conversation;
  }

  /** The conversation, if the account may see it. @param {string} id @param {string} account */
  seen(id, account) {
    const conversation = this.conversations.get(id);
    if (!conversation?.members.has(account)) throw notFound();
    return conversation;
  }

  /** @param {any} conversation @param {string} sender @param {string} ref @param {string} kind @param {any} body @param {Date} [at] */
  append(conversation, sender, ref, kind, body, at = this.now()) {
    const key = `${sender}/${ref}`;
    const before = conversation.refs.get(key);
    if (before) {
      if (before.what !== JSON.stringify([kind, body])) throw new Problem(409, "conflict", "The ref was used with another body.", "ref");
      return before.entry;
    }
    if (kind === "message.posted" && body.type !== "caption") conversation.m++;
    const entry = { conversation: conversation.id, seq: conversation.entries.length + 1, m: conversation.m, kind, version: 1, sender, ref, at: at.toISOString(), body };
    conversation.entries.push(entry);
    conversation.refs.set(key, { entry, what: JSON.stringify([kind, body]) });
    conversation.touched = ++this.ticks;
    conversation.ticks.push(this.ticks);
    const audience = new Set(conversation.members.keys());
    if (kind === "members.changed") this.#members(conversation, entry, audience);
    if (kind === "conversation.changed") Object.assign(conversation, body);
    if (kind === "message.posted" && conversation.members.has(sender)) conversation.members.get(sender).position = { seq: entry.seq, m: entry.m };
    for (const listener of this.listeners) listener(entry, audience);
    return entry;
  }

  /** @param {any} conversation @param {any} entry @param {Set<string>} audience */
  #members(conversation, { seq, m, body }, audience) {
    for (const id of body.remove) conversation.members.delete(id);
    for (const id of body.add) {
      audience.add(id);
      conversation.members.set(id, { role: "member", from: conversation.history ? 1 : seq, position: { seq, m } });
    }
  }

  /** An entry with what happened to it since. @param {any} conversation @param {any} entry */
  overlaid(conversation, entry) {
    if (entry.kind !== "message.posted") return entry;
    const about = conversation.entries.filter((/** @type {any} */ other) => other.body?.target === entry.seq);
    const recall = about.find((/** @type {any} */ { kind }) => kind === "message.recalled");
    const edit = about.filter((/** @type {any} */ { kind }) => kind === "message.edited").at(-1);
    return {
      ...entry,
      ...(edit && !recall && { body: edit.body.body, edited: { seq: edit.seq, at: edit.at } }),
      ...(recall && { body: null, recalled: { seq: recall.seq, by: recall.sender, at: recall.at } }),
    };
  }

  /** @param {any} conversation @param {string} account */
  told(conversation, account) {
    const member = conversation.members.get(account);
    const seen = conversation.entries.map((/** @type {any} */ entry) => this.overlaid(conversation, entry));
    const last = conversation.entries.at(-1) ?? null;
    const head = { seq: conversation.entries.length, m: conversation.m };
    const mentions = seen
      .filter((/** @type {any} */ { seq, kind, sender, recalled }) => kind === "message.posted" && seq > member.position.seq && sender !== account && !recalled && names(conversation.entries[seq - 1].body, account))
      .map((/** @type {any} */ { seq }) => seq);
    const other = [...conversation.members.keys()].find((id) => id !== account);
    return {
      id: conversation.id, kind: conversation.kind, ...(conversation.kind === "direct" ? { with: other } : { name: conversation.name }),
      members: conversation.members.size, role: member.role, history: conversation.history, head, from: member.from,
      position: member.position, unread: head.m - member.position.m, mentions,
      ...(conversation.kind === "group" && { languages: conversation.languages ?? [], translation: conversation.translation ?? "inside" }),
      last: last && { seq: last.seq, kind: last.kind, sender: last.sender, at: last.at, body: last.body },
    };
  }

  /** @param {any} conversation @param {string} account @param {{before?: number, after?: number, limit?: number, kinds?: string}} bounds */
  page(conversation, account, { before, after, limit = 50, kinds }) {
    const { from } = conversation.members.get(account);
    const all = conversation.entries.filter((/** @type {any} */ entry) => entry.seq >= from && (!before || entry.seq < before) && (!after || entry.seq > after) && fits(entry, kinds));
    const entries = after && !before ? all.slice(0, limit) : all.slice(-limit);
    const head = { seq: conversation.entries.length, m: conversation.m };
    const next = all.length > entries.length && entries[0].seq > from ? entries.at(after && !before ? -1 : 0).seq : null;
    return { entries: entries.map((/** @type {any} */ entry) => this.overlaid(conversation, entry)), head, from, ...(kinds && { next }) };
  }

  /** Judges and appends what a member sends. @param {string} account @param {any} frame */
  take(account, { type, conversation: id, ref, body, target }) {
    const conversation = this.seen(id, account);
    if (!ref || ref.length > 64) throw new Problem(400, "invalid", "A ref has 1 to 64 bytes.", "ref");
    if (conversation.refs.has(`${account}/${ref}`) || type === "post") {
      if (type === "post" && body?.text === "/refuse") throw new Problem(403, "forbidden", "You may not say that here.");
      return this.append(conversation, account, ref, KINDS[type], type === "post" ? body : type === "edit" ? { target, body } : { target });
    }
    const entry = conversation.entries[target - 1];
    if (entry?.kind !== "message.posted") throw new Problem(404, "not-found", "There is no such message.");
    const owner = conversation.members.get(account).role === "owner";
    if (entry.sender !== account && !(type === "recall" && owner)) throw new Problem(403, "forbidden", "Only its sender may do that.");
    return this.append(conversation, account, ref, KINDS[type], type === "edit" ? { target, body } : { target });
  }

  /** @param {any} conversation @param {string} account @param {number} seq */
  read(conversation, account, seq) {
    const member = conversation.members.get(account);
    if (seq <= member.position.seq) return member.position;
    const at = Math.min(seq, conversation.entries.length);
    member.position = { seq: at, m: conversation.entries[at - 1]?.m ?? 0 };
    return member.position;
  }

  /** @param {any} conversation @param {number} seq */
  readers(conversation, seq) {
    const { sender } = conversation.entries[seq - 1];
    const others = [...conversation.members].filter(([id]) => id !== sender);
    const has = (/** @type {any[]} */ [, { position }]) => position.seq >= seq;
    return { read: others.filter(has).map(([id]) => id), unread: others.filter((one) => !has(one)).map(([id]) => id) };
  }
}

/** Whether an entry is among those asked for: captions and their corrections are no messages. @param {any} entry @param {string | undefined} kinds */
function fits({ kind, body }, kinds) {
  if (!kinds) return true;
  const caption = kind === "message.posted" && body.type === "caption";
  if (kinds === "captions") return caption;
  return !caption && !(kind === "message.edited" && body.body.type === "caption");
}

/** Whether a message, as it was posted, mentions somebody. @param {any} body @param {string} account */
const names = (body, account) => body.all || body.mentions?.includes(account);

/** @type {Record<string, string>} */
const KINDS = { post: "message.posted", edit: "message.edited", recall: "message.recalled" };
