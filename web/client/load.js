// Not a module, so that it is there whatever becomes of them: where a part of the client could not be fetched, as when
// the network changed in the middle, nothing would ever be drawn. All is fetched again, each time after a longer while.
addEventListener(
  "error",
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    const before = Number(sessionStorage.getItem("plenary.loads"));
    sessionStorage.setItem("plenary.loads", String(before + 1));
    const again = () => location.reload();
    if (navigator.onLine) setTimeout(again, Math.min(500 * 2 ** before, 30_000));
    else addEventListener("online", again, { once: true });
  },
  true,
);
