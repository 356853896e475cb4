// Who listens to what. One listener each for all items: variants come and go.
function startAgain() {
  if (!window.confirm(_("Remove everything you entered from this page and this browser?"))) return;
  storage.write(stateKey, null);
  state = { ...readState(), one: state.one, keys: state.keys };
  for (const slot of slots) showVariant(slot, 0);
  arrange(slots.map((slot) => slot.number).sort((one, other) => one - other));
  if (placed("round")) placed("round").hidden = true;
  showOne();
  showScore();
  notice(_("Started again: nothing is kept of what you entered."));
}

itemsPlace.addEventListener("submit", (event) => {
  event.preventDefault();
  check(slotOf(event.target));
});
itemsPlace.addEventListener("input", (event) => {
  const slot = slotOf(event.target);
  if (event.target.closest(".reveal fieldset")) tallyConcepts(itemOf(slot));
  if (slot) keepGiven(slot);
});
itemsPlace.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const slot = button && slotOf(button);
  if (button?.dataset.to) goTo(state.at + Number(button.dataset.to));
  if (!slot) return;
  if (button.dataset.knew) {
    rate(slot, button.dataset.knew === "yes");
    keepState();
  } else if ("step" in button.dataset) showNextStep(itemOf(slot));
  else if ("another" in button.dataset) tryAnother(slot);
});
placed("one")?.addEventListener("click", switchOne);
placed("round")?.addEventListener("click", nextRound);
placed("restart")?.addEventListener("click", startAgain);
placed("keys")?.addEventListener("change", (event) => {
  state.keys = event.target.checked;
  keepState();
});
document.addEventListener("keydown", onKey);

if (placed("keys")) placed("keys").checked = state.keys !== false;
if (Array.isArray(state.order)) arrange(state.order);
for (const slot of slots) restoreItem(slot);
showOne();
showScore();
