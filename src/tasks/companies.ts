import { type Companies, freeFloat } from "../model/inventory.ts";
import type { InventoryStore, TableRow } from "../model/ports/store.ts";
import type { Problem } from "../model/problem.ts";

const mostPercent = 100;

/** Reads the small tables, with a problem for every reference into nothing, number out of bounds, and circle of successors. */
export async function readCompanies(
  store: InventoryStore,
): Promise<{ companies: Companies; problems: readonly Problem[] }> {
  const suppliers = (await store.rows("suppliers")).map(({ values }) => ({
    id: text(values.id),
    name: text(values.name),
    seat: optional(values.seat),
  }));
  const operatorRows = await store.rows("operators");
  const operators = operatorRows.map(({ values, file, line }) => ({
    place: { file, line },
    id: text(values.id),
    name: text(values.name),
    increasedRisk: values.increased_risk === null ? null : values.increased_risk === "yes",
    customers: values.customers === null ? null : Number(values.customers),
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
      kind: values.kind === "control" ? "control" : "votes",
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
      ...outside(owners, "percent", mostPercent),
      ...owners.filter(({ values }) => values.kind === "control" && values.owner === freeFloat).map(decidesNothing),
      ...outside(operatorRows, "customers"),
      ...outside(await store.rows("regions"), "people"),
      ...circles(succession),
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

/** Numbers below 0 or above `most`: what they were to say is not known. */
function outside(rows: readonly TableRow[], column: string, most = Infinity): readonly Problem[] {
  const wanted = most === Infinity ? "0 or more" : `from 0 to ${most}`;
  return rows
    .filter(({ values }) => values[column] != null && !isWithin(values[column], most))
    .map(({ values, file, line }) => ({
      kind: "problem",
      code: "wrong-type",
      message: `expected a number ${wanted} as \`${column}\`, got \`${text(values[column])}\``,
      hint: "the row counts as if the number were not known; mend it",
      place: { file, line },
      rows: 0,
    }));
}

/** Whether a cell holds a number that is there and within its bounds. */
export function isWithin(value: string | number | null | undefined, most = Infinity): boolean {
  return typeof value === "number" && value >= 0 && value <= most && value < Infinity;
}

function decidesNothing({ values, file, line }: TableRow): Problem {
  return {
    kind: "problem",
    code: "wrong-shape",
    message: `expected a holder that decides \`${text(values.owned)}\`, got \`${freeFloat}\` with kind \`control\``,
    hint: `\`${freeFloat}\` stands for holders without control: leave \`kind\` empty, or name who decides`,
    place: { file, line },
    rows: 0,
  };
}

/** Successions that lie on a circle: found by taking away, again and again, whoever points at nobody left. */
function circles(rows: readonly TableRow[]): readonly Problem[] {
  let left = rows;
  for (;;) {
    const before = new Set(left.map(({ values }) => text(values.predecessor)));
    const after = new Set(left.map(({ values }) => text(values.successor)));
    const next = left.filter(({ values }) => before.has(text(values.successor)) && after.has(text(values.predecessor)));
    if (next.length === left.length) break;
    left = next;
  }
  return left.map(({ values, file, line }) => ({
    kind: "problem",
    code: "cycle",
    message: `\`${text(values.predecessor)}\` and \`${text(values.successor)}\` lie on a circle`,
    hint: "nothing is concluded from a circle; mend the row that closes it",
    place: { file, line },
    rows: 0,
  }));
}
