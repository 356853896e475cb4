// Cards are rated by whoever turns them; the next round begins with those that were not known.
function rate(slot, knew) {
  const words = knew ? _("Noted: you knew it.") : _("Noted: it comes first in the next round.");
  showResult(itemOf(slot), knew ? "right" : "none", [words]);
  slot.knew = knew;
  entryOf(slot.number).knew = knew;
  if (placed("round")) placed("round").hidden = false;
  showScore();
}

// Put the items into an order of their numbers; an order of other items is left alone.
function arrange(order) {
  const places = slots.map((slot) => order.indexOf(slot.number));
  if (places.includes(-1) || new Set(order).size !== slots.length) return;
  slots.sort((one, other) => order.indexOf(one.number) - order.indexOf(other.number));
  for (const slot of slots) itemsPlace.insertBefore(itemOf(slot), placed("turn"));
  state.order = order;
}

// Cards change places among themselves; what else is on the page stays where it is.
function nextRound() {
  const inOrder = slots.filter((slot) => cards.includes(slot));
  const again = [...inOrder].sort((one, other) => Number(one.knew === true) - Number(other.knew === true));
  arrange(slots.map((slot) => (cards.includes(slot) ? again.shift() : slot).number));
  for (const slot of cards) {
    clearItem(slot);
    delete entryOf(slot.number).knew;
  }
  state.round = (Number(state.round) || 1) + 1;
  placed("round").hidden = true;
  notice(_("Round %(round)s: what you did not know comes first.", { round: state.round }));
  showScore();
  goTo(slots.findIndex((slot) => cards.includes(slot)));
}
