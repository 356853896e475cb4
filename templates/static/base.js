"use strict";
// Words of a page in another language, by the English that stands in the scripts.
const words = JSON.parse(document.getElementById("words")?.textContent || "{}");
const _ = (text, parts = {}) =>
  (words[text] ?? text).replace(/%\((\w+)\)s/g, (whole, name) => parts[name] ?? whole);
document.documentElement.classList.add("scripted");

// Storage may be missing, full or forbidden: what is on the screen stays in any case.
const storage = {
  read(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
      return true;
    } catch {
      return false;
    }
  },
};
