/** Icons drawn for Plenary on a grid of 24, in the colour of the text beside them. */
import { html, svg } from "lit";

/** @type {Record<string, import("lit").TemplateResult>} */
const SHAPES = {
  messages: svg`<path d="M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4a2 2 0 0 1-2-2z"/>`,
  people: svg`<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 5a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.500 3.500 5.500"/>`,
  meetings: svg`<path d="M4 6.500h16v14H4zM4 11h16M8.500 3.500v4M15.500 3.500v4"/>`,
  calendar: svg`<path d="M4 6.500h16v14H4zM4 11h16M8.500 3.500v4M15.500 3.500v4M12 13.500v4.500M9.750 15.750h4.500"/>`,
  captions: svg`<path d="M3 5.500h18v13H3zM7 14.500h4M13.500 14.500H17M7 11h6M15.500 11H17"/>`,
  languages: svg`<circle cx="12" cy="12" r="8.500"/><path d="M3.500 12h17M12 3.500c3 2.500 3.500 5.500 3.500 8.500s-.5 6-3.500 8.500c-3-2.500-3.500-5.500-3.500-8.500s.5-6 3.500-8.500z"/>`,
  microphone: svg`<path d="M12 3.500a2.750 2.750 0 0 1 2.750 2.750v5a2.750 2.750 0 0 1-5.500 0v-5A2.750 2.750 0 0 1 12 3.500zM6 11.250a6 6 0 0 0 12 0M12 17.250v3.250"/>`,
  listen: svg`<path d="M4 9.500h3.500l5-4v13l-5-4H4zM15.500 9a4.250 4.250 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>`,
  muted: svg`<path d="M9.250 9.250v2a2.750 2.750 0 0 0 4.500 2.100M14.750 10V6.250a2.750 2.750 0 0 0-5.350-.9M6 11.250a6 6 0 0 0 9.500 4.900M18 11.250a6 6 0 0 1-.4 2.150M12 17.250v3.250M4 4l16 16"/>`,
  repeat: svg`<path d="M5 11V9.500a3 3 0 0 1 3-3h10.500M15.500 3.500l3 3-3 3M19 13v1.500a3 3 0 0 1-3 3H5.500M8.500 20.500l-3-3 3-3"/>`,
  surveys: svg`<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>`,
  me: svg`<circle cx="12" cy="8.500" r="4"/><path d="M4 20.500c.8-4.500 3.800-6.500 8-6.500s7.200 2 8 6.500"/>`,
  back: svg`<path class="mirrored" d="M14.500 5l-7 7 7 7"/>`,
  send: svg`<path class="mirrored" d="M4 12l16-7.500-5.500 16-3-6.500zM11.500 14L20 4.500"/>`,
  more: svg`<circle cx="5" cy="12" r="1.200"/><circle cx="12" cy="12" r="1.200"/><circle cx="19" cy="12" r="1.200"/>`,
  quote: svg`<path class="mirrored" d="M9 6l-5 5 5 5M4 11h9a7 7 0 0 1 7 7"/>`,
  edit: svg`<path d="M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"/>`,
  recall: svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13"/>`,
  close: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  at: svg`<circle cx="12" cy="12" r="4"/><path d="M16 8v5.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-4 7.500"/>`,
  emoji: svg`<circle cx="12" cy="12" r="8.500"/><path d="M8.500 14.500a4.500 4.500 0 0 0 7 0M9 9.500v.5M15 9.500v.5"/>`,
  down: svg`<path d="M5 9l7 7 7-7"/>`,
  up: svg`<path d="M5 15l7-7 7 7"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5l3.500 2"/>`,
  check: svg`<path d="M5 12.500l4.500 4.500L19 7.500"/>`,
  search: svg`<circle cx="11" cy="11" r="6.500"/><path d="M16 16l4.500 4.500"/>`,
  markdown: svg`<path d="M4 17V7l4 5 4-5v10M18 7v10M15 14l3 3 3-3"/>`,
  copy: svg`<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2"/>`,
  eye: svg`<path d="M2.500 12c2.500-4.500 5.500-6.500 9.500-6.500s7 2 9.500 6.500c-2.500 4.500-5.500 6.500-9.500 6.500s-7-2-9.500-6.500z"/><circle cx="12" cy="12" r="3"/>`,
  offline: svg`<path d="M3 3l18 18M8.500 15.500a5 5 0 0 1 5.500-1M5 12a10 10 0 0 1 4-2.300M2 8.500a15 15 0 0 1 4-2.500M11 5a15 15 0 0 1 11 3.500M15 10.500a10 10 0 0 1 4 1.500M12 19v.2"/>`,
  pause: svg`<path d="M8 5v14M16 5v14"/>`,
  play: svg`<path d="M7 4.500v15l12-7.500z"/>`,
  download: svg`<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>`,
};

/** @param {string} name */
export const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
