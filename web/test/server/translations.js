/** Translation of messages: a word before the text stands for an engine. */
const NEVER = /untranslatable/;

/** @param {any} server @param {any} entry @param {string} language */
export function translated({ world }, entry, language) {
  const { seq, body, edited } = entry;
  if (NEVER.test(body.text)) return { seq, of: edited?.seq ?? seq, language, problem: "The engine did not answer in time." };
  const words = { es: "Hola", fr: "Bonjour", zh: "你好", ar: "مرحبا" }[language] ?? language;
  return void world, { seq, of: edited?.seq ?? seq, language, text: `${words}: ${body.text}`, engine: "apertium", title: "Apertium" };
}

/** @param {any} server @param {string} me @param {any} conversation @param {any} query */
export function translations(server, me, conversation, { language, from, to }) {
  const { world, faults } = server;
  if (conversation.translation === "off") return { body: { translations: [], pending: [] } };
  const found = world.page(conversation, me, { limit: 1e6, kinds: "messages" }).entries
    .filter((/** @type {any} */ { kind, seq, body }) => kind === "message.posted" && seq >= Number(from) && seq <= Number(to) && body?.text && (body.type === "text" || body.type === "markdown") && body.language !== language);
  if (!faults.slowEngine) return { body: { translations: found.map((/** @type {any} */ entry) => translated(server, entry, language)), pending: [] } };
  setTimeout(() => {
    for (const entry of found) for (const session of server.sessions) {
      if (session.follows?.get(conversation.id)?.language === language) session.send({ type: "translation", conversation: conversation.id, ...translated(server, entry, language) });
    }
  }, faults.slowEngine);
  return { body: { translations: [], pending: found.map((/** @type {any} */ { seq }) => seq) } };
}
