/** One WebSocket: hello, what changed since the cursor, then live. */
import { Problem } from "./world.js";

/** @param {any} server @param {import("ws").WebSocket} socket */
export function live(server, socket) {
  const { world } = server;
  if (server.faults.refuseSockets) return socket.terminate();
  let account = "";
  /** @type {{conversation: any, seqs: number[]} | null} */
  let watched = null;
  const send = (/** @type {any} */ frame) => socket.readyState === 1 && socket.send(JSON.stringify(frame));
  const session = { send, follows: new Map(), get account() { return account; }, close: (/** @type {string} */ reason) => (send({ type: "bye", reason, detail: reason }), socket.close()) };
  server.sessions.add(session);
  const hear = (/** @type {any} */ entry, /** @type {Set<string>} */ audience) => {
    if (!account || !audience.has(account)) return;
    if (server.faults.swallow > 0) return void server.faults.swallow--;
    send({ type: "entry", entry });
    send({ type: "cursor", cursor: String(world.ticks) });
  };
  world.listeners.add(hear);
  const receipts = () => {
    for (const seq of watched?.seqs ?? []) {
      const { read, unread } = world.readers(watched?.conversation, seq);
      send({ type: "receipts", conversation: watched?.conversation.id, seq, read: read.length, unread: unread.length });
    }
  };
  const timer = setInterval(receipts, 150);
  socket.on("close", () => (clearInterval(timer), world.listeners.delete(hear), server.sessions.delete(session)));

  const hello = (/** @type {any} */ frame) => {
    account = server.tokens.get(frame.token) ?? "";
    if (!account) return session.close("unauthenticated");
    send({ type: "welcome", account, session: "s", heartbeat: 30, limits: { body: 16384, inFlight: 64 } });
    const since = Number(frame.cursor ?? -1);
    for (const conversation of world.conversations.values()) {
      if (!conversation.members.has(account) || conversation.touched <= since) continue;
      const fresh = since < 0 ? [] : world.page(conversation, account, { limit: 51 }).entries.filter((/** @type {any} */ { seq }) => conversation.ticks[seq - 1] > since);
      const entries = fresh.slice(-50);
      send({ type: "conversation", conversation: world.told(conversation, account), entries, complete: since >= 0 && fresh.length <= 50 });
    }
    return send({ type: "live", cursor: String(world.ticks) });
  };

  socket.on("message", (data) => {
    const frame = JSON.parse(String(data));
    const { type, conversation: id, ref } = frame;
    try {
      if (type === "hello") return hello(frame);
      if (type === "ping") return send({ type: "pong" });
      if (type === "token") return undefined;
      if (type === "typing") {
        for (const other of server.sessions) if (other !== session && world.seen(id, account).members.has(other.account)) other.send({ type, conversation: id, account });
        return undefined;
      }
      if (type === "reading") return void session.follows.set(id, { language: frame.language, meeting: frame.meeting });
      if (type === "watch") return (watched = { conversation: world.seen(id, account), seqs: frame.seqs }), receipts();
      if (type === "position") {
        const position = world.read(world.seen(id, account), account, frame.seq);
        for (const other of server.sessions) if (other !== session && other.account === account) other.send({ type, conversation: id, ...position });
        return undefined;
      }
      if (!server.faults.accept) return undefined;
      if (server.faults.unknown) return (server.faults.unknown--, send({ type: "unknown", conversation: id, ref }));
      const entry = world.take(account, frame);
      if (server.faults.silent) return (server.faults.silent--, socket.terminate());
      return send({ type: "accepted", conversation: id, ref, seq: entry.seq, m: entry.m, at: entry.at });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return send({ type: "refused", conversation: id, ref, problem: error.body });
    }
  });
}
