import type { Dependence, DependenceRow } from "../model/dependence.ts";
import type { Span } from "../model/measure.ts";
import { decimal, percentText, spanText } from "./span-text.ts";
import { columns, counted, paint, printable, type Style, wrap } from "./terminal.ts";

const mostOperators = 12;
const mostPairs = 3;
const shownParts = ["access", "core"];
const byWords = { supplier: "maker", owner: "owner", country: "country" } as const;
const baseWords = { element: "elements", site: "sites", people: "people", traffic: "traffic" } as const;

/** How dependent the networks are on whom, in a few lines: access and core, for the nation and each operator. */
export function dependenceLines({ rows, similarity, people, traffic }: Dependence, style: Style): string[] {
  const shown = dependenceTable(rows);
  if (shown.length === 0) return [];
  return [
    paint(style, "bold", "Dependence: who made access and core"),
    ...shown,
    ...wrap(weightsText(people, traffic), "  "),
    ...wrap(similarityText(similarity), "  "),
  ];
}

/** Who made access and core, and what the numbers mean; nothing if there is neither. */
export function dependenceTable(rows: readonly DependenceRow[]): readonly string[] {
  const made = rows.filter((row) => row.channel === "made" && shownParts.includes(row.part) && row.scope !== "region");
  return made.length === 0 ? [] : [...table(made), ...wrap(notes(rows, made), "  ")];
}

/** By maker and element all of them; in other bases, by owner and country the nation's alone, as operators would fill pages. */
function table(made: readonly DependenceRow[]): readonly string[] {
  const operators = [...new Set(made.flatMap(({ scope, name }) => (scope === "operator" ? [name] : [])))];
  const shown = made.filter(({ scope, name, by, base }) => {
    if (scope === "nation") return by === "supplier" || base === "element";
    return operators.indexOf(name) < mostOperators && base === "element" && by === "supplier";
  });
  const header = [
    "whose, of what",
    "by",
    "counted in",
    "total",
    "unknown",
    "largest",
    "share",
    "HHI",
    "effective",
    "alike",
  ];
  const lines = columns([header, ...shown.map(cells)]);
  const more = operators.length - mostOperators;
  return more > 0 ? [...lines, `  and ${counted(more, "more operator")} (\`--output json\` has all)`] : lines;
}

function cells({ scope, name, part, by, base, total, unknown, holders, largest, ...row }: DependenceRow): string[] {
  return [
    `${scope === "nation" ? "nation" : printable(name)}, ${part}`,
    byWords[by],
    baseWords[base],
    amount(total),
    amount(unknown),
    holders[0] ? printable(holders[0].name) : "?",
    percentText(largest),
    row.hhi ? spanText(row.hhi) : "",
    row.effective ? spanText(row.effective, 2) : "",
    row.similar ? spanText(row.similar, 2) : "",
  ];
}

function amount(units: number): string {
  const whole = Math.abs(units - Math.round(units)) < 1e-3;
  return decimal(units, whole || units >= 1000 ? 0 : 1);
}

function notes(rows: readonly DependenceRow[], made: readonly DependenceRow[]): string {
  const unplaced = Math.max(...made.map((row) => row.unplaced));
  const open =
    unplaced > 0 ? ` ${counted(unplaced, "element")} may belong to a part or not, and widen its numbers.` : "";
  const worst = sharedTop(made);
  return `HHI from 0 to 10 000; effective: so many equal makers would be as concentrated; alike: the same with what their equipment has in common.${open}${worst} ${counted(rows.length, "row")} in \`--output json\`.`;
}

/** Several makers each, and one that is among the two largest of all of them: what no operator sees alone. */
function sharedTop(made: readonly DependenceRow[]): string {
  const access = made.filter(({ part, by, base }) => part === "access" && by === "supplier" && base === "element");
  const operators = access.filter(({ scope }) => scope === "operator");
  const nation = access.find(({ scope }) => scope === "nation");
  const top = nation?.holders[0];
  if (!top || operators.length < 2) return "";
  const with2 = operators.filter(
    ({ count, holders }) => count.least >= 2 && holders.some((one) => one.name === top.name),
  );
  if (with2.length < 2) return "";
  return ` ${counted(with2.length, "operator")} of ${operators.length} have two or more makers in access, and \`${printable(top.name)}\` is one of them at each: ${percentText(top.share)} of the nation's.`;
}

function weightsText(people: Dependence["people"], traffic: Dependence["traffic"]): string {
  const years = people.years.length > 0 ? ` of ${people.years.join(", ")}` : "";
  const sources = people.sources.length > 0 ? ` (${people.sources.map(printable).join("; ")})` : "";
  const persons = people.known
    ? `People are apportioned: a region's${years}${sources}, evenly over an operator's radio sites there; for the nation each counts once.`
    : "Shares of people are not known: regions.csv tells nobody's.";
  const told = traffic.origin === "table" && traffic.loose === 0;
  return `${persons} ${told ? "Traffic is what begins or ends at a site by demands.csv." : "Shares of traffic are not known: demands.csv does not tell all of it."}`;
}

function similarityText({ makers, withBills, pairs, weights }: Dependence["similarity"]): string {
  const most = pairs
    .slice(0, mostPairs)
    .map(({ a, b, common }) => `\`${printable(a)}\` and \`${printable(b)}\` ${parts(common)}`);
  const known = `Complete bills of materials that count are known of ${withBills} of ${counted(makers, "maker")}`;
  const shared =
    most.length > 0
      ? `; most in common: ${most.join(", ")}`
      : "; nobody's equipment is known to have anything in common";
  return `${known}${shared} (weights ${weights}).`;
}

function parts({ least, most }: Span): string {
  return percentText({ least: 100 * least, most: 100 * most }, 0);
}
