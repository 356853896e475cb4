// What a response is, by the kind of item: `given` reads it (null: none yet), `restore` puts it back,
// and `check`, where the page can tell, returns {ask: words} or {right, words, feedback: nodes}.
// Another kind adds itself here, in a file of its own that is joined after this one.
const kinds = {};

const paragraph = (nodes) => {
  const made = document.createElement("p");
  made.append(...nodes);
  return made;
};
const copied = (part) => [...part.cloneNode(true).childNodes];

const chosenIn = (item) =>
  [...item.querySelectorAll("fieldset input:checked")].map((input) => input.value);

const markOfText = (holds) => (holds ? _("\u2713 holds") : _("\u2717 does not hold"));
const markOfCurve = (holds) => (holds ? _("\u2713 the one") : _("\u2717 another one"));

// What is said of an option, and apart from it what the figures are of: the claim that was measured.
function toldOf(verdict) {
  const claim = paragraph([...copied(verdict.querySelector(".claim")), " ",
    verdict.querySelector(".figures").cloneNode(true)]);
  claim.className = "claim";
  return [paragraph(copied(verdict.querySelector(".feedback"))), claim];
}

function markOptions(item, ids) {
  for (const option of item.querySelectorAll(".option")) {
    const picked = ids.includes(option.dataset.option);
    const verdict = item.querySelector(`[data-verdict="${option.dataset.option}"]`);
    const holds = Boolean(verdict?.classList.contains("holds"));
    option.classList.toggle("is-right", picked && holds);
    option.classList.toggle("is-wrong", picked && !holds);
    option.querySelector(".mark")?.remove();
    if (picked) {
      const text = document.createElement("span");
      text.className = "mark";
      text.textContent = item.dataset.kind === "predict" ? markOfCurve(holds) : markOfText(holds);
      option.append(text);
    }
  }
}

kinds.choice = {
  given(item) {
    const ids = chosenIn(item);
    return ids.length ? ids : null;
  },
  restore(item, ids) {
    for (const input of item.querySelectorAll("fieldset input")) {
      input.checked = Array.isArray(ids) && ids.includes(input.value);
    }
  },
  check(item) {
    const ids = chosenIn(item);
    if (!ids.length) return { ask: _("Choose an option first.") };
    markOptions(item, ids);
    const key = item.dataset.key.split(" ");
    const right = ids.length === key.length && ids.every((id) => key.includes(id));
    const words = right ? _("Yes, this holds.") : _("No, the runs show otherwise.");
    const feedback = ids.flatMap((id) => toldOf(item.querySelector(`[data-verdict="${id}"]`)));
    return { right, words, feedback };
  },
};

// A curve is chosen as any other option, but it is a curve that is right, not what it says.
kinds.predict = {
  ...kinds.choice,
  check(item) {
    const found = kinds.choice.check(item);
    if (found.ask) return { ask: _("Choose a curve first.") };
    const words = found.right ? _("Yes, this is the curve.") : _("No, it is another curve.");
    return { ...found, words };
  },
};

kinds.order = {
  given: (item) => order.given(item),
  restore: (item, ids) => order.restore(item, ids),
  check(item) {
    const found = order.checked(item);
    if (!found) return { ask: _("Put the lines in order first.") };
    const words = found.right ? _("Yes, this order is right.") : _("No, the runs show otherwise.");
    return { ...found, words };
  },
};

const ofField = {
  given: (item) => item.querySelector("form input").value || null,
  restore(item, text) {
    item.querySelector("form input").value = typeof text === "string" ? text : "";
  },
};

// What Python's float() reads of finite decimals, a comma as the decimal point as well.
function read(text) {
  const plain = text.trim().replace("\u2212", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

kinds.numeric = {
  ...ofField,
  check(item) {
    const number = read(item.querySelector("form input").value);
    if (number === null) return { ask: _("Write a number, such as 1.5 or 15e-1.") };
    const value = item.querySelector("[data-tolerance]");
    const tolerance = Number(value.dataset.tolerance) * (1 + 1e-9);
    const distance = (other) => Math.abs(number - Number(other.dataset.number));
    const right = distance(value) <= tolerance;
    const [nearest] = [...item.querySelectorAll(".fails[data-number]")]
      .filter((mistake) => distance(mistake) <= tolerance)
      .sort((one, other) => distance(one) - distance(other));
    const told = right ? value : nearest;
    const words = right
      ? _("Yes, this is within the tolerance of what was measured.")
      : _("No, this is not within the tolerance of what was measured.");
    const feedback = [
      ...(told ? [paragraph(copied(told.querySelector(".feedback")))] : []),
      paragraph(copied(value.querySelector(".claim"))),
    ];
    return { right, words, feedback };
  },
};

// What Python reads alike is alike: spaces, quotes, and the same float in other digits. Spaces
// are dropped only where they part no signs, as in "* *"; a whole number is no float.
function spelled(text) {
  const plain = text.trim()
    .replace(/\s+/g, " ")
    .replace(/\( \)/g, "()")
    .replace(/([\w)]) ?(\*\*|[*/]) ?(?=[\w(+.-])/g, "$1$2")
    .replace(/^'([^'"\\]*)'$/, '"$1"');
  const isFloat = /^[+-]?((\d+\.\d*|\.\d+)(e[+-]?\d+)?|\d+e[+-]?\d+)$/i.test(plain);
  return isFloat ? `float ${Number(plain)}` : plain;
}

kinds.fill_in = {
  ...ofField,
  check(item) {
    const written = spelled(item.querySelector("form input").value);
    if (!written) return { ask: _("Write what belongs in the blank first.") };
    const known = [...item.querySelectorAll("[data-response]")]
      .find((each) => spelled(each.dataset.response) === written);
    if (!known) {
      return { ask: _("This one is not among the responses that were run: it may be right all the same. The command below runs it.") };
    }
    const right = known.classList.contains("holds");
    const words = right ? _("Yes, this is right.") : _("No, the runs show otherwise.");
    const figures = known.querySelector(".figures").cloneNode(true);
    const feedback = paragraph([...copied(known.querySelector(".feedback")), " ", figures]);
    return { right, words, feedback: [feedback] };
  },
};

// A card is rated, not responded to: see practice_cards.js.
kinds.flashcard = { given: () => null, restore: () => {} };

const conceptsOf = (item) => [...item.querySelectorAll(".reveal fieldset input")];

function tallyConcepts(item) {
  const boxes = conceptsOf(item);
  const ticked = boxes.filter((box) => box.checked).length;
  item.querySelector(".tally").textContent =
    _("%(ticked)s of %(all)s concepts", { ticked, all: boxes.length });
}

kinds.open_prompt = {
  given(item) {
    const { value } = item.querySelector("textarea");
    const ticked = conceptsOf(item).map((box) => box.checked);
    return value || ticked.some(Boolean) ? { text: value, ticked } : null;
  },
  restore(item, given) {
    item.querySelector("textarea").value = typeof given?.text === "string" ? given.text : "";
    conceptsOf(item).forEach((box, place) => { box.checked = given?.ticked?.[place] === true; });
    if (given?.ticked?.some?.(Boolean)) tallyConcepts(item);
  },
};
