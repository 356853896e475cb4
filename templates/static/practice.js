"use strict";
(() => {
  const items = [...document.querySelectorAll(".item")];
  const score = document.querySelector("[data-score]");
  const results = new Map();
  document.documentElement.classList.add("scripted");

  const chosen = (item) =>
    [...item.querySelectorAll("input:checked")].map((input) => input.value);

  const same = (one, other) =>
    one.length === other.length && one.every((id) => other.includes(id));

  const paragraph = (nodes) => {
    const made = document.createElement("p");
    made.append(...nodes);
    return made;
  };

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

  function tell(item, ids) {
    const result = item.querySelector(".result");
    const right = same(ids, item.dataset.key.split(" "));
    result.className = `result ${right ? "right" : "wrong"}`;
    const lead = document.createElement("strong");
    lead.textContent = right ? "Yes, this holds." : "No, the runs show otherwise.";
    const feedback = ids.map((id) => {
      const words = item.querySelector(`[data-verdict="${id}"] .feedback`).cloneNode(true);
      const figures = item.querySelector(`[data-verdict="${id}"] .figures`).cloneNode(true);
      return paragraph([...words.childNodes, " ", figures]);
    });
    result.replaceChildren(paragraph([lead]), ...feedback);
    results.set(item, right);
  }

  function check(item) {
    const ids = chosen(item);
    const result = item.querySelector(".result");
    if (!ids.length) {
      result.className = "result none";
      result.textContent = "Choose an option first.";
      return;
    }
    mark(item, ids);
    tell(item, ids);
    const evidence = item.querySelector(".evidence");
    evidence.classList.add("unlocked");
    evidence.open = true;
    const right = [...results.values()].filter(Boolean).length;
    score.textContent = `${right} of ${items.length} right, ${results.size} checked`;
  }

  for (const item of items) {
    item.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      check(item);
    });
  }
})();
