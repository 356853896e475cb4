(() => {
  const items = [...document.querySelectorAll(".item")];
  const score = document.querySelector("[data-score]");
  const cards = items.filter((item) => item.dataset.kind === "flashcard");
  const scored = items.filter((item) => ["choice", "fill_in", "numeric", "order"].includes(item.dataset.kind));
  const results = new Map();
  const known = new Map();

  const chosen = (item) =>
    [...item.querySelectorAll("input:checked")].map((input) => input.value);

  const same = (one, other) =>
    one.length === other.length && one.every((id) => other.includes(id));

  const paragraph = (nodes) => {
    const made = document.createElement("p");
    made.append(...nodes);
    return made;
  };

  function showScore() {
    const right = [...results.values()].filter(Boolean).length;
    const remembered = [...known.values()].filter(Boolean).length;
    score.textContent = [
      scored.length ? `${right} of ${scored.length} right, ${results.size} checked` : "",
      cards.length ? `${remembered} of ${cards.length} cards known` : "",
    ].filter(Boolean).join("; ");
  }

  function ask(item, words) {
    const result = item.querySelector(".result");
    result.className = "result none";
    result.textContent = words;
  }

  function tell(item, right, words, feedback) {
    const result = item.querySelector(".result");
    result.className = `result ${right ? "right" : "wrong"}`;
    const lead = document.createElement("strong");
    lead.textContent = words;
    result.replaceChildren(paragraph([lead]), ...feedback);
    results.set(item, right);
    const evidence = item.querySelector(".evidence");
    evidence.classList.add("unlocked");
    evidence.open = true;
    showScore();
  }

  function mark(item, ids) {
    for (const option of item.querySelectorAll(".option")) {
      const picked = ids.includes(option.dataset.option);
      const verdict = item.querySelector(`[data-verdict="${option.dataset.option}"]`);
      const holds = verdict.classList.contains("holds");
      option.classList.toggle("is-right", picked && holds);
      option.classList.toggle("is-wrong", picked && !holds);
      option.querySelector(".mark")?.remove();
      if (picked) {
        const text = document.createElement("span");
        text.className = "mark";
        text.textContent = holds ? "\u2713 holds" : "\u2717 does not hold";
        option.append(text);
      }
    }
  }

  function checkChoice(item) {
    const ids = chosen(item);
    if (!ids.length) {
      ask(item, "Choose an option first.");
      return;
    }
    mark(item, ids);
    const right = same(ids, item.dataset.key.split(" "));
    const feedback = ids.map((id) => {
      const words = item.querySelector(`[data-verdict="${id}"] .feedback`).cloneNode(true);
      const figures = item.querySelector(`[data-verdict="${id}"] .figures`).cloneNode(true);
      return paragraph([...words.childNodes, " ", figures]);
    });
    tell(item, right, right ? "Yes, this holds." : "No, the runs show otherwise.", feedback);
  }

  // What Python's float() reads of finite decimals, a comma as the decimal point as well.
  function read(text) {
    const plain = text.trim().replace("\u2212", "-").replace(",", ".");
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
  }

  function checkNumber(item) {
    const number = read(item.querySelector("input").value);
    if (number === null) {
      ask(item, "Write a number, such as 1.5 or 15e-1.");
      return;
    }
    const value = item.querySelector("[data-tolerance]");
    const tolerance = Number(value.dataset.tolerance) * (1 + 1e-9);
    const distance = (other) => Math.abs(number - Number(other.dataset.number));
    const right = distance(value) <= tolerance;
    const [nearest] = [...item.querySelectorAll(".fails[data-number]")]
      .filter((mistake) => distance(mistake) <= tolerance)
      .sort((one, other) => distance(one) - distance(other));
    const told = right ? value : nearest;
    const words = right
      ? "Yes, this is within the tolerance of what was measured."
      : "No, this is not within the tolerance of what was measured.";
    const nodes = (part) => [...part.cloneNode(true).childNodes];
    const feedback = [
      ...(told ? [paragraph(nodes(told.querySelector(".feedback")))] : []),
      paragraph(nodes(value.querySelector(".claim"))),
    ];
    tell(item, right, words, feedback);
  }

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

  function checkBlank(item) {
    const written = spelled(item.querySelector("form input").value);
    if (!written) {
      ask(item, "Write what belongs in the blank first.");
      return;
    }
    const known = [...item.querySelectorAll("[data-response]")]
      .find((each) => spelled(each.dataset.response) === written);
    if (!known) {
      ask(item, "This one is not among the responses that were run: it may be right all the same. "
        + "The command below runs it.");
      return;
    }
    const right = known.classList.contains("holds");
    const part = (name) => known.querySelector(name).cloneNode(true);
    const feedback = paragraph([...part(".feedback").childNodes, " ", part(".figures")]);
    tell(item, right, right ? "Yes, this is right." : "No, the runs show otherwise.", [feedback]);
  }

  function rate(item, knew) {
    const result = item.querySelector(".result");
    result.className = `result ${knew ? "right" : "none"}`;
    result.textContent = knew ? "Noted: you knew it." : "Noted: look at it again later.";
    known.set(item, knew);
    showScore();
  }

  function count(item) {
    const boxes = [...item.querySelectorAll(".reveal input")];
    const ticked = boxes.filter((box) => box.checked).length;
    item.querySelector(".tally").textContent = `${ticked} of ${boxes.length} concepts`;
  }

  function checkOrder(item) {
    const found = order.checked(item);
    if (!found) {
      ask(item, _("Put the lines in order first."));
      return;
    }
    const words = found.right ? _("Yes, this order is right.") : _("No, the runs show otherwise.");
    tell(item, found.right, words, found.feedback);
  }

  const checks = { order: checkOrder, choice: checkChoice, fill_in: checkBlank, numeric: checkNumber };
  for (const item of scored) {
    item.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      checks[item.dataset.kind](item);
    });
  }
  for (const button of document.querySelectorAll("[data-knew]")) {
    button.addEventListener("click", () =>
      rate(button.closest(".item"), button.dataset.knew === "yes"));
  }
  for (const box of document.querySelectorAll("[data-kind=open_prompt] .reveal input")) {
    box.addEventListener("change", () => count(box.closest(".item")));
  }
})();
