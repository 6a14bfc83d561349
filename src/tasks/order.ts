import { sha256In } from "../model/digest.ts";
import { splitFunctions } from "../model/functions.ts";
import { asName } from "../model/name.ts";
import type { ReadFile } from "../model/ports/files.ts";
import type { Problem } from "../model/problem.ts";
import { readSpreadsheet } from "../readers/spreadsheet.ts";

/** Columns of an order; those after `functions` may be left out. */
export const orderColumns = {
  line: "name of the line, unique in the order",
  operator: "operator id that will be responsible",
  maker: "supplier id, or a text that a signed alias explains",
  product: "product id, or a text that a signed alias explains",
  release: "exact version text that will be delivered",
  functions: "3GPP or transport names, several joined by `;`",
  digest: "SHA-256 of the release manifest, 64 hex digits, after `sha256:` or not",
  quantity: "number of elements, 1 if empty",
  maintained_by: "supplier whose people will work on it",
  place: "country they work from, ISO 3166-1 alpha-2",
  access: "`mediated`, `unmediated` or `none`",
} as const;

const needed = ["line", "operator", "maker", "product", "release", "functions"] as const;
const mostQuantity = 10_000_000;

export interface OrderedLine {
  readonly line: number;
  readonly id: string;
  readonly operator: string;
  readonly maker: string | null;
  readonly product: string | null;
  readonly release: string | null;
  readonly digest: string | null;
  readonly functions: string | null;
  readonly quantity: number;
  readonly parties: string;
}

export interface Order {
  readonly lines: readonly OrderedLine[];
  /** Lines that could not be read; each counts as undecided/input. */
  readonly setAside: readonly { readonly line: number; readonly id: string }[];
  readonly problems: readonly Problem[];
}

/** Reads an order (CSV with a header). A file that cannot be read as a whole has no lines and says so. */
export function readOrder(file: ReadFile): Order {
  const { sheet, problems } = readSpreadsheet(file.bytes, file.name);
  if (!sheet) return { lines: [], setAside: [{ line: 1, id: file.name }], problems };
  const missing = needed.filter((name) => !sheet.header.includes(name));
  if (missing.length > 0) {
    const text = `expected the columns ${needed.join(", ")}; missing: ${missing.join(", ")}`;
    return {
      lines: [],
      setAside: [{ line: 1, id: file.name }],
      problems: [...problems, fault(file.name, 1, "missing-column", text, 0)],
    };
  }
  const unknown = sheet.header
    .filter((name) => !(name in orderColumns))
    .map((name) => fault(file.name, 1, "unknown-column", `column \`${name}\` is not read`, 0));
  const given = sheet.rows.map(({ line, cells }) => {
    return { line, cell: (name: string) => asName(cells[sheet.header.indexOf(name)] ?? "") || null };
  });
  // Names as they are read, not as they are written: an exception for one line must not come to two.
  const ids = Map.groupBy(given, ({ cell }) => cell("line"));
  const read = given.map(({ line, cell }) => readLine(file.name, line, cell, ids.get(cell("line"))!.length > 1));
  const broken = problems
    .filter(({ rows }) => rows > 0)
    .map(({ place }) => ({ line: place.line ?? 0, id: `line ${place.line}` }));
  return {
    lines: read.flatMap((one) => ("fault" in one ? [] : [one])),
    setAside: [...broken, ...read.flatMap((one) => ("fault" in one ? [{ line: one.line, id: one.id }] : []))],
    problems: [...problems, ...unknown, ...read.flatMap((one) => ("fault" in one ? [one.fault] : []))],
  };
}

type Cell = (name: string) => string | null;

function readLine(
  file: string,
  line: number,
  cell: Cell,
  repeated: boolean,
): OrderedLine | { fault: Problem; line: number; id: string } {
  const id = cell("line") ?? `line ${line}`;
  const refuse = (code: Problem["code"], text: string) => ({ fault: fault(file, line, code, text, 1), line, id });
  const operator = cell("operator");
  const quantity = Number(cell("quantity") ?? "1");
  const access = cell("access");
  if (cell("line") === null) return refuse("missing-value", "expected a name in `line`, got an empty cell");
  if (repeated) return refuse("duplicate-id", `line name \`${id}\` stands more than once`);
  if (operator === null) return refuse("no-operator", "expected an operator id, got an empty cell");
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > mostQuantity) {
    return refuse("wrong-type", `expected a quantity from 1 to ${mostQuantity}, got \`${cell("quantity")}\``);
  }
  if (access !== null && !["mediated", "unmediated", "none"].includes(access)) {
    return refuse("wrong-type", `expected \`mediated\`, \`unmediated\` or \`none\` in \`access\`, got \`${access}\``);
  }
  const said = cell("digest");
  const digest = said === null ? null : (sha256In(said) ?? null);
  if (said !== null && digest === null) {
    return refuse("wrong-type", `expected a SHA-256 as 64 hex digits in \`digest\`, got \`${said.slice(0, 80)}\``);
  }
  const party = cell("maintained_by");
  const names = splitFunctions(cell("functions"));
  return {
    line,
    id,
    operator,
    maker: cell("maker"),
    product: cell("product"),
    release: cell("release"),
    digest,
    functions: names.length > 0 ? names.join(";") : null,
    quantity,
    parties: party === null ? "" : `${party}|${cell("place") ?? ""}|${access ?? ""}`,
  };
}

function fault(file: string, line: number, code: Problem["code"], message: string, rows: number): Problem {
  return {
    kind: "problem",
    code,
    message,
    hint: "`freigabe gate --help` lists the columns",
    place: { file, line },
    rows,
  };
}
