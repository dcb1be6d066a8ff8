/**
 * What a message says, by its type.
 *
 * @import {Body} from "../types"
 */
import { html } from "lit";
import { t } from "../language/language.js";
import { markdownView } from "./markdown.js";
import { textView } from "./text.js";

/** @param {any} body @param {{conversation: string, seq: number, own: boolean, version: number, edited: number}} where */
export function bodyView(/** @type {Body} */ body, where) {
  switch (body.type) {
    case "text": return html`<div class="bubble" dir="auto">${textView(body.text ?? "", body)}</div>`;
    case "markdown": return html`<div class="bubble markdown" dir="auto">${markdownView(body.text ?? "", body)}</div>`;
    case "card":
      void import("../card/card.js");
      return html`<template-card .card=${body.card} .of=${where.conversation} .seq=${where.seq} .version=${where.version}></template-card>`;
    case "meeting":
      void import("../meeting/card.js");
      return html`<meeting-card .meeting=${body.meeting} .of=${where.conversation} .edited=${where.edited}></meeting-card>`;
    case "system": return html`<div class="bubble system" dir="auto">${textView(body.text ?? "", body)}</div>`;
    default: return html`<div class="bubble hint">${t("event.unknown")}</div>`;
  }
}
