import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, readUpTo, resume, unread } from "../client/store/apply.js";
import { hasEarlier, joinPage } from "../client/store/history.js";
import { Random } from "./random.js";
import { World } from "./server/world.js";

/** @import {Conversation, Entry} from "../client/types" */

/** A group in which anything happens by chance, as one of its members is told of it. */
class Group {
  /** @param {number} seed */
  constructor(seed) {
    this.random = new Random(seed);
    this.world = new World();
    this.people = ["me", "bo", "cy", "di"].map((userid) => this.world.person(userid, userid));
    this.me = this.people[0].id;
    this.spare = this.world.person("ed", "ed").id;
    this.it = this.world.create(this.people[1].id, { ref: "made", kind: "group", name: "Group", members: this.people.map(({ id }) => id) });
    this.refs = 0;
  }

  /** One thing, by somebody. */
  happen() {
    const { random, world, it, people } = this;
    const who = random.one(people).id;
    const ref = `r${this.refs++}`;
    const recalled = new Set(it.entries.filter((/** @type {any} */ { kind }) => kind === "message.recalled").map((/** @type {any} */ { body }) => body.target));
    const mine = it.entries.filter((/** @type {any} */ { kind, sender, seq }) => kind === "message.posted" && sender === who && !recalled.has(seq));
    const text = () => ({ type: "text", text: `text ${ref}`, ...(random.below(3) ? {} : { mentions: [random.one(people).id] }), ...(random.below(9) ? {} : { all: true }) });
    switch (mine.length ? random.below(12) : random.below(2)) {
      case 0: case 1: case 2: case 3: return world.append(it, who, ref, "message.posted", text());
      case 4: return world.append(it, who, ref, "message.edited", { target: random.one(mine).seq, body: { type: "text", text: `edited ${ref}` } });
      case 5: return world.append(it, who, ref, "message.recalled", { target: random.one(mine).seq });
      case 6: return world.append(it, who, ref, "conversation.changed", random.below(2) ? { name: `name ${ref}` } : { history: !!random.below(2) });
      case 7: {
        const there = it.members.has(this.spare);
        return world.append(it, who, ref, "members.changed", { add: there ? [] : [this.spare], remove: there ? [this.spare] : [] });
      }
      case 8: return world.append(it, who, ref, "thing.of-tomorrow", {});
      default: return this.speak(ref);
    }
  }

  /** A caption, or a correction of one, or its recall. @param {string} ref */
  speak(ref) {
    const { random, world, it } = this;
    const recalled = new Set(it.entries.filter((/** @type {any} */ { kind }) => kind === "message.recalled").map((/** @type {any} */ { body }) => body.target));
    const said = it.entries.filter((/** @type {any} */ { kind, body, seq }) => kind === "message.posted" && body.type === "caption" && !recalled.has(seq));
    const caption = { type: "caption", meeting: "m", key: ref, text: ref };
    const what = said.length ? random.below(6) : 2;
    if (what === 0) return world.append(it, world.service, ref, "message.edited", { target: random.one(said).seq, body: caption });
    if (what === 1) return world.append(it, this.people[1].id, ref, "message.recalled", { target: random.one(said).seq });
    return world.append(it, world.service, ref, "message.posted", caption);
  }

  /** As the server tells it. @returns {Conversation} */
  told() {
    return { ...this.world.told(this.it, this.me), entries: [], held: null };
  }

  /** As one who comes anew, and reads all of its history, holds it. */
  fresh() {
    const told = this.told();
    return joinPage(told, this.page({ limit: 1e6 }), this.me);
  }

  /** A page of history, without captions. @param {{before?: number, limit: number}} bounds @returns {any} */
  page(bounds) {
    return structuredClone(this.world.page(this.it, this.me, { ...bounds, kinds: "messages" }));
  }

  /** Entries as the live connection sends them. @param {number} after @returns {Entry[]} */
  since(after) {
    return this.it.entries.filter((/** @type {Entry} */ { seq }) => seq > after);
  }
}

/** What must be the same, however one came by it: `unread` is computed, not held. @param {Conversation} conversation */
const compared = (conversation) => ({ ...conversation, unread: unread(conversation) });

const SEEDS = Array.from({ length: 300 }, (_, i) => i);

test("what was held and the entries since then make what is given anew", () => {
  for (const seed of SEEDS) {
    const group = new Group(seed);
    for (let i = group.random.below(30); i > 0; i--) group.happen();
    let held = group.fresh();
    for (let i = group.random.below(30); i > 0; i--) {
      held = apply(held, group.happen(), group.me);
      if (!group.random.below(4)) held = readUpTo(held, group.world.read(group.it, group.me, group.it.entries.length));
    }
    assert.deepEqual(compared(held), compared(group.fresh()), `seed ${seed}`);
  }
});

test("an entry that comes again, and one that is older, change nothing", () => {
  for (const seed of SEEDS.slice(0, 50)) {
    const group = new Group(seed);
    for (let i = 0; i < 20; i++) group.happen();
    const held = group.fresh();
    for (const entry of group.it.entries) assert.equal(apply(held, entry, group.me), held);
  }
});

test("resuming with what is new makes what is given anew, whether all of it comes or only the end", () => {
  for (const seed of SEEDS) {
    const group = new Group(seed);
    for (let i = group.random.below(30); i > 0; i--) group.happen();
    const before = group.fresh();
    const missed = group.random.below(40);
    for (let i = 0; i < missed; i++) group.happen();
    const news = group.since(before.head.seq);
    const sent = news.slice(-25);
    const held = resume(before, group.told(), sent, sent.length === news.length, group.me);
    const fresh = group.fresh();
    assert.deepEqual(held.entries, fresh.entries.slice(-held.entries.length), `seed ${seed}`);
    assert.equal(held.held?.last, fresh.head.seq, `seed ${seed}`);
    assert.deepEqual({ ...compared(held), entries: [], held: null }, { ...compared(fresh), entries: [], held: null }, `seed ${seed}`);
  }
});

test("a page of history that was read before an edit shows the edit that came meanwhile", () => {
  for (const seed of SEEDS) {
    const group = new Group(seed);
    for (let i = 0; i < 30; i++) group.happen();
    let held = joinPage(group.told(), group.page({ limit: 10 }), group.me);
    const before = held.held?.first ?? 0;
    const page = group.page({ before, limit: 10 });
    for (let i = 0; i < 10; i++) held = apply(held, group.happen(), group.me);
    held = joinPage(held, page, group.me, before);
    const fresh = group.fresh();
    assert.deepEqual(held.entries, fresh.entries.slice(-held.entries.length), `seed ${seed}`);
  }
});

test("what came live while the list was on its way is not taken back", () => {
  const group = new Group(1);
  const before = group.fresh();
  const stale = group.told();
  const entry = group.world.append(group.it, group.people[2].id, "later", "message.posted", { type: "text", text: "later" });
  const held = resume(apply(before, entry, group.me), stale, [], true, group.me);
  assert.equal(held.head.seq, entry.seq);
  assert.equal(held.entries.at(-1)?.seq, entry.seq);
});

test("however many captions stand between them, the pages join without a message missing or twice", () => {
  for (const seed of SEEDS.slice(0, 100)) {
    const group = new Group(seed);
    for (let i = 0; i < 120; i++) (group.random.below(3) ? group.speak(`c${i}`) : group.happen());
    let held = joinPage(group.told(), group.page({ limit: 7 }), group.me);
    while (hasEarlier(held)) {
      const before = held.held?.first;
      held = joinPage(apply(held, group.random.below(2) ? group.speak(`later ${before}`) : group.happen(), group.me), group.page({ before, limit: 7 }), group.me, before);
    }
    assert.deepEqual(compared(held), compared(group.fresh()), `seed ${seed}`);
    assert.ok(held.entries.every(({ body }) => body?.type !== "caption"), `seed ${seed}`);
  }
});

test("the newest entries may all be captions: then nothing is drawn, and what lies before can be asked for", () => {
  const group = new Group(3);
  for (let i = 0; i < 5; i++) group.world.append(group.it, group.people[1].id, `t${i}`, "message.posted", { type: "text", text: `${i}` });
  const told = group.fresh();
  for (let i = 0; i < 60; i++) group.world.append(group.it, group.world.service, `c${i}`, "message.posted", { type: "caption", text: `${i}` });
  let held = resume(told, group.told(), group.since(told.head.seq).slice(-50), false, group.me);
  assert.deepEqual(held.entries, []);
  assert.equal(unread(held), unread(told), "captions cost no unread");
  assert.ok(hasEarlier(held));
  held = joinPage(held, group.page({ before: held.held?.first, limit: 50 }), group.me, held.held?.first);
  assert.equal(held.entries.length, 6);
});

test("an edit of a message that its reader may not see changes nothing that is drawn", () => {
  const group = new Group(1);
  const held = group.fresh();
  const hidden = { ...group.world.append(group.it, group.people[1].id, "e", "message.edited", { target: 1, body: { type: "text", text: "x" } }), body: null };
  assert.deepEqual(apply(held, hidden, group.me).entries, [...held.entries, hidden]);
});
