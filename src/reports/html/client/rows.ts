import type { Payload } from "../payload-shape.ts";

/** What a reader asks of a table; empty: all. */
export interface Filter {
  readonly search: string;
  readonly kind: string;
  readonly operator: string;
  readonly domain: string;
  readonly site: string;
}

/** What a table shows, by place of the row in the data. */
export interface Rows {
  readonly length: number;
  readonly columns: readonly string[];
  /** What a column sorts by. */
  value(row: number, column: string): string | number;
  matches(row: number, filter: Filter): boolean;
}

/** The table of elements over the columns of the data. */
export function elementRows(data: Payload): Rows {
  const { elements, texts } = data;
  const columns = ["kind", "element", "operator", "domain", "functions", "maker", "product", "release", "site"];
  const shared = ["operator", "maker", "product", "release", "functions", "domain", "kind"];
  const lower = texts.map((text) => text.toLowerCase());
  const sharedAt = (row: number, column: string) => elements.sorts[elements.sort[row]!]![shared.indexOf(column)]!;
  const found = new Map<string, readonly boolean[]>();
  const inShared = (search: string) => {
    const known = found.get(search);
    if (known) return known;
    found.clear();
    const answer = elements.sorts.map((sort) => sort.slice(0, 5).some((place) => lower[place]?.includes(search)));
    found.set(search, answer);
    return answer;
  };
  return {
    length: elements.ids.length,
    columns,
    value: (row, column) => {
      if (column === "element") return elements.ids[row]!;
      if (column === "site") return texts[elements.site[row]!] ?? "";
      if (column === "kind") return sharedAt(row, "kind");
      return texts[sharedAt(row, column)] ?? "";
    },
    matches: (row, { search, kind, operator, domain, site }) => {
      const sort = elements.sorts[elements.sort[row]!]!;
      if (kind !== "" && sort[6] !== Number(kind)) return false;
      if (operator !== "" && texts[sort[0]] !== operator) return false;
      if (domain !== "" && texts[sort[5]] !== domain) return false;
      if (site !== "" && texts[elements.site[row]!] !== site) return false;
      if (search === "" || inShared(search)[elements.sort[row]!]) return true;
      const place = elements.site[row]!;
      return elements.ids[row]!.toLowerCase().includes(search) || (place >= 0 && lower[place]!.includes(search));
    },
  };
}

/** The table of questions. */
export function questionRows(data: Payload): Rows {
  const { chains, texts } = data;
  const value = (row: number, column: string): string | number => {
    const chain = chains.rows[row]!;
    if (column === "kind") return chain.kind;
    if (column === "elements") return chain.elements;
    if (column === "who") return chain.who.join(" ");
    if (column === "reasons") return reasonIds(data, row).join(" ");
    return texts[chain[column === "example" ? "example" : column === "domain" ? "domain" : "operator"]] ?? "";
  };
  return {
    length: chains.rows.length,
    columns: ["kind", "elements", "operator", "domain", "reasons", "who", "example"],
    value,
    matches: (row, { search, kind, operator, domain }) => {
      const chain = chains.rows[row]!;
      if (kind !== "" && chain.kind !== Number(kind)) return false;
      if (operator !== "" && texts[chain.operator] !== operator) return false;
      if (domain !== "" && texts[chain.domain] !== domain) return false;
      const columns = ["operator", "domain", "reasons", "who", "example"];
      return search === "" || columns.some((column) => String(value(row, column)).toLowerCase().includes(search));
    },
  };
}

/** Ids of the rules that stand against a question in binding packs, sorted. */
export function reasonIds(data: Payload, chain: number): readonly string[] {
  const binding = data.chains.rows[chain]!.verdicts.filter(({ use }) => use === "binding");
  const ids = binding.flatMap(({ rules }) =>
    (data.texts[rules] ?? "")
      .split(" ")
      .filter((answer) => answer.endsWith("!"))
      .map((answer) => data.texts[data.rules[Number.parseInt(answer, 10)]!.id]!),
  );
  return [...new Set(ids)].sort();
}

/** Places of the rows that match, in the order of the data or of a column; equals keep the data's order. */
export function chooseRows(
  rows: Rows,
  filter: Filter,
  sort: { readonly column: string; readonly down: boolean } | null,
): number[] {
  const chosen: number[] = [];
  for (let row = 0; row < rows.length; row++) if (rows.matches(row, filter)) chosen.push(row);
  if (!sort) return chosen;
  const values = new Map(chosen.map((row) => [row, rows.value(row, sort.column)]));
  const turn = sort.down ? -1 : 1;
  return chosen.sort((a, b) => {
    const [left, right] = [values.get(a)!, values.get(b)!];
    return turn * (left < right ? -1 : left > right ? 1 : 0) || a - b;
  });
}
