/** Starts the client: language, then session, then the screen. */
import { preferred, speak, t } from "./language/language.js";
import { Refused } from "./session/api.js";
import { applyLook } from "./shell/look.js";
import { notice } from "./shell/notice.js";
import { startRouting } from "./shell/route.js";
import { session } from "./wiring.js";
import "./shell/app.js";

sessionStorage.removeItem("plenary.loads");
applyLook();
startRouting();
const app = /** @type {import("./shell/app").App} */ (document.querySelector("plenary-app"));
const [, known] = await Promise.allSettled([speak(preferred()), begin()]);
app.started = true;
app.unreachable = known.status === "rejected";
if (known.status === "fulfilled" && known.value === "used") notice(t("sign-in.ticket-used"));

/** By the one-use ticket of a link, else by what this browser kept. */
async function begin() {
  const ticket = /^#ticket=(.+)/.exec(location.hash)?.[1];
  if (!ticket) return session.restore();
  globalThis.history.replaceState(null, "", location.pathname);
  try {
    return await session.signInWithTicket(decodeURIComponent(ticket));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Who was signed in here still is.
    await session.restore();
    return "used";
  }
}

if (navigator.serviceWorker) {
  const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("plenary", {
    createScriptURL(/** @type {string} */ url) {
      if (url !== "/sw.js") throw new TypeError("Not a script of Plenary's");
      return url;
    },
  });
  navigator.serviceWorker.register(policy?.createScriptURL("/sw.js") ?? "/sw.js").catch(() => {});
}
