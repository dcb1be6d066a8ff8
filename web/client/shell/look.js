/** The reader's choice of theme and density, kept in this browser. */

/** @param {string} name @param {string} [value] empty forgets the choice */
export function choice(name, value) {
  const key = `plenary.${name}`;
  if (value === undefined) return localStorage.getItem(key) ?? "";
  if (value) localStorage.setItem(key, value);
  else localStorage.removeItem(key);
  return value;
}

export function applyLook() {
  const root = document.documentElement;
  root.dataset.theme = choice("theme") || "system";
  root.dataset.density = choice("density") || "comfortable";
}
