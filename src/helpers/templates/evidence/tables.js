"use strict";
// Adds what needs a program to pages that can be read without one: tables that sort, filter and search, and a search box.
// Texts are only ever read from and written to the page as text, never as markup.
(() => {
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const DAY = /(?:(\d{1,2}) )?\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (\d{4})\b/;
  const LEAST_SORTED = 3, LEAST_SEARCHED = 6;
  const order = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
  let made = 0;

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const said = (cell) => {
    const copy = cell.cloneNode(true);
    for (const mark of copy.querySelectorAll("[aria-hidden]")) mark.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  // One form for what is sought and what is shown: no capitals, accents, or commas within numbers.
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[\u2018\u2019]/g, "'").replace(/(\d),(?=\d{3})/g, "$1");
  const sought = (text) => (plain(text).match(/"[^"]+"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
  const counted = (n, noun) => `${n.toLocaleString("en-GB")} ${noun}${n === 1 ? "" : "s"}`;

  const dayKey = (text) => {
    const found = DAY.exec(text.toLowerCase());
    if (found) return found[3] * 372 + MONTHS.indexOf(found[2]) * 31 + Number(found[1] ?? 0);
    const year = /\b(?:19|20)\d\d\b/.exec(text);
    return year ? year[0] * 372 : null;
  };
  const numberKey = (text) => {
    const found = /-?\d+(?:\.\d+)?(?:(?:m|bn|k)\b| (?:million|billion|thousand)\b)?/.exec(plain(text));
    if (!found) return null;
    const size = { k: 1e3, t: 1e3, m: 1e6, b: 1e9 }[found[0].replace(/[-\d. ]/g, "")[0]] ?? 1;
    return parseFloat(found[0]) * size;
  };
  // A column is sorted as days or as numbers when most of its cells are short and hold one; else by the alphabet.
  const keysOf = (texts) => {
    const filled = texts.filter((text) => text && text !== "–");
    const mostly = (key) => filled.filter((text) => text.length <= 40 && key(text) !== null).length > 0.6 * filled.length;
    const whole = (text) => (/^(?:the )?(?:year|quarter|months?|\d+ months)\b|^\d{4}(?:\/\d\d| to \d{4})?$/i.test(text)
      || DAY.test(text.toLowerCase()) ? dayKey(text) : null);
    const key = mostly(whole) ? dayKey : mostly(numberKey) ? numberKey : (text) => (text && text !== "–" ? text : null);
    return texts.map(key);
  };
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : order.compare(a, b));

  class Table {
    constructor(table) {
      this.table = table;
      this.rows = [...table.tBodies[0].rows];
      this.cells = this.rows.map((row) => [...row.cells].map(said));
      this.all = this.cells.map((cells) => plain(cells.join(" ")));
      this.first = this.rows.filter((row) => !row.classList.contains("more")).length;
      this.folded = this.first < this.rows.length;
      this.inOrder = this.rows.map((_, index) => index);
      this.filters = [];
      this.words = [];
      this.shared = [];
      if (this.rows.length >= LEAST_SORTED) this.addSorting();
      if (this.rows.length >= LEAST_SEARCHED) this.addControls();
      this.show();
    }

    addSorting() {
      [...this.table.tHead.rows[0].cells].forEach((heading, column) => {
        const button = make("button", { type: "button", class: "sort" }, ...heading.childNodes);
        heading.append(button);
        button.addEventListener("click", () => this.sort(column, heading));
      });
    }

    sort(column, heading) {
      const down = heading.getAttribute("aria-sort") === "ascending";
      const keys = keysOf(this.cells.map((cells) => cells[column] ?? ""));
      const sign = down ? -1 : 1;
      this.inOrder.sort((a, b) => {
        if (keys[a] === null || keys[b] === null) return (keys[a] === null) - (keys[b] === null) || a - b;
        return sign * compare(keys[a], keys[b]) || a - b;
      });
      for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      this.table.tBodies[0].append(...this.inOrder.map((index) => this.rows[index]));
      this.show();
    }

    addControls() {
      const box = make("div", { class: "controls" });
      const query = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
      query.addEventListener("input", () => { this.words = sought(query.value); this.show(); });
      box.append(make("label", {}, "Search this table ", query));
      const picks = make("details", { class: "filters" }, make("summary", {}, "Filters"));
      picks.open = matchMedia("(min-width: 40rem)").matches;
      [...this.table.tHead.rows[0].cells].forEach((heading, column) => {
        if (heading.classList.contains("pick")) this.addFilter(picks, said(heading), column);
      });
      if (this.filters.length) box.append(picks);
      this.status = make("span", { role: "status" });
      box.append(this.status);
      if (this.folded) {
        this.table.id ||= `table-${(made += 1)}`;
        this.fold = make("button", { type: "button", "aria-expanded": "false", "aria-controls": this.table.id });
        this.fold.addEventListener("click", () => { this.folded = !this.folded; this.show(); });
        box.append(this.fold);
      }
      this.table.parentNode.before(box);
    }

    addFilter(box, name, column) {
      const values = new Set(this.cells.flatMap((cells) => (cells[column] ?? "").split("; ")));
      if (values.size < 2 || values.size >= this.rows.length) return;
      const choice = make("select", {}, make("option", { value: "" }, "all"));
      for (const value of [...values].sort(order.compare)) choice.append(make("option", { value }, value));
      const filter = { column, value: "" };
      choice.addEventListener("change", () => { filter.value = choice.value; this.show(); });
      this.filters.push(filter);
      box.append(make("label", {}, `${name} `, choice));
    }

    seek(words) {
      this.shared = words;
      return this.show();
    }

    fits(index) {
      const holds = (word) => this.all[index].includes(word);
      return this.words.every(holds) && this.shared.every(holds)
        && this.filters.every(({ column, value }) => !value || this.cells[index][column]?.split("; ").includes(value));
    }

    show() {
      let fitting = 0;
      for (const index of this.inOrder) {
        const fits = this.fits(index);
        this.rows[index].hidden = !fits;
        this.rows[index].classList.toggle("folded", this.folded && fits && fitting >= this.first);
        fitting += fits;
      }
      const seen = this.folded ? Math.min(fitting, this.first) : fitting;
      if (this.status) {
        this.status.textContent = fitting === this.rows.length && seen === fitting
          ? counted(fitting, "row") : `${seen} of ${counted(this.rows.length, "row")} shown`
            + (fitting < this.rows.length && seen < fitting ? `, ${fitting.toLocaleString("en-GB")} fit` : "");
      }
      if (this.fold) {
        this.fold.hidden = fitting <= this.first;
        this.fold.textContent = this.folded ? `Show all ${fitting.toLocaleString("en-GB")}` : `Show the first ${this.first}`;
        this.fold.setAttribute("aria-expanded", String(!this.folded));
      }
      return fitting;
    }

    unfold() {
      this.folded = false;
      this.show();
    }
  }

  const tables = [...document.querySelectorAll("main .table > table")]
    .filter((table) => table.tHead && table.tBodies.length && !table.closest(".origin, .known"))
    .map((table) => new Table(table));

  // A link to a row that is folded away unfolds its table.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const table = target && tables.find((one) => one.table.contains(target));
    if (!table || !target.closest(".folded")) return;
    table.unfold();
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // The page of everything: one box for all of its tables. Every other page: a box that leads there.
  const everything = document.getElementById("search-all");
  const page = document.querySelector("header a.search");
  const given = new URLSearchParams(location.search).get("q") ?? "";
  const query = make("input", { type: "search", name: "q", autocomplete: "off", spellcheck: "false" });
  if (everything) {
    const status = make("p", { role: "status" });
    const seek = () => {
      const words = sought(query.value);
      let rows = 0;
      for (const table of tables) {
        const found = table.seek(words);
        rows += found;
        const section = table.table.closest("section");
        section.hidden = !found;
        const way = document.querySelector(`.contents a[href="#${section.getAttribute("aria-labelledby")}"]`);
        if (way) way.parentNode.hidden = !found;
      }
      status.textContent = words.length ? `${counted(rows, "row")} with these words, in all tables` : "";
    };
    query.value = given;
    query.addEventListener("input", seek);
    const form = make("form", { role: "search", class: "controls" }, make("label", {}, "Search everything ", query));
    form.addEventListener("submit", (event) => event.preventDefault());
    everything.append(form, status);
    seek();
  } else if (page) {
    const form = make("form", { role: "search", class: "controls", action: page.getAttribute("href"), method: "get" },
      make("label", {}, "Search all pages ", query), " ", make("button", {}, "Search"));
    page.closest("nav").after(form);
  }
})();
