// Tables that sort by the heads of their columns, and show only the rows that are looked for.
(() => {
  const table_of = (id) => document.getElementById(id);
  const cell = (row, column) => row.cells[column];
  const key = (row, column) => cell(row, column).dataset.sort ?? cell(row, column).textContent.trim();

  function compare(one, other, isNumber) {
    if (!isNumber) return one.localeCompare(other, document.documentElement.lang, { numeric: true });
    // What has no number comes last, whichever way the rest is sorted.
    const [first, second] = [one, other].map((text) => (text === "" ? NaN : Number(text)));
    return first - second;
  }

  function sorted(rows, column, isNumber, descending) {
    const blank = (row) => isNumber && !Number.isFinite(Number.parseFloat(key(row, column)));
    return [...rows].sort((one, other) => {
      if (blank(one) || blank(other)) return blank(one) - blank(other);
      const order = compare(key(one, column), key(other, column), isNumber);
      return descending ? -order : order;
    });
  }

  function sort(table, header) {
    const [body] = table.tBodies;
    const descending = header.getAttribute("aria-sort") === "ascending";
    const isNumber = header.classList.contains("number");
    body.append(...sorted(body.rows, header.cellIndex, isNumber, descending));
    for (const each of header.parentNode.cells) each.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  }

  function makeSortable(table) {
    for (const header of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sorts";
      button.append(...header.childNodes);
      button.addEventListener("click", () => sort(table, header));
      header.append(button);
    }
  }

  function makeFilter(field) {
    const rows = [...table_of(field.dataset.filter).tBodies[0].rows];
    const told = document.querySelector(`[data-filtered="${field.dataset.filter}"]`);
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      const shown = rows.filter((row) => !row.hidden).length;
      told.textContent = wanted ? _("%(shown)s of %(all)s rows", { shown, all: rows.length }) : "";
    });
  }

  document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
  document.querySelectorAll("[data-filter]").forEach(makeFilter);
})();
