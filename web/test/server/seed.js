/** People, groups and some history, so that there is something to look at. */
import { World } from "./world.js";
import { invitation } from "./survey.js";

/** @param {{history?: number, crowd?: number}} [how] */
export function seed({ history = 120, crowd = 40 } = {}) {
  const world = new World();
  const alice = world.person("alice", "Alice Adams", { role: "owner" });
  const bob = world.person("bob", "Bob Baker");
  const ana = world.person("ana", "Ana Martínez", { role: "admin" });
  const nour = world.person("nour", "نور الهدى");
  const wei = world.person("wei", "李伟");
  const irina = world.person("irina", "Ирина Петрова");
  const bot = world.person("un75", "UN75 survey", { bot: true });
  const alerts = world.person("alerts", "Alerts", { bot: true });
  const others = Array.from({ length: crowd }, (_, i) => world.person(`delegate${i}`, `Delegate ${i}`));
  const all = [bob, ana, nour, wei, irina, bot, alerts, ...others].map(({ id }) => id);
  const group = world.create(alice.id, { ref: "g1", kind: "group", name: "Global dialogue, week 3", members: all });
  const long = world.create(alice.id, { ref: "g2", kind: "group", name: "云南项目组", members: [bob.id, wei.id, ana.id] });
  const quiet = world.create(bob.id, { ref: "g3", kind: "group", name: "Alerts", members: [alice.id, alerts.id] });
  const direct = world.create(nour.id, { ref: "d1", kind: "direct", with: alice.id });
  const hour = 3_600_000;
  const start = Date.now() - 30 * hour;
  let n = 0;
  const say = (/** @type {any} */ where, /** @type {any} */ who, /** @type {any} */ body, /** @type {number} */ ago) =>
    world.append(where, who.id, `seed-${n++}`, "message.posted", typeof body === "string" ? { type: "text", text: body } : body, new Date(Date.now() - ago * 60_000));
  for (let i = 0; i < history; i++) {
    world.append(long, (i % 3 ? wei : bob).id, `h-${i}`, "message.posted", { type: "text", text: i % 3 ? `第 ${i} 条：下午三点开会，请大家准备好材料。` : `Message ${i}: the notes are ready.` }, new Date(start + i * 60_000));
  }
  say(group, ana, { type: "text", text: "Good morning everyone. The notes of session two are in the files tab. @Alice Adams can you check the Arabic version? https://example.org/notes", mentions: [alice.id] }, 40);
  say(group, ana, "Session three starts at 16:00 Geneva time.", 39);
  say(group, nour, "نعم، النسخة العربية جاهزة في ملف notes-v2.docx وسأرسلها الآن.", 35);
  say(group, bob, { type: "markdown", text: "Agenda:\n\n1. **Opening**\n2. *Notes* of [session two](https://example.org/2)\n3. `open questions`\n\n> Please read before.\n\n| What | Who |\n|---|---|\n| Minutes | Ana |\n\n<script>alert(1)</script>" }, 30);
  const mine = say(group, alice, "Thank you, I will share this with the Kunming group 🌏", 28);
  say(group, irina, { type: "text", text: "Спасибо!", quote: mine.seq }, 26);
  say(group, bot, { type: "card", text: "An invitation to a survey", card: invitation }, 20);
  say(quiet, alerts, { type: "card", text: "Disk full on node 2", card: { card_type: "text_notice", source: { desc: "Alertmanager" }, main_title: { title: "DiskFull on node 2", desc: "Firing since 09:31" }, emphasis_content: { title: "97 %", desc: "of /var" }, horizontal_content_list: [{ keyname: "Severity", value: "critical" }, { keyname: "Runbook", value: "Open", type: 1, url: "https://example.org/runbook" }], card_action: { type: 1, url: "https://example.org" } } }, 15);
  say(direct, nour, "شكراً، سأرسل الملاحظات اليوم", 12);
  return { world, people: { alice, bob, ana, nour, wei, irina, bot, alerts }, group, long, quiet, direct, say };
}
