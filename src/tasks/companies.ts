import type { Companies } from "../model/inventory.ts";
import type { InventoryStore, TableRow } from "../model/ports/store.ts";
import type { Problem } from "../model/problem.ts";

/** Reads the small tables, with a problem for every reference into nothing and every circle. */
export async function readCompanies(
  store: InventoryStore,
): Promise<{ companies: Companies; problems: readonly Problem[] }> {
  const suppliers = (await store.rows("suppliers")).map(({ values }) => ({
    id: text(values.id),
    name: text(values.name),
    seat: optional(values.seat),
  }));
  const operators = (await store.rows("operators")).map(({ values, file, line }) => ({
    place: { file, line },
    id: text(values.id),
    name: text(values.name),
    increasedRisk: values.increased_risk === null ? null : values.increased_risk === "yes",
  }));
  const products = await store.rows("products");
  const owners = await store.rows("owners");
  const succession = await store.rows("succession");
  const known = new Set(suppliers.map(({ id }) => id));
  const companies: Companies = {
    suppliers: byId(suppliers),
    operators: byId(operators),
    products: byId(
      products.map(({ values }) => ({
        id: text(values.id),
        supplier: text(values.supplier),
        name: text(values.name),
        cpe: optional(values.cpe),
        purl: optional(values.purl),
      })),
    ),
    owners: owners.map(({ values }) => ({
      owner: text(values.owner),
      owned: text(values.owned),
      percent: Number(values.percent),
      from: optional(values.from),
      until: optional(values.until),
    })),
    succession: succession.map(({ values }) => ({
      predecessor: text(values.predecessor),
      successor: text(values.successor),
      day: text(values.day),
    })),
  };
  return {
    companies,
    problems: [
      ...dangling(products, "supplier", known),
      ...dangling(owners, "owned", known),
      ...dangling(succession, "predecessor", known),
      ...dangling(succession, "successor", known),
      ...circles(owners, "owner", "owned"),
      ...circles(succession, "predecessor", "successor"),
    ],
  };
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function text(value: string | number | null | undefined): string {
  return String(value ?? "");
}

function optional(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function dangling(rows: readonly TableRow[], column: string, known: ReadonlySet<string>): readonly Problem[] {
  return rows
    .filter(({ values }) => !known.has(text(values[column])))
    .map(({ values, file, line }) => ({
      kind: "problem",
      code: "dangling-reference",
      message: `\`${column}\` names \`${text(values[column])}\`, which is no id in suppliers.csv`,
      hint: "add the supplier, or mend the id",
      place: { file, line },
      rows: 0,
    }));
}

/** Rows that lie on a circle: found by taking away, again and again, whoever points at nobody left. */
function circles(rows: readonly TableRow[], from: string, to: string): readonly Problem[] {
  let left = rows;
  for (;;) {
    const sources = new Set(left.map(({ values }) => text(values[from])));
    const targets = new Set(left.map(({ values }) => text(values[to])));
    const next = left.filter(({ values }) => sources.has(text(values[to])) && targets.has(text(values[from])));
    if (next.length === left.length) break;
    left = next;
  }
  return left.map(({ values, file, line }) => ({
    kind: "problem",
    code: "cycle",
    message: `\`${text(values[from])}\` and \`${text(values[to])}\` lie on a circle`,
    hint: "nothing is concluded from a circle; mend the row that closes it",
    place: { file, line },
    rows: 0,
  }));
}
