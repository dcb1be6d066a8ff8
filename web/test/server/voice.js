/** Voice that is heard: a tone, when a test has it spoken. */
import { Problem } from "./world.js";

const ADDRESS = /^\/api\/v1\/meetings\/([^/]+)\/voice\?language=([^&]+)$/;
const PIECE = 3200;

/** @param {any} server @param {import("ws").WebSocket} socket @param {string} url */
export function voice(server, socket, url) {
  const send = (/** @type {any} */ frame) => socket.send(JSON.stringify(frame));
  const [, meeting, language] = ADDRESS.exec(url) ?? [];
  const listener = {
    language,
    /** So many milliseconds of a tone, at the pace of speech. @param {string} key @param {number} milliseconds */
    async speak(key, milliseconds) {
      send({ type: "sentence", key, engine: "test", title: "Test voice" });
      for (let at = 0; at < milliseconds * 16; at += PIECE) {
        const piece = Buffer.alloc(2 * PIECE);
        for (let i = 0; i < PIECE; i++) piece.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * (at + i)) / 16_000)), 2 * i);
        socket.send(piece);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    bye: (/** @type {string} */ reason, /** @type {string} */ detail) => (send({ type: "bye", reason, detail }), socket.close()),
    cut: () => socket.terminate(),
  };
  socket.on("close", () => server.listeners.delete(listener));
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data));
    if (frame.type !== "hello") return;
    try {
      server.meetings.seen(decodeURIComponent(meeting), server.tokens.get(frame.token) ?? "");
    } catch (error) {
      return void (send({ type: "problem", problem: /** @type {Problem} */ (error).body }), socket.close());
    }
    server.listeners.add(listener);
    send({ type: "ready", language, encoding: "s16le", rate: 16_000, channels: 1 });
  });
}
