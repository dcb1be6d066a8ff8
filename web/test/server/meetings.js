/** Meetings, their captions and what is translated, as far as a browser can tell. */
import { Problem, newId, notFound } from "./world.js";

const MINUTE = 60_000;
const PROVIDERS = [{ name: "tencent", title: "Tencent Meeting", simulated: true, capabilities: ["captions"] }, { name: "jitsi", title: "Jitsi", simulated: false, capabilities: [] }];

export class Meetings {
  /** @type {Map<string, any>} */
  all = new Map();

  /** @param {any} server */
  constructor(server) {
    this.server = server;
  }

  /** @param {string} id @param {string} me */
  seen(id, me) {
    const meeting = this.all.get(id);
    if (!meeting?.conversation.members.has(me)) throw notFound();
    return meeting;
  }

  /** Posts what is known of it, or changes what was posted. @param {any} meeting @param {any} [change] */
  tell(meeting, change = {}) {
    const { world, sessions } = this.server;
    Object.assign(meeting.facts, change);
    const { conversation, facts, seq } = meeting;
    const body = { type: "meeting", text: `${facts.title}, ${facts.start} (${facts.zone})`, meeting: { ...facts } };
    if (!seq) meeting.seq = world.append(conversation, world.service, `meeting/${facts.id}`, "message.posted", body).seq;
    else world.append(conversation, world.service, `meeting/${facts.id}/${++meeting.changes}`, "message.edited", { target: seq, body });
    for (const session of sessions) if (conversation.members.has(session.account)) session.send({ type: "meeting", conversation: conversation.id, meeting: facts.id });
  }

  /** @param {string} me @param {any} conversation @param {any} asked */
  create(me, conversation, asked) {
    const same = [...this.all.values()].find(({ ref, by }) => ref === asked.ref && by === me);
    if (same) return same;
    const plan = asked.command === undefined ? asked : commanded(asked);
    const provider = PROVIDERS.find(({ name }) => name === (plan.provider ?? "tencent"));
    if (!provider) throw new Problem(400, "invalid", "There is no such meeting service.", "provider");
    const start = new Date(plan.start ?? Date.now());
    const facts = {
      id: newId("m"), title: plan.title ?? conversation.name, organiser: me, start: start.toISOString(), end: new Date(start.getTime() + (plan.minutes ?? 60) * MINUTE).toISOString(),
      zone: plan.zone, recurrence: plan.recurrence ?? null, languages: plan.languages ?? conversation.languages ?? [],
      provider: { name: provider.name, title: provider.title, simulated: provider.simulated, captions: provider.capabilities.includes("captions") },
      code: "530 812 452", state: "scheduled", problem: null,
    };
    const meeting = { facts, conversation, ref: asked.ref, by: me, seq: 0, changes: 0, answers: new Map(), live: { count: 0, accounts: [], guests: 0 }, after: null, interpreters: /** @type {any[]} */ ([]), attendance: /** @type {any[]} */ ([]), spoken: /** @type {any[]} */ ([]) };
    this.all.set(facts.id, meeting);
    const { faults } = this.server;
    this.tell(meeting, faults.provider ? { state: "failed", code: null, problem: faults.provider } : plan.start ? {} : { state: "live" });
    return meeting;
  }

  /** @param {any} meeting @param {string} me */
  view({ facts, conversation, seq, answers, live, after, interpreters }, me) {
    const count = (/** @type {string} */ what) => [...answers.values()].filter((answer) => answer === what).length;
    const change = facts.organiser === me || conversation.members.get(me)?.role === "owner";
    return {
      ...facts, conversation: conversation.id, seq, rsvp: { yes: count("yes"), no: count("no"), maybe: count("maybe"), mine: answers.get(me) ?? null }, live,
      may: { change, retry: change && facts.state === "failed", interpret: interpreters.filter((/** @type {any} */ { account }) => account === me).map((/** @type {any} */ { language }) => language), attendance: change },
      after, occurrence: facts.recurrence ? { start: facts.start, end: facts.end, number: 1, of: facts.recurrence.count } : null,
    };
  }

  /** @param {string} me @param {string} method @param {string[]} path behind /meetings @param {any} query @param {any} body @returns {any} */
  rest(me, method, [id, what, more], query, body) {
    if (!id) {
      const past = query.state === "past";
      const mine = [...this.all.values()].filter(({ conversation, facts }) => conversation.members.has(me) && ["ended", "cancelled", "failed"].includes(facts.state) === past);
      const place = (/** @type {any} */ { facts: { start, id: own } }) => `${past ? 0 : 1}/${start}/${own}`;
      const order = mine.toSorted((a, b) => place(a).localeCompare(place(b)) * (past ? -1 : 1));
      const left = query.after ? order.slice(order.findIndex((one) => place(one) === query.after) + 1) : order;
      const page = left.slice(0, Number(query.limit ?? 20));
      return { body: { meetings: page.map((one) => this.view(one, me)), next: left.length > page.length ? place(/** @type {any} */ (page.at(-1))) : null } };
    }
    const meeting = this.seen(id, me);
    const told = () => ({ body: this.view(meeting, me) });
    if (!what && method === "GET") return told();
    if (what === "rsvp" && method === "PUT") return (meeting.answers.set(me, body.answer), this.touch(meeting), { body: this.view(meeting, me).rsvp });
    if (what === "rsvp") return { body: { accounts: [...meeting.answers].filter(([, answer]) => answer === query.answer).map(([account]) => account), next: null } };
    if (what === "join") {
      if (this.server.faults.join) throw new Problem(503, "unavailable", this.server.faults.join);
      return { body: { url: `${this.server.meetingsAt}/${facts(meeting)}?member=${me}`, expires: null }, headers: { "cache-control": "no-store" } };
    }
    if (what === "invitation.ics") return { body: "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", headers: { "content-type": "text/calendar" } };
    if (what === "voices") return { body: { voices: this.server.voices.map((/** @type {string} */ language) => ({ language, engine: "test", title: "Test voice", simulated: !!this.server.faults.tones })) } };
    if (what === "captions") return this.captions(meeting, me, method, query, body);
    if (what === "captions.vtt") return { body: query.after ? "WEBVTT\n\n2\nthe second\n\n" : "WEBVTT\n\n1\nthe first\n\nNOTE This goes on: ask again with after=7\n\n", headers: { "content-type": "text/vtt" } };
    if (what === "captions.txt") return { body: "Captions\n", headers: { "content-type": "text/plain" } };
    if (what === "interpreters" && more === "duty") return (Object.assign(meeting.interpreters.find((/** @type {any} */ one) => one.account === me && one.language === body.language) ?? {}, { on: body.on }), this.touch(meeting), { body: { interpreters: meeting.interpreters } });
    if (what === "interpreters" && method === "GET") return { body: { interpreters: meeting.interpreters } };
    if (!this.view(meeting, me).may.change) throw new Problem(403, "forbidden", "Only the organiser may do that.");
    if (what === "interpreters") return (method === "PUT" && (meeting.interpreters = body.interpreters.map((/** @type {any} */ one) => ({ ...one, on: false })), this.touch(meeting)), { body: { interpreters: meeting.interpreters } });
    if (what === "attendance") return { body: { attendance: meeting.attendance, next: null } };
    if (what === "retry") return (this.tell(meeting, { state: "scheduled", code: "530 812 452", problem: null }), told());
    if (what === "cancel") return (this.tell(meeting, { state: "cancelled" }), told());
    if (what === "end") return (meeting.after = { seconds: 3125, links: [] }, this.tell(meeting, { state: "ended" }), told());
    const { ref, minutes, ...change } = body;
    const start = Date.parse(change.start ?? meeting.facts.start);
    return (this.tell(meeting, { ...change, ...(minutes && { end: new Date(start + minutes * MINUTE).toISOString() }) }), told());
  }

  /** Something about it changed that is no entry. @param {any} meeting */
  touch({ conversation, facts }) {
    for (const session of this.server.sessions) if (conversation.members.has(session.account)) session.send({ type: "meeting", conversation: conversation.id, meeting: facts.id });
  }

  /** A sentence that grows: to those who follow it. @param {any} meeting @param {any} caption */
  grow({ conversation, facts }, caption) {
    for (const session of this.server.sessions) if (session.follows?.get(conversation.id)?.meeting === facts.id) session.send({ type: "caption", conversation: conversation.id, meeting: facts.id, translations: [], complete: false, ...caption });
  }

  /** A finished sentence, or another text of one. @param {any} meeting @param {any} caption */
  say({ conversation, facts }, caption) {
    const { world } = this.server;
    const body = { type: "caption", meeting: facts.id, from: new Date().toISOString(), to: new Date().toISOString(), translations: [], by: "provider", ...caption };
    const before = conversation.entries.find((/** @type {any} */ entry) => entry.ref === `caption/${facts.id}/${caption.key}`);
    if (before) return world.append(conversation, world.service, `caption/${facts.id}/${caption.key}/${conversation.entries.length}`, "message.edited", { target: before.seq, body });
    return world.append(conversation, world.service, `caption/${facts.id}/${caption.key}`, "message.posted", body);
  }

  /** @param {any} meeting @param {string} me @param {string} method @param {any} query @param {any} body */
  captions(meeting, me, method, query, body) {
    const { world } = this.server;
    if (method === "POST") {
      const speaker = { account: me, name: world.people.get(me).name };
      const caption = { key: body.key ?? body.ref, speaker, language: body.language, text: body.text, by: "interpreter" };
      if (!body.complete) return (this.grow(meeting, caption), { body: { key: caption.key, seq: null } });
      return { body: { key: caption.key, seq: this.say(meeting, caption).seq } };
    }
    const limit = Number(query.limit ?? 50);
    const all = meeting.conversation.entries.filter((/** @type {any} */ { kind, body: said, seq }) => kind === "message.posted" && said.type === "caption" && said.meeting === meeting.facts.id && seq > Number(query.after ?? 0));
    const page = all.slice(0, limit).map((/** @type {any} */ entry) => {
      const { body: said, recalled, seq } = world.overlaid(meeting.conversation, entry);
      if (recalled) return { seq, key: entry.body.key, speaker: entry.body.speaker, language: entry.body.language, text: null, from: entry.body.from, to: entry.body.to, by: entry.body.by, translation: null, recalled: true };
      const { translations, type, meeting: _, ...caption } = said;
      const translation = query.language && query.language !== said.language ? (translations.find((/** @type {any} */ { language }) => language === query.language) ?? { language: query.language, problem: "No engine translates this pair." }) : null;
      return { seq, ...caption, translation, recalled: false };
    });
    return { body: { captions: page, next: all.length > limit ? page.at(-1).seq : null } };
  }
}

/** @param {any} meeting */
const facts = (meeting) => meeting.facts.id;

/** "/meet", "/meet tomorrow 15:00 en es". @param {any} asked */
function commanded({ command, zone }) {
  const words = command.split(/\s+/).slice(1);
  const languages = words.filter((/** @type {string} */ word) => /^[a-z]{2}$/.test(word));
  if (words.includes("never")) throw new Problem(400, "invalid", "\"never\" is no time. Write for example: /meet tomorrow 15:00 en es", "command");
  const later = words.includes("tomorrow");
  return { zone, ...(languages.length && { languages }), ...(later && { start: new Date(Date.now() + 24 * 60 * MINUTE).toISOString() }) };
}

/** What belongs to a conversation. @param {any} server @param {string} me @param {any} conversation @param {string} method @param {string | undefined} what @param {any} body */
export function ofConversation({ meetings }, me, conversation, method, what, body) {
  if (what === "providers") return { body: { providers: PROVIDERS, default: "tencent" } };
  if (method === "POST") {
    const meeting = meetings.create(me, conversation, body);
    return { status: 201, body: { meeting: meeting.facts, seq: meeting.seq } };
  }
  return { body: { meetings: [...meetings.all.values()].filter((one) => one.conversation === conversation).map((one) => meetings.view(one, me)), next: null } };
}
