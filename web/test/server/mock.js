/** The protocol of docs/protocol.md over real HTTP and WebSockets, on a port of its own. */
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { live } from "./live.js";
import { Meetings } from "./meetings.js";
import { page } from "./pages.js";
import { speech } from "./speech.js";
import { rest } from "./rest.js";
import { seed } from "./seed.js";
import { Survey } from "./survey.js";
import { voice } from "./voice.js";
import { Problem } from "./world.js";

/** @param {{history?: number, crowd?: number, port?: number}} [how] */
export async function start(how) {
  const seeded = seed(how);
  const { world } = seeded;
  /** @type {any} What the tests may turn: tokens by account, and faults. */
  const server = { ...seeded, survey: new Survey(), answered: new Map(), languages: new Map(), meetingsAt: "https://meeting.invalid", tokens: new Map(), refreshes: new Map(), tickets: new Map(), faults: { accept: true }, sessions: new Set(), voices: [], listeners: new Set(), signOut };
  server.meetings = new Meetings(server);
  /** @param {string} account */
  function signOut(account) {
    for (const kept of [server.tokens, server.refreshes]) for (const [token, whose] of kept) if (whose === account) kept.delete(token);
    for (const session of server.sessions) if (session.account === account) session.close("revoked");
  }
  const http = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const answer = (/** @type {number} */ status, /** @type {any} */ body, /** @type {Record<string, any>} */ headers = {}) =>
      response.writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json", ...headers }).end(body === null ? undefined : JSON.stringify(body));
    try {
      if (!url.pathname.startsWith("/api/")) {
        const found = page(url.pathname);
        if (!found) return response.writeHead(404).end();
        return response.writeHead(200, { "content-type": found.type, ...found.headers }).end(found.body);
      }
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
      const { status = 200, body: out, headers } = await rest(server, request, url, body);
      if (typeof out === "string") return response.writeHead(status, headers).end(out);
      return answer(status, out, headers);
    } catch (error) {
      if (error instanceof Problem) return answer(error.body.status, error.body);
      console.error(error);
      return answer(500, { type: "about:blank", title: "Broken mock", status: 500, detail: String(error) });
    }
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", (socket, request) => {
    const url = request.url ?? "";
    if (url === "/api/v1/connect") live(server, socket);
    else if (url.includes("/voice?")) voice(server, socket, url);
    else speech(server, socket, url);
  });
  await new Promise((resolve) => http.listen(how?.port ?? 0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {any} */ (http.address());
  return {
    ...server, tokens: server.tokens, url: `http://127.0.0.1:${port}`, world, faults: server.faults,
    /** Ends every connection with a reason. @param {string} reason */
    end: (reason) => [...server.sessions].forEach((session) => session.close(reason)),
    /** Cuts every connection, as a killed node does. */
    cut: () => sockets.clients.forEach((socket) => socket.terminate()),
    stop: () => (sockets.clients.forEach((socket) => socket.terminate()), http.closeAllConnections(), new Promise((resolve) => http.close(resolve))),
  };
}
