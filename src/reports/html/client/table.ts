import { type App, byId, kindMark, make, numberText, say, textAt, wordOr } from "./app.ts";
import { chooseRows, type Filter, type Rows } from "./rows.ts";

/** A table of the page: its rows, and how a cell looks. */
export interface TableSpec {
  readonly name: string;
  readonly rows: Rows;
  cell(row: number, column: string): Node | string;
  /** How many there are in all, of which the report holds the rows. */
  readonly total: number;
}

export interface Table {
  setSite(site: string): void;
}

/** Fills the table `#NAME`, and keeps it as the reader's search, filters, sorting and page have it. */
export function mountTable(app: App, spec: TableSpec): Table {
  const size = matchMedia("(max-width: 560px)").matches ? 10 : 25;
  const { name, rows } = spec;
  let filter: Filter = { search: "", kind: "", operator: "", domain: "", site: "" };
  let sort: { column: string; down: boolean } | null = null;
  let page = 0;
  let chosen = chooseRows(rows, filter, sort);

  const render = () => {
    const pages = Math.max(1, Math.ceil(chosen.length / size));
    page = Math.min(page, pages - 1);
    const from = page * size;
    const shown = chosen.slice(from, from + size);
    byId(`${name}-rows`).replaceChildren(...shown.map((row) => tableRow(app, spec, row)));
    const counts = { from: from + 1, to: from + shown.length, matching: chosen.length };
    const texts = Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, numberText(app, value)]));
    byId(`${name}-count`).textContent = chosen.length === 0 ? say(app, "ui.none") : say(app, "ui.shown", texts);
    const at = { page: numberText(app, page + 1), pages: numberText(app, pages) };
    byId(`${name}-page`).textContent = say(app, "ui.page", at);
    for (const [id, isEnd] of [
      ["first", page === 0],
      ["previous", page === 0],
      ["next", page === pages - 1],
      ["last", page === pages - 1],
    ] as const) {
      byId(`${name}-${id}`).toggleAttribute("disabled", isEnd);
    }
    renderCap(app, spec);
  };
  const choose = () => {
    chosen = chooseRows(rows, filter, sort);
    page = 0;
    render();
  };
  const turn = (to: number) => {
    page = Math.max(0, to);
    render();
  };
  const pageCount = () => Math.ceil(chosen.length / size);
  byId(`${name}-first`).addEventListener("click", () => turn(0));
  byId(`${name}-previous`).addEventListener("click", () => turn(page - 1));
  byId(`${name}-next`).addEventListener("click", () => turn(page + 1));
  byId(`${name}-last`).addEventListener("click", () => turn(pageCount() - 1));

  byId(`${name}-search`).addEventListener("input", (event) => {
    filter = { ...filter, search: (event.target as HTMLInputElement).value.trim().toLowerCase() };
    choose();
  });
  for (const key of ["kind", "operator", "domain"] as const) {
    byId(`${name}-${key}`).addEventListener("change", (event) => {
      filter = { ...filter, [key]: (event.target as HTMLSelectElement).value };
      choose();
    });
  }
  for (const head of byId(name).querySelectorAll<HTMLElement>("th[data-column]")) {
    head.querySelector("button")?.addEventListener("click", () => {
      const column = head.dataset.column ?? "";
      sort = nextSort(sort, column);
      markSorted(name, sort);
      const key = sort === null ? "ui.sortedNot" : sort.down ? "ui.sortedDown" : "ui.sortedUp";
      byId(`${name}-sorted`).textContent = say(app, key, { column: say(app, `column.${column}`) });
      choose();
    });
  }
  app.renderers.push(() => {
    fillSelects(app, spec, filter);
    render();
  });
  return {
    setSite: (site) => {
      filter = { ...filter, site };
      const chip = byId(`${name}-site`);
      chip.hidden = site === "";
      chip.querySelector("bdi")?.replaceChildren(site);
      choose();
    },
  };
}

export function tableRow(app: App, { rows, cell }: TableSpec, row: number): HTMLElement {
  const cells = rows.columns.map((column) => {
    const content = column === "kind" ? kindMark(app, Number(rows.value(row, column))) : cell(row, column);
    const isHead = column === "kind" || column === "element" || column === "example";
    const label: Record<string, string> = isHead ? {} : { "data-label": say(app, `column.${column}`) };
    return make("td", { class: `column-${column}`, ...label }, content);
  });
  return make("tr", {}, ...cells);
}

export function nextSort(sort: { column: string; down: boolean } | null, column: string) {
  if (sort?.column !== column) return { column, down: false };
  return sort.down ? null : { column, down: true };
}

export function markSorted(name: string, sort: { column: string; down: boolean } | null): void {
  for (const head of byId(name).querySelectorAll<HTMLElement>("th[data-column]")) {
    const isIt = head.dataset.column === sort?.column;
    head.setAttribute("aria-sort", isIt ? (sort?.down ? "descending" : "ascending") : "none");
  }
}

/** Choices of the filters, in the page's language, with what is chosen kept. */
export function fillSelects(app: App, { name }: TableSpec, filter: Filter): void {
  const { kinds, elements, chains } = app.data;
  const operators = new Set([
    ...elements.sorts.map(([operator]) => operator),
    ...chains.rows.map((row) => row.operator),
  ]);
  const domains = new Set([...elements.sorts.map((sort) => sort[5]), ...chains.rows.map((row) => row.domain)]);
  const named = (places: ReadonlySet<number>) => [...places].map((place) => textAt(app, place)).sort();
  const options = {
    kind: kinds.map(({ outcome, basis }, at) => [
      String(at),
      `${say(app, `outcome.${outcome}`)}${outcome === "refused" ? "" : `, ${say(app, `basis.${basis}`)}`}`,
    ]),
    operator: named(operators).map((text) => [text, text]),
    domain: named(domains).map((text) => [text, wordOr(app, "domain", text)]),
  };
  for (const key of ["kind", "operator", "domain"] as const) {
    const all = make("option", { value: "" }, say(app, "ui.all"));
    const choices = options[key].map(([value, text]) => make("option", { value: value ?? "" }, text ?? ""));
    const select = byId(`${name}-${key}`) as HTMLSelectElement;
    select.replaceChildren(all, ...choices);
    select.value = filter[key];
  }
}

export function renderCap(app: App, { name, rows, total }: TableSpec): void {
  const note = byId(`${name}-cap`);
  note.hidden = rows.length >= total;
  const csv = app.data.csv ?? say(app, "ui.csvHint");
  const counts = { held: numberText(app, rows.length), total: numberText(app, total), csv };
  note.textContent = note.hidden ? "" : say(app, "ui.capped", counts);
}
