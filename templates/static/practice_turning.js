// Moving between items: all on the page, or one at a time; by buttons, and by keys.
const inView = () => slots.find((slot) => itemOf(slot).getBoundingClientRect().bottom > 120);
const focused = () => slotOf(document.activeElement ?? document.body);
const currentPlace = () => {
  if (state.one && slots[state.at]) return state.at;
  return Math.max(0, slots.indexOf(focused() ?? inView()));
};

function showOne() {
  const at = Math.min(Math.max(0, Number(state.at) || 0), slots.length - 1);
  state.at = at;
  itemsPlace.classList.toggle("one", state.one);
  slots.forEach((slot, place) => itemOf(slot).classList.toggle("at", place === at));
  placed("one")?.setAttribute("aria-pressed", String(state.one));
  placed("turn").hidden = !state.one;
  placed("at").textContent = _("Item %(at)s of %(all)s", { at: at + 1, all: slots.length });
  for (const button of document.querySelectorAll("[data-to]")) {
    const to = at + Number(button.dataset.to);
    button.disabled = to < 0 || to >= slots.length;
  }
}

function goTo(place) {
  if (!slots[place]) return;
  state.at = place;
  showOne();
  keepState();
  const item = itemOf(slots[place]);
  item.scrollIntoView({ block: "start" });
  item.focus({ preventScroll: true });
}

function goBy(step) {
  // The first key on a page of all items goes to the one in view.
  const isAway = !state.one && !focused();
  goTo(currentPlace() + (isAway ? 0 : step));
}

function switchOne() {
  state.at = currentPlace();
  state.one = !state.one;
  showOne();
  keepState();
}

function chooseByLetter(letter) {
  const slot = slots[currentPlace()];
  const option = [...itemOf(slot).querySelectorAll("form .option")].find((each) =>
    each.querySelector(".letter")?.textContent.trim().toLowerCase() === letter);
  const input = option?.querySelector("input");
  if (!input) return false;
  // Focus stays on the item, so that arrows go on to the next one.
  if (!focused()) itemOf(slot).focus({ preventScroll: true });
  input.click();
  return true;
}

function enter() {
  const slot = slots[currentPlace()];
  const reveal = itemOf(slot).querySelector(".reveal");
  if (kinds[kindOf(slot)]?.check) check(slot);
  else if (reveal) reveal.open = !reveal.open;
}

function onKey(event) {
  const on = event.target;
  const isOurs = !event.defaultPrevented && !event.isComposing
    && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!isOurs || !placed("keys")?.checked || isField(on)) return;
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (sideways && !on.matches("[type=radio], [tabindex='0']")) {
    event.preventDefault();
    goBy(sideways);
  } else if (event.key === "Enter" && !on.matches("input, button, summary, a")) {
    event.preventDefault();
    enter();
  } else if (/^[a-z]$/i.test(event.key) && chooseByLetter(event.key.toLowerCase())) {
    event.preventDefault();
  }
}

const isField = (element) =>
  element.matches("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
