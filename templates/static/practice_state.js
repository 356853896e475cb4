// What this browser keeps of a practice page, by the id of its quiz. What is on the screen never
// depends on it: a browser that keeps nothing, or something odd, says so and loses no response.
const itemsPlace = document.querySelector("[data-quiz]");
const stateKey = `lrquiz practice ${itemsPlace.dataset.quiz}`;
const placed = (name) => document.querySelector(`[data-${name}]`);

function readState() {
  const blank = { items: {}, order: [], one: false, keys: true, at: 0, round: 1 };
  try {
    const found = JSON.parse(storage.read(stateKey));
    if (!found || typeof found.items !== "object" || !found.items) return blank;
    return { ...blank, ...found };
  } catch {
    return blank;
  }
}
let state = readState();
let isToldOfStorage = false;

function notice(words) {
  if (placed("kept")) placed("kept").textContent = words;
}

function keepState() {
  if (storage.write(stateKey, JSON.stringify(state)) || isToldOfStorage) return;
  isToldOfStorage = true;
  notice(_("This browser keeps nothing: what you enter is lost when you close the page."));
}

// What is kept of one item: {variant, given, checked, verified, knew}, where
// `verified` is what was given when it was checked last.
function entryOf(number) {
  const found = state.items[number];
  if (!found || typeof found !== "object") state.items[number] = {};
  return state.items[number];
}
