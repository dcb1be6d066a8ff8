/** A small survey that is asked as the protocol has it: the reader's view of one card moves from question to question. */

const TRENDS = ["Climate change and environmental issues", "Risks related to health", "Armed conflict and politically motivated violence", "New technologies", "Weapons of mass destruction", "Rapid changes in population", "Breakdown in relations between countries", "Cyberwarfare, fake news, and autonomous weapons", "Forced migration and displacement", "Terrorism", "Organized crime"];
const QUESTIONS = [
  { id: "cooperation", title: "How important is it for countries to work together?", most: 1, options: ["Essential", "Very important", "Fairly important", "Not very important", "Not important at all"] },
  { id: "outlook", title: "Will people in 2045 be better off, worse off, or the same?", most: 1, options: ["Better off", "The same", "Worse off"] },
  { id: "trends", title: "Which of these global trends do you think will most affect our future?", most: 3, options: TRENDS },
  { id: "message", title: "What would you say to the Secretary-General?", text: 140 },
];

const PRIVATE = "survey-private";
const TITLE = "The world in 2045";

/** @param {string} task @param {string} source @param {string} title @param {string} desc @param {...[string, string, number]} buttons */
const buttons = (task, source, title, desc, ...buttons) => ({
  card_type: "button_interaction", task_id: task, source: { desc: source }, main_title: { title, desc },
  button_list: buttons.map(([text, key, style]) => ({ type: 0, text, key, style })),
});

export const invitation = buttons("survey-invitation", "UN75 · unofficial wording", "The world in 2045: one minute, seven questions", "Anonymous. The group sees no answers.", ["Answer privately", "begin", 1]);
const consent = buttons(PRIVATE, TITLE, "Before we begin", "Your answers are kept without your name. You can stop at any time.", ["I agree", "agree", 1], ["Not now", "stop", 2]);
const stopped = buttons(PRIVATE, TITLE, "Stopped", "Your answers so far are kept encrypted, for you alone, until the survey closes.", ["Go on", "resume", 1], ["Delete my answers", "erase", 4]);
const sending = buttons(PRIVATE, TITLE, "Send your answers?", "After that they are cut off from your account: nobody can find, change or delete them.", ["Send my answers", "send", 1], ["Back", "back", 4], ["Stop", "stop", 4]);

/** @param {number} at @returns {any} */
function question(at) {
  const { title, options, most, text, id } = QUESTIONS[at];
  const actions = [...(at ? [{ text: "Back", key: "back", style: 4 }] : []), { text: "Skip", key: "skip", style: 4 }, { text: "Stop", key: "stop", style: 4 }];
  const common = { task_id: PRIVATE, source: { desc: TITLE }, progress: { value: at + 1, of: QUESTIONS.length }, main_title: { title }, submit_button: { text: "Next", key: "submit" }, button_list: actions };
  if (text) return { ...common, card_type: "multiple_interaction", text_input: { question_key: id, title: "In your own words", max_length: text } };
  return { ...common, card_type: "vote_interaction", checkbox: { question_key: id, mode: (most ?? 1) > 1 ? 1 : 0, most, option_list: (options ?? []).map((option, i) => ({ id: `${id}-${i}`, text: option })) } };
}

/** What a person's private card stands at: a question, the last step, stopped, or sent. @typedef {{at: number, stopped: boolean, sent: boolean, answers: Map<string, any>}} Run */

export class Survey {
  /** @type {Map<string, Run>} */
  runs = new Map();
  n = 0;

  /** @param {any} card as it was posted */
  static asks = ({ task_id }) => task_id === PRIVATE || task_id === "survey-invitation";

  /** What stands in the private conversation. */
  static consent = consent;

  /** @param {string} account @param {any} posted the card @param {boolean} [begun] @returns {any} */
  view(account, { task_id }, begun = false) {
    const run = this.runs.get(account);
    if (run?.sent) return { state: "answered", card: null, selected: [], message: "Thank you. Your answers are in." };
    const open = (/** @type {any} */ card, /** @type {any[]} */ selected = []) => ({ state: "open", card, selected, message: null });
    if (task_id !== PRIVATE) return { ...open(invitation), message: run || begun ? "Go on in your private conversation with UN75 survey." : null };
    if (!run) return open(consent);
    if (run.stopped) return open(stopped);
    if (run.at >= QUESTIONS.length) return open(sending);
    const before = run.answers.get(QUESTIONS[run.at].id);
    const card = question(run.at);
    if (card.text_input) card.text_input.value = before?.texts?.[0]?.text ?? "";
    return open(card, before?.selected?.filter((/** @type {any} */ { option_ids }) => option_ids.length) ?? []);
  }

  /** A step in the private conversation. @param {string} account @param {{key: string, selected: any[], texts: any[]}} answer @returns {string | null} what is wrong */
  answer(account, { key, selected, texts }) {
    const run = this.runs.get(account);
    if (!run) {
      if (key === "agree") this.runs.set(account, { at: 0, stopped: false, sent: false, answers: new Map() });
      return key === "agree" || key === "stop" || key === "erase" ? null : "Agree first; there is no such button on this card.";
    }
    const here = QUESTIONS[run.at];
    const chosen = selected.find(({ question_key }) => question_key === here?.id)?.option_ids ?? [];
    if (here && !run.stopped && ["submit", "back", "stop"].includes(key)) {
      if (here.most && chosen.length > here.most) return `Choose up to ${here.most}; ${chosen.length} are chosen.`;
      if (key === "submit" && here.most && !chosen.length) return "Choose an answer, or skip the question.";
      run.answers.set(here.id, { selected, texts });
    }
    if (key === "erase") this.runs.delete(account);
    else if (key === "send" && !here) {
      run.sent = true;
      this.n++;
    } else if (key === "resume" || key === "stop") run.stopped = key === "stop";
    else if (key === "back") run.at = Math.max(0, run.at - 1);
    else if (here && (key === "submit" || key === "skip")) run.at++;
    else return "There is no such button on this card.";
    return null;
  }

  results() {
    const options = TRENDS.map((label, i) => ({ id: `t${i}`, label: { en: label }, count: Math.max(0, Math.round(this.n * (0.71 - i * 0.06))), rank: i + 1 }));
    const shown = this.n >= 10;
    return {
      survey: "un75", title: { en: "The world in 2045" }, state: "open", n: shown ? this.n : null, exact: false, step: 5, threshold: 10, demo: false,
      note: { en: "Respondents chose themselves; this is not a sample." }, ...(shown ? {} : { withheld: { en: "There are too few answers yet." } }),
      questions: shown ? [{ id: "trends", title: { en: QUESTIONS[2].title }, type: "choice", most: 3, n: this.n, options }] : [],
    };
  }
}
