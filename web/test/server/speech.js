/** Speech that is sent to be heard: it counts what came, and says now and then what it understood. */
import { Problem } from "./world.js";

const FRAME = /^\/api\/v1\/meetings\/([^/]+)\/speech$/;

/** @param {any} server @param {import("ws").WebSocket} socket @param {string} url */
export function speech(server, socket, url) {
  const send = (/** @type {any} */ frame) => socket.send(JSON.stringify(frame));
  let bytes = 0;
  let loud = 0;
  /** @type {any} */
  let meeting;
  let language = "";
  let account = "";
  socket.on("message", (data, isBinary) => {
    if (!isBinary) {
      const frame = JSON.parse(String(data));
      if (frame.type === "end") return (send({ type: "bye", reason: "ended" }), socket.close());
      account = server.tokens.get(frame.token) ?? "";
      try {
        meeting = server.meetings.seen(decodeURIComponent(FRAME.exec(url)?.[1] ?? ""), account);
      } catch (error) {
        return (send({ type: "problem", problem: /** @type {Problem} */ (error).body }), socket.close());
      }
      language = frame.channel ?? frame.language;
      server.speech = { hello: frame, frames: 0, bytes: 0, loud: 0, cut: () => socket.terminate() };
      return send({ type: "ready", engine: "pocketsphinx", title: "PocketSphinx" });
    }
    const pcm = /** @type {Buffer} */ (data);
    bytes += pcm.length;
    for (let i = 0; i + 1 < pcm.length; i += 2) loud = Math.max(loud, Math.abs(pcm.readInt16LE(i)));
    Object.assign(server.speech, { frames: server.speech.frames + 1, bytes, loud });
    // A second of sound makes a word.
    if (bytes % 32_000 < pcm.length) server.meetings.grow(meeting, { key: `speech/${account}`, speaker: { account, name: server.world.people.get(account).name }, language, text: `${Math.floor(bytes / 32_000)} seconds heard`, by: "speech" });
    return undefined;
  });
}
