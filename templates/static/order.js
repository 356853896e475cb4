// Lines that are put in order: by dragging, by buttons, by keys. What a page needs of it:
//   order.given(item)         the ids of the lines as they stand, or null while nobody moved any
//   order.restore(item, ids)  put lines as they stood before; null for the order at first
//   order.checked(item)       of a practice page: {right, feedback}, or null while nobody moved any
// A move sends the event "input" from the list, which bubbles as that of a field does.
const order = (() => {
  const listOf = (item) => prepared(item.querySelector(".lines"));
  const linesOf = (list) => [...list.children];
  const idsOf = (list) => linesOf(list).map((line) => line.dataset.line);
  const first = new Map();
  const grip = (line) => line.querySelector(".grip");
  const letter = (line) => line.querySelector(".letter").textContent;
  let taken = null;

  function tell(list, words) {
    list.closest("[data-order]").querySelector("[data-told]").textContent = words;
  }

  // The ends cannot go further; their buttons stay focusable, so that nobody loses the place.
  function mark(list) {
    const lines = linesOf(list);
    for (const [place, line] of lines.entries()) {
      const [up, down] = line.querySelectorAll("[data-move]");
      up.setAttribute("aria-disabled", String(place === 0));
      down.setAttribute("aria-disabled", String(place === lines.length - 1));
    }
  }

  function arrange(list, ids) {
    const known = new Map(linesOf(list).map((line) => [line.dataset.line, line]));
    list.append(...ids.map((id) => known.get(id)));
    mark(list);
  }

  function touched(list, isTouched = true) {
    if (isTouched) list.dataset.touched = "yes";
    else delete list.dataset.touched;
    list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function place(line) {
    const list = line.parentElement;
    const parts = { letter: letter(line), place: linesOf(list).indexOf(line) + 1, count: list.children.length };
    tell(list, _("Line %(letter)s is now at place %(place)s of %(count)s.", parts));
  }

  function move(line, steps) {
    const list = line.parentElement;
    const from = linesOf(list).indexOf(line);
    const to = Math.min(Math.max(from + steps, 0), list.children.length - 1);
    if (to === from) {
      place(line);
      return false;
    }
    // The others move past it: what has the focus, or is being dragged, stays in the page.
    for (let at = from; at < to; at += 1) list.insertBefore(line.nextElementSibling, line);
    for (let at = from; at > to; at -= 1) line.after(line.previousElementSibling);
    mark(list);
    place(line);
    touched(list);
    return true;
  }

  function take(line) {
    if (taken) drop();
    const list = line.parentElement;
    taken = { line, before: idsOf(list), wasTouched: list.dataset.touched };
    grip(line).setAttribute("aria-pressed", "true");
    tell(list, _("Line %(letter)s is taken. The arrow keys move it, Space puts it down, Escape puts it back.", { letter: letter(line) }));
  }

  function drop() {
    const { line } = taken;
    taken = null;
    grip(line).setAttribute("aria-pressed", "false");
    place(line);
  }

  function putBack() {
    const { line, before, wasTouched } = taken;
    const list = line.parentElement;
    drop();
    arrange(list, before);
    grip(line).focus();
    place(line);
    touched(list, Boolean(wasTouched));
  }

  function onKey(event) {
    const line = event.target.closest(".lines > li");
    if (!line || taken?.line !== line) return;
    const keys = { ArrowUp: () => move(line, -1), ArrowDown: () => move(line, 1),
      Home: () => move(line, -Infinity), End: () => move(line, Infinity),
      Escape: putBack, Tab: drop };
    if (!keys[event.key]) return;
    if (event.key !== "Tab") event.preventDefault();
    // Pages have keys of their own, such as arrows that go from item to item.
    event.stopPropagation();
    keys[event.key]();
  }

  // A pointer takes a line once it has moved a little, so that a click is still a click.
  function onPointer(down) {
    const held = down.target.closest(".grip");
    if (!held || down.button > 0) return;
    const line = held.closest("li");
    const list = line.parentElement;
    let dragged = false;
    const follow = (event) => {
      if (!dragged && Math.abs(event.clientY - down.clientY) < 6) return;
      if (!dragged) {
        dragged = true;
        line.classList.add("is-dragged");
      }
      const places = linesOf(list);
      const over = places.findIndex((each) => event.clientY < each.getBoundingClientRect().bottom);
      const to = over < 0 ? places.length - 1 : over;
      const from = places.indexOf(line);
      if (to !== from) move(line, to - from);
    };
    const end = () => {
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      line.classList.remove("is-dragged");
      if (!dragged) return;
      const swallow = (event) => event.stopPropagation();
      held.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => held.removeEventListener("click", swallow, { capture: true }), 0);
    };
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  }

  function onClick(event) {
    const button = event.target.closest("button");
    const line = button?.closest(".lines > li");
    if (!line) return;
    if (button.dataset.move) move(line, Number(button.dataset.move));
    else if (taken?.line === line) drop();
    else take(line);
  }

  // Lists come and go with the variants of an item, so each is prepared when it is first seen.
  function prepared(list) {
    if (first.has(list)) return list;
    first.set(list, idsOf(list));
    mark(list);
    list.addEventListener("click", onClick);
    list.addEventListener("keydown", onKey);
    list.addEventListener("pointerdown", onPointer);
    // Who goes elsewhere has put the line down.
    list.addEventListener("focusout", () => setTimeout(() => {
      if (taken && !taken.line.contains(document.activeElement) && document.hasFocus()) drop();
    }, 0));
    return list;
  }
  document.querySelectorAll("[data-order] .lines").forEach(prepared);

  function given(item) {
    const list = listOf(item);
    return list.dataset.touched ? idsOf(list) : null;
  }

  function restore(item, ids) {
    const list = listOf(item);
    const begun = first.get(list);
    const fits = Array.isArray(ids) && ids.length === begun.length
      && begun.every((id) => ids.includes(id));
    arrange(list, fits ? ids : begun);
    if (fits) list.dataset.touched = "yes";
    else delete list.dataset.touched;
  }

  const runsInOrder = (ids, whole) => {
    let from = -1;
    return ids.every((id) => (from = whole.indexOf(id, from + 1)) >= 0);
  };

  const numbers = (text) => text.split(" ").filter(Boolean)
    .map((each) => (each === "-" ? null : Number(each)));

  function svg(name, attributes, text = "") {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  // The curve of this order beside that of the right ones, by epoch.
  function drawn(own, reference, words) {
    const all = [...own, ...reference].filter((each) => each !== null);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const last = Math.max(own.length, reference.length) - 1;
    const x = (at) => 46 + (at / Math.max(last, 1)) * 264;
    const y = (value) => 14 + (1 - (value - low) / (high - low || 1)) * 120;
    const path = (line) => line.map((value, at) => (value === null ? "" :
      `${at && line[at - 1] !== null ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)).join("");
    const label = _("Loss by epoch: this order (dashed) beside the right ones. This order: %(shape)s", { shape: words });
    const figure = document.createElement("figure");
    figure.className = "measured-order";
    const image = svg("svg", { viewBox: "0 0 320 160", role: "img", "aria-label": label });
    image.append(
      svg("line", { x1: 46, y1: 134, x2: 310, y2: 134 }),
      svg("line", { x1: 46, y1: 14, x2: 46, y2: 134 }),
      svg("text", { x: 42, y: 18, "text-anchor": "end" }, high.toPrecision(2)),
      svg("text", { x: 42, y: 138, "text-anchor": "end" }, low.toPrecision(2)),
      svg("text", { x: 46, y: 152, "text-anchor": "middle" }, "1"),
      svg("text", { x: 310, y: 152, "text-anchor": "end" }, String(last + 1)),
      svg("path", { d: path(reference) }),
      svg("path", { d: path(own), class: "yours" }),
    );
    const caption = document.createElement("figcaption");
    caption.textContent = _("Measured loss by epoch: dashed for your order, whole for the right ones.");
    figure.append(image, caption);
    return figure;
  }

  function paragraph(nodes) {
    const made = document.createElement("p");
    made.append(...nodes);
    return made;
  }

  function checked(item) {
    const whole = given(item);
    if (!whole) return null;
    const known = item.querySelector("[data-places]");
    const places = known.dataset.places.split(" ");
    const name = whole.map((id) => places.indexOf(id)).join("");
    const groups = [...known.children];
    const group = groups.find((each) => each.dataset.orders.split(" ").includes(name));
    const right = group.dataset.holds === "yes";
    const part = (from) => [...from.querySelector(".feedback").cloneNode(true).childNodes];
    const made = [...item.querySelectorAll("[data-mistake]")]
      .filter((each) => runsInOrder(each.dataset.mistake.split(" "), whole));
    const says = _("When it was run: %(says)s.", { says: group.querySelector(".says").textContent });
    const feedback = (right ? [item.querySelector(".verdicts .holds")] : made)
      .map((each) => paragraph(part(each)));
    feedback.push(paragraph([says]));
    const own = numbers(group.dataset.curve);
    if (!right && own.some((each) => each !== null)) {
      const words = group.querySelector(".shape").textContent;
      feedback.push(drawn(own, numbers(groups[0].dataset.curve), words));
    }
    return { right, feedback };
  }

  return { given, restore, checked };
})();
