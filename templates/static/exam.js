(() => {
  const form = document.querySelector("[data-exam]");
  const { quiz, paper } = form.dataset;
  const items = [...form.querySelectorAll("[data-number]")];
  const place = (name) => document.querySelector(`[data-${name}]`);
  const key = `lrquiz ${quiz} ${paper}`;
  const startKey = `${key} start`;
  let saved = "";

  const isOrder = (item) => item.dataset.kind === "order";
  const isChoice = (item) => ["choice", "predict"].includes(item.dataset.kind);
  const field = (item) => item.querySelector("input, textarea");

  function given(item) {
    if (isOrder(item)) return order.given(item);
    if (!isChoice(item)) {
      const text = field(item).value;
      return text.trim() ? text : null;
    }
    const chosen = [...item.querySelectorAll("input:checked")].map((input) => input.value);
    return chosen.length ? chosen : null;
  }

  function responses() {
    const pairs = items.map((item) => [item.dataset.number, given(item)]);
    return Object.fromEntries(pairs.filter(([, value]) => value !== null));
  }

  const unanswered = () =>
    items.filter((item) => given(item) === null).map((item) => item.dataset.number);

  const asFile = () => `${JSON.stringify(
    { schema: "lrquiz/responses", version: 1, quiz, paper, responses: responses() }, null, 1,
  )}\n`;

  function restore(values) {
    for (const item of items) {
      if (isOrder(item)) {
        order.restore(item, values[item.dataset.number] ?? null);
        continue;
      }
      const value = values[item.dataset.number] ?? (isChoice(item) ? [] : "");
      if (isChoice(item)) {
        for (const input of item.querySelectorAll("input")) {
          input.checked = Array.isArray(value) && value.includes(input.value);
        }
      } else field(item).value = String(value);
    }
  }

  function read(text) {
    try {
      return JSON.parse(text)?.responses ?? {};
    } catch {
      return {};
    }
  }

  function show() {
    const open = unanswered();
    const left = open.length;
    const parts = { left, all: items.length, open: open.join(", ") };
    place("tally").textContent = left
      ? _("%(left)s of %(all)s without a response", parts) : _("every item has a response");
    place("missing").textContent = left
      ? _("Without a response: %(open)s.", parts) : _("Every item has a response.");
    document.getElementById("as-text").value = asCopiedText(quiz, paper, responses());
  }

  function keep() {
    show();
    const kept = storage.write(key, asFile());
    place("kept").textContent = kept
      ? _("kept on this device") : _("this device keeps nothing: save before you close the page");
    if (saved && saved !== asFile()) tell("none", _("Changed since you saved: save again."));
  }

  function tell(kind, words) {
    place("saved").className = `result ${kind}`;
    place("saved").textContent = words;
  }

  // Leaving asks while something is not handed in yet: what was not saved, or an open item.
  function isUnfinished() {
    const isBegun = Object.keys(responses()).length > 0;
    return isBegun && (asFile() !== saved || unanswered().length > 0);
  }

  function isSure() {
    const open = unanswered();
    if (!open.length) return true;
    const parts = { left: open.length, all: items.length, open: open.join(", ") };
    return window.confirm(_("%(left)s of %(all)s items have no response: %(open)s. Go on all the same?", parts));
  }

  function tellSaved(words) {
    const open = unanswered();
    const parts = { left: open.length, all: items.length };
    const missing = open.length ? _("%(left)s of %(all)s items have no response.", parts) : "";
    tell("right", [words, missing].filter(Boolean).join(" "));
  }

  function save() {
    if (!isSure()) return;
    const text = asFile();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `responses-${paper}.json`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    saved = text;
    tellSaved(_("Saved as %(file)s: now hand in that file.", { file: link.download }));
  }

  async function copy() {
    if (!isSure()) return;
    const field = document.getElementById("as-text");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      tell("none", _("The text is selected: copy it with your browser or its keys, then hand it in."));
      return;
    }
    saved = asFile();
    tellSaved(_("Copied: now hand in that text, all of it."));
  }

  function clear() {
    if (!window.confirm(_("Remove everything you entered from this page and this device?"))) return;
    restore({});
    storage.write(key, null);
    storage.write(startKey, null);
    saved = "";
    show();
    place("kept").textContent = _("nothing is kept on this device");
    tell("none", _("Cleared."));
  }

  function clock(shown) {
    const total = Number(shown.dataset.countdown);
    const known = Number(storage.read(startKey));
    const now = Date.now();
    const start = known > 0 && known <= now ? known : now;
    storage.write(startKey, String(start));
    const pad = (number) => String(number).padStart(2, "0");
    const tick = () => {
      const left = Math.ceil(total - (Date.now() - start) / 1000);
      const [over, seconds] = [left <= 0, Math.max(left, 0)];
      const hours = Math.floor(seconds / 3600);
      const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
      const time = `${hours ? `${hours}:` : ""}${rest}`;
      shown.textContent = over ? _("time is over") : _("%(time)s left", { time });
      shown.classList.toggle("is-over", over);
      if (over) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
    tick();
  }

  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("keydown", (event) => {
    // Enter in a field saves nothing by accident.
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
  for (const button of document.querySelectorAll("[data-unset]")) {
    button.addEventListener("click", () => {
      const item = button.closest(".item");
      for (const input of item.querySelectorAll("input")) input.checked = false;
      keep();
    });
  }
  place("clear").addEventListener("click", clear);
  place("copy").addEventListener("click", copy);
  window.addEventListener("beforeunload", (event) => {
    if (isUnfinished()) event.preventDefault();
  });

  const before = storage.read(key);
  if (before !== null) {
    restore(read(before));
    place("kept").textContent = _("what you entered before is back");
  }
  show();
  if (place("countdown")) clock(place("countdown"));
})();
