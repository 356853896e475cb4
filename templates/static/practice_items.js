// The items in the order shown. An item has one node on the page, and others for its variants.
const slots = [...itemsPlace.querySelectorAll(".item")].map((first) => {
  const { number } = first.dataset;
  const others = [...itemsPlace.querySelectorAll(`template[data-other-of="${number}"]`)];
  return {
    number,
    nodes: [first, ...others.map((each) => each.content.querySelector(".item"))],
    variant: 0,
    right: null,
    knew: null,
  };
});
const itemOf = (slot) => slot.nodes[slot.variant];
const kindOf = (slot) => itemOf(slot).dataset.kind;
const slotOf = (element) => slots.find((slot) => itemOf(slot) === element.closest?.(".item"));
const scored = slots.filter((slot) => kinds[kindOf(slot)]?.check);
const cards = slots.filter((slot) => kindOf(slot) === "flashcard");

const isDone = (slot) => slot.right !== null || slot.knew !== null
  || (kindOf(slot) === "open_prompt" && conceptsOf(itemOf(slot)).some((box) => box.checked));

function showScore() {
  const checked = scored.filter((slot) => slot.right !== null).length;
  const right = scored.filter((slot) => slot.right).length;
  const known = cards.filter((slot) => slot.knew).length;
  const parts = [
    scored.length
      ? _("%(right)s of %(all)s right, %(checked)s checked", { right, all: scored.length, checked })
      : "",
    cards.length ? _("%(known)s of %(all)s cards known", { known, all: cards.length }) : "",
  ];
  const words = parts.filter(Boolean).join("; ");
  // Only what is new is written, since it is read aloud.
  const shown = placed("score");
  if (shown && shown.textContent !== words) shown.textContent = words;
  if (placed("progress")) placed("progress").value = slots.filter(isDone).length;
}

function showResult(item, kind, nodes) {
  const result = item.querySelector(".result");
  result.className = `result ${kind}`;
  result.replaceChildren(...nodes);
}

// Worked steps come one at a time; `count` of them are shown.
function showSteps(item, count) {
  const steps = [...item.querySelectorAll(".steps li")];
  steps.forEach((step, place) => { step.hidden = place >= count; });
  const button = item.querySelector("[data-step]");
  if (button) button.hidden = count >= steps.length;
}

function showNextStep(item) {
  const [next] = [...item.querySelectorAll(".steps li")].filter((step) => step.hidden);
  showSteps(item, item.querySelectorAll(".steps li:not([hidden])").length + 1);
  next.tabIndex = -1;
  next.focus();
}

function unlock(item, isOpen) {
  const evidence = item.querySelector(".evidence");
  evidence?.classList.add("unlocked");
  if (evidence && isOpen) evidence.open = true;
}

function check(slot, isOpen = true) {
  const item = itemOf(slot);
  const found = kinds[kindOf(slot)].check(item);
  if (found.ask) {
    showResult(item, "none", [found.ask]);
    return;
  }
  const lead = document.createElement("strong");
  lead.textContent = found.words;
  showResult(item, found.right ? "right" : "wrong", [paragraph([lead]), ...found.feedback]);
  slot.right = found.right;
  unlock(item, isOpen);
  const given = kinds[kindOf(slot)].given(item);
  Object.assign(entryOf(slot.number), { given, checked: true, verified: given });
  showScore();
  keepState();
}

function keepGiven(slot) {
  entryOf(slot.number).given = kinds[kindOf(slot)]?.given(itemOf(slot)) ?? null;
  showScore();
  keepState();
}

function clearItem(slot) {
  const item = itemOf(slot);
  for (const form of item.querySelectorAll("form")) form.reset();
  kinds[kindOf(slot)]?.restore(item, null);
  for (const mark of item.querySelectorAll(".mark")) mark.remove();
  for (const option of item.querySelectorAll(".option")) {
    option.classList.remove("is-right", "is-wrong");
  }
  for (const told of item.querySelectorAll(".result, .tally")) told.replaceChildren();
  for (const result of item.querySelectorAll(".result")) result.className = "result";
  for (const each of item.querySelectorAll("details")) each.open = false;
  item.querySelector(".evidence")?.classList.remove("unlocked");
  showSteps(item, 0);
  slot.right = null;
  slot.knew = null;
}

function showVariant(slot, variant) {
  const before = itemOf(slot);
  slot.variant = variant in slot.nodes ? variant : 0;
  const after = itemOf(slot);
  after.classList.toggle("at", before.classList.contains("at"));
  if (after !== before) before.replaceWith(after);
  clearItem(slot);
}

function tryAnother(slot) {
  showVariant(slot, (slot.variant + 1) % slot.nodes.length);
  state.items[slot.number] = { variant: slot.variant };
  showScore();
  keepState();
  itemOf(slot).focus();
}

function restoreItem(slot) {
  const kept = { ...entryOf(slot.number) };
  showVariant(slot, Number(kept.variant) || 0);
  const kind = kinds[kindOf(slot)];
  // What was checked is checked again, not what was entered since: only who asks is told.
  if (kept.checked === true && kind?.check) {
    kind.restore(itemOf(slot), kept.verified ?? kept.given ?? null);
    check(slot, false);
    entryOf(slot.number).given = kept.given ?? null;
    keepState();
  }
  kind?.restore(itemOf(slot), kept.given ?? null);
  if (typeof kept.knew === "boolean") rate(slot, kept.knew);
}
