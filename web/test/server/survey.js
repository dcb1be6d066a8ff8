/** A small survey that is asked as the protocol has it: the reader's view of one card moves from question to question. */

const TRENDS = ["Climate change and environmental issues", "Risks related to health", "Armed conflict and politically motivated violence", "New technologies", "Weapons of mass destruction", "Rapid changes in population", "Breakdown in relations between countries", "Cyberwarfare, fake news, and autonomous weapons", "Forced migration and displacement", "Terrorism", "Organized crime"];
const QUESTIONS = [
  { id: "cooperation", title: "How important is it for countries to work together?", most: 1, options: ["Essential", "Very important", "Fairly important", "Not very important", "Not important at all"] },
  { id: "outlook", title: "Will people in 2045 be better off, worse off, or the same?", most: 1, options: ["Better off", "The same", "Worse off"] },
  { id: "trends", title: "Which of these global trends do you think will most affect our future?", most: 3, options: TRENDS },
  { id: "message", title: "What would you say to the Secretary-General?", text: 140 },
];

export const invitation = {
  card_type: "button_interaction", task_id: "un75-invitation", source: { desc: "UN75 · unofficial wording" },
  main_title: { title: "The world in 2045: one minute, seven questions", desc: "Anonymous. The group sees no answers." },
  button_list: [{ text: "Answer privately", key: "begin", style: 1 }],
};

const consent = {
  card_type: "button_interaction", source: { desc: "The world in 2045" }, main_title: { title: "Before we begin", desc: "Your answers are kept without your name. You can stop at any time." },
  button_list: [{ text: "I agree", key: "agree", style: 1 }, { text: "Not now", key: "stop", style: 2 }],
};

/** @param {number} at */
function question(at) {
  const { title, options, most, text, id } = QUESTIONS[at];
  const actions = [...(at ? [{ text: "Back", key: "back", style: 4 }] : []), { text: "Skip", key: "skip", style: 4 }, { text: "Stop", key: "stop", style: 4 }];
  const common = { source: { desc: "The world in 2045 · anonymous" }, progress: { value: at + 1, of: QUESTIONS.length }, main_title: { title }, submit_button: { text: "Next", key: "submit" }, button_list: actions };
  if (text) return { ...common, card_type: "multiple_interaction", text_input: { question_key: id, title: "In your own words", max_length: text } };
  return { ...common, card_type: "vote_interaction", checkbox: { question_key: id, mode: (most ?? 1) > 1 ? 1 : 0, most, option_list: (options ?? []).map((option, i) => ({ id: `${id}-${i}`, text: option })) } };
}

export class Survey {
  /** @type {Map<string, {at: number, answers: Map<string, any>}>} */
  runs = new Map();
  n = 0;

  /** @param {string} account */
  view(account) {
    const run = this.runs.get(account);
    if (!run || run.at === -2) return { state: "open", card: null, selected: [] };
    if (run.at === -1) return { state: "open", card: consent, selected: [] };
    if (run.at >= QUESTIONS.length) return { state: "answered", card: null, selected: [], message: "Thank you. Your answers are in." };
    const before = run.answers.get(QUESTIONS[run.at].id);
    return { state: "open", card: question(run.at), selected: before?.selected ?? [], texts: before?.texts ?? [] };
  }

  /** @param {string} account @param {{key: string, selected: any[], texts: any[]}} answer @returns {string | null} what is wrong */
  answer(account, { key, selected, texts }) {
    const run = this.runs.get(account) ?? { at: -2, answers: new Map() };
    this.runs.set(account, run);
    const here = QUESTIONS[run.at];
    if (here && key === "submit") {
      const chosen = selected.find(({ question_key }) => question_key === here.id)?.option_ids ?? [];
      if (here.most && chosen.length > here.most) return `Choose up to ${here.most}.`;
      if (here.most && !chosen.length) return "Choose an answer, or skip the question.";
      run.answers.set(here.id, { selected, texts });
    }
    if (key === "stop") run.at = -2;
    else if (key === "back") run.at = Math.max(0, run.at - 1);
    else run.at++;
    if (run.at === QUESTIONS.length) this.n++;
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
