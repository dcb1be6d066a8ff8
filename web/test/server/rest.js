/** The endpoints that the client uses. */
import { randomBytes } from "node:crypto";
import { ofConversation } from "./meetings.js";
import { searchAll, searchOne } from "./search.js";
import { Survey, invitation } from "./survey.js";
import { translations } from "./translations.js";
import { Problem, newId, notFound } from "./world.js";

/** @param {any} person */
const shown = ({ password, ...person }) => (void password, person);

/** Unknown members are refused, as the server does. @param {any} body @param {...string} names */
function known(body, ...names) {
  const other = Object.keys(body).find((name) => !names.includes(name));
  if (other) throw new Problem(400, "invalid", "This is not known here.", other);
}

/** @param {any} server @param {string} account */
function signedIn(server, account) {
  const token = `t-${randomBytes(9).toString("hex")}`;
  const refresh = `r1.${randomBytes(9).toString("hex")}`;
  server.tokens.set(token, account);
  server.refreshes.set(refresh, account);
  const { world } = server;
  const person = { ...shown(world.people.get(account)), organisation: world.organisation };
  return { body: { accessToken: token, expiresIn: 600, session: "s1", account: person }, headers: { "set-cookie": `plenary=${refresh}; HttpOnly; SameSite=Strict; Path=/api/v1/session` } };
}

/** @param {any} server @param {import("node:http").IncomingMessage} request @param {URL} url @param {any} body @returns {Promise<{status?: number, body: any, headers?: any}>} */
export async function rest(server, request, url, body) {
  const { world } = server;
  const path = url.pathname.slice("/api/v1".length);
  const does = (/** @type {string} */ method, /** @type {RegExp} */ pattern) => (request.method === method ? pattern.exec(path) : null);
  const cookie = /plenary=([^;]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
  if (path === "/server") return { body: { name: "Plenary", version: "0.1.0", organisation: server.faults.notSetUp ? null : { name: world.organisation.name }, setUp: !server.faults.notSetUp, demo: true } };
  if (path === "/sign-in") {
    const person = [...world.people.values()].find(({ userid, password, bot }) => userid === body.userid && password === body.password && !bot);
    if (!person) throw new Problem(401, "unauthenticated", "The user ID or the password is wrong.");
    return signedIn(server, person.id);
  }
  if (path === "/sign-in/ticket") {
    const account = server.tickets.get(body.ticket);
    if (!account || !server.tickets.delete(body.ticket)) throw new Problem(410, "gone", "The ticket was used.");
    return signedIn(server, account);
  }
  if (path === "/setup") {
    known(body, "token", "organisation", "owner");
    if (body.token !== "once" || !server.faults.notSetUp) throw new Problem(410, "gone", "This link was used already.");
    server.faults.notSetUp = false;
    world.organisation.name = body.organisation.name;
    world.person(body.owner.userid, body.owner.name, { role: "owner", password: body.owner.password });
    return { status: 201, body: { organisation: world.organisation } };
  }
  if (path === "/session/refresh") {
    const account = server.refreshes.get(cookie);
    if (!account || !server.refreshes.delete(cookie)) throw new Problem(401, "unauthenticated", "There is no session.");
    return signedIn(server, account);
  }
  const me = server.tokens.get(request.headers.authorization?.slice(7));
  if (!me) throw new Problem(401, "unauthenticated", "There is no token.");
  const query = Object.fromEntries(url.searchParams);
  if (path === "/session/sign-out") return (server.refreshes.delete(cookie), { status: 204, body: null });
  if (path === "/accounts") return { body: { accounts: query.ids.split(",").map((id) => world.people.get(id)).filter(Boolean).map(shown) } };
  if (does("GET", /^\/members$/)) {
    const words = (query.query ?? "").toLowerCase();
    const found = [...world.people.values()].filter(({ name, userid }) => name.toLowerCase().includes(words) || userid.includes(words)).sort((a, b) => a.userid.localeCompare(b.userid));
    const after = found.filter(({ userid }) => userid > (query.after ?? ""));
    const limit = Number(query.limit ?? 50);
    return { body: { members: after.slice(0, limit).map(shown), next: after.length > limit ? after[limit - 1].userid : null } };
  }
  if (does("POST", /^\/members$/)) return { body: { members: body.members.map((/** @type {any} */ one) => ({ userid: one.userid, id: world.person(one.userid, one.name, one).id })) } };
  const ticket = does("POST", /^\/members\/([^/]+)\/tickets$/);
  if (ticket) {
    const code = randomBytes(9).toString("hex");
    server.tickets.set(code, decodeURIComponent(ticket[1]));
    return { body: { tickets: [code] } };
  }
  const out = does("POST", /^\/members\/([^/]+)\/sign-out$/);
  if (out) {
    server.signOut(decodeURIComponent(out[1]));
    return { status: 204, body: null };
  }
  const member = does("PATCH", /^\/members\/([^/]+)$/);
  if (member) return { body: shown(Object.assign(world.people.get(decodeURIComponent(member[1])), body)) };
  if (path === "/me/language") return (request.method === "PUT" && server.languages.set(me, body.language), { body: { language: server.languages.get(me) ?? null } });
  if (path.startsWith("/organisation")) return organisation(server, me, path, body);
  if (path.startsWith("/meetings")) return server.meetings.rest(me, request.method, path.split("/").slice(2).map(decodeURIComponent), query, body);
  if (path.startsWith("/surveys")) return surveys(server, me, path, body);
  if (path === "/search") return { body: searchAll(world, me, query) };
  if (path.startsWith("/conversations")) return conversations(server, me, request.method ?? "", path, query, body);
  throw new Problem(404, "not-found", `There is no ${path}.`);
}

/** @param {any} server @param {string} me @param {string} path @param {any} body */
function organisation({ world }, me, path, body) {
  world.days ??= 0;
  if (path === "/organisation") return { body: { ...world.organisation, departments: [], retention: { days: world.days }, limits: {} } };
  if (!["owner", "admin"].includes(world.people.get(me).role)) throw new Problem(403, "forbidden", "Only owners and admins may do this.");
  if (!(body.days >= 0 && body.days <= 3650)) throw new Problem(400, "invalid", "This must be 0 to 3650.", "days");
  world.days = body.days;
  return { body: { days: world.days } };
}

/** @param {any} server @param {string} me @param {string} path @param {any} body */
function surveys(server, me, path, body) {
  const { world, survey, people } = server;
  if (path === "/surveys") return { body: { surveys: [{ id: "un75", title: { en: "The world in 2045" }, state: "open", wording: { en: "Unofficial wording." }, invited: 45, answers: survey.n >= 10 ? survey.n : null }] } };
  if (path.endsWith("/results.csv")) return { body: "question,option,count\n", headers: { "content-type": "text/csv" } };
  if (path.endsWith("/results")) return { body: survey.results() };
  const messages = body.groups.map((/** @type {string} */ id) => {
    const { seq } = world.append(world.seen(id, me), people.bot.id, `${body.ref}-${id}`, "message.posted", { type: "card", text: "The world in 2045", card: invitation });
    return { conversation: id, seq };
  });
  return { body: { bot: people.bot.id, groups: body.groups, messages } };
}

/** @param {any} server @param {string} me @param {string} method @param {string} path @param {any} query @param {any} body */
function conversations(server, me, method, path, query, body) {
  const { world } = server;
  const [id, what, seq, more] = path.split("/").slice(2).map(decodeURIComponent);
  if (!id && method === "POST") return { body: world.told(world.create(me, body), me) };
  const conversation = world.seen(id, me);
  const told = () => ({ body: world.told(conversation, me) });
  if (!what && method === "PATCH") {
    const { ref, ...change } = body;
    world.append(conversation, me, ref, "conversation.changed", change);
    return told();
  }
  if (!what) return told();
  if (what === "search") return { body: searchOne(world, conversation, me, query) };
  if (what === "translations") return translations(server, me, conversation, query);
  if (what === "meetings") return ofConversation(server, me, conversation, method, seq, body);
  if (what === "entries") return { body: world.page(conversation, me, { before: Number(query.before ?? 0), after: Number(query.after ?? 0), limit: Number(query.limit ?? 50), kinds: query.kinds }) };
  if (what === "leave") return (world.append(conversation, me, body.ref, "members.changed", { add: [], remove: [me] }), { status: 204, body: null });
  if (what === "members" && method === "POST") return { body: world.append(conversation, me, body.ref, "members.changed", { add: body.add, remove: body.remove }) };
  if (what === "members") {
    const all = [...conversation.members].map(([account, { role }]) => ({ id: account, role }));
    const from = Number(query.after ?? 0);
    const limit = Number(query.limit ?? 50);
    return { body: { members: all.slice(from, from + limit), next: all.length > from + limit ? String(from + limit) : null } };
  }
  if (what === "position" && method === "PUT") return { body: world.read(conversation, me, body.seq) };
  if (what === "messages" && method === "POST" && (!seq || more === "edit" || more === "recall")) {
    const entry = world.take(me, { type: more ?? "post", conversation: id, target: Number(seq), ...body });
    return { body: { conversation: id, seq: entry.seq, m: entry.m, ref: entry.ref, at: entry.at } };
  }
  if (more === "readers") {
    const { read, unread } = world.readers(conversation, Number(seq));
    const all = query.state === "read" ? read : unread;
    const first = Number(query.after ?? 0);
    const last = first + Number(query.limit ?? 200);
    return { body: { read: read.length, unread: unread.length, accounts: all.slice(first, last), next: all.length > last ? String(last) : null } };
  }
  if (more === "card" || more === "answer") return { body: card(server, me, conversation, Number(seq), more === "answer" ? body : null) };
  throw new Problem(404, "not-found", newId("x"));
}

/** A card as one sees it, after answering where there is an answer. @param {any} server @param {string} me @param {any} conversation @param {number} seq @param {any} answer */
function card({ world, survey, people, answered, sessions }, me, conversation, seq, answer) {
  const posted = conversation.entries[seq - 1]?.body?.card;
  if (!posted) throw notFound();
  if (answer) known(answer, "ref", "key", "selected", "texts");
  if (!Survey.asks(posted)) {
    const key = `${conversation.id}/${seq}/${me}`;
    const once = posted.card_type !== "button_interaction";
    if (answer && once && answered.has(key)) throw new Problem(409, "conflict", "You have answered this card already.", "ref");
    if (answer) answered.set(key, answer.selected);
    return { state: answered.has(key) && once ? "answered" : "open", card: null, selected: answered.get(key) ?? [], message: null };
  }
  if (answer?.key === "begin") {
    const direct = world.create(people.bot.id, { ref: `survey-${me}`, kind: "direct", with: me });
    world.append(direct, people.bot.id, "survey-un75", "message.posted", { type: "card", text: "The world in 2045", card: Survey.consent });
    return survey.view(me, posted, true);
  }
  const wrong = answer && survey.answer(me, answer);
  if (wrong) throw new Problem(400, "invalid", wrong, "selected");
  if (answer) for (const session of sessions) session.send(session.account === me ? { type: "card", conversation: conversation.id, seq } : { type: "results", survey: "un75" });
  return survey.view(me, posted);
}
