/** Says that there is no connection, after three seconds of none, and what waits to be sent. */
import { html, nothing } from "lit";
import { t } from "../language/language.js";
import { icon } from "./icons.js";
import { Part } from "./part.js";

const QUIET = 3000;

class Banner extends Part {
  #timer = 0;

  render() {
    const { connection, lostAt, outbox } = this.state;
    clearTimeout(this.#timer);
    if (connection === "live" || !lostAt) return nothing;
    const since = Date.now() - lostAt;
    if (since < QUIET) {
      this.#timer = window.setTimeout(() => this.requestUpdate(), QUIET - since + 20);
      return nothing;
    }
    const waiting = outbox.filter(({ state }) => state !== "refused").length;
    return html`<p class="banner" role="status">${icon("offline")}
      <span>${t("offline")} ${waiting ? t("offline.waiting", { count: waiting }) : nothing}</span></p>`;
  }
}
customElements.define("plenary-banner", Banner);
