import type { Assessment } from "../model/assessment.ts";
import type { TurnedVerdict, VerdictDifference } from "../model/ports/compare.ts";
import { columns, counted, grouped, paint, printable, type Style, wrap } from "./terminal.ts";

const mostNames = 5;
const mostListed = 8;

/** What a change of files did to an assessment. */
export interface Change {
  /** Files that changed. */
  readonly files: readonly string[];
  readonly tablesRead: boolean;
  readonly before: Assessment;
  readonly after: Assessment;
  readonly difference: VerdictDifference;
}

/** A change for people: which verdicts turned from what to what and by which rule, counts, findings that came and went. */
export function differenceText(change: Change, style: Style): string {
  const { before, after } = change;
  const sections = [
    head(change, style),
    turned(change, style),
    counts(before, after),
    cameAndWent("Finding", findingsOf(before), findingsOf(after), style),
    cameAndWent("Problem", problemsOf(before), problemsOf(after), style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function head({ files, tablesRead }: Change, style: Style): string[] {
  const names = files.slice(0, mostNames).map(printable).join(", ");
  const more = files.length > mostNames ? ` and ${counted(files.length - mostNames, "more file")}` : "";
  const tables = tablesRead ? "tables read again" : "tables as they were read";
  return [paint(style, "bold", `Changed: ${names}${more} (${tables})`)];
}

function turned({ difference: { turned: number, turns, examples, otherReasons } }: Change, style: Style): string[] {
  const others = otherReasons > 0 ? [`  ${counted(otherReasons, "verdict")} stand as before, for other reasons`] : [];
  if (number === 0) return [paint(style, "bold", "No verdict turned"), ...others];
  const rows = turns.map(({ before, after, verdicts }) => [
    `${before ?? "(new)"} -> ${after ?? "(gone)"}`,
    grouped(verdicts),
  ]);
  const rest = number - examples.length;
  return [
    paint(style, "bold", `${counted(number, "verdict")} turned`),
    ...columns(rows.slice(0, mostListed)),
    ...(rows.length > mostListed ? [`  and ${rows.length - mostListed} more kinds of turns`] : []),
    ...examples.flatMap(oneTurned),
    ...(rest > 0 ? [`  and ${grouped(rest)} more (\`--output csv\` has all)`] : []),
    ...others,
  ];
}

function oneTurned({ element, operator, before, after, rules }: TurnedVerdict): string[] {
  const who = `${element ?? "a record without an id"}${operator === null ? "" : ` of ${operator}`}`;
  const by = rules === "" ? "" : ` by ${rules.split(";").join(", ")}`;
  return wrap(`${who}: ${before ?? "new"} -> ${after ?? "gone"}${by}`, "    ");
}

function counts(before: Assessment, after: Assessment): string[] {
  const row = (name: string, from: number, to: number) => [name, grouped(from), grouped(to)];
  return columns([
    ["", "before", "after"],
    ...(["admitted", "refused", "undecided"] as const).map((name) =>
      row(name, before.verdicts[name], after.verdicts[name]),
    ),
    row("set aside", before.setAside, after.setAside),
  ]);
}

const findingsOf = ({ findings }: Assessment) =>
  new Map(findings.map(({ code, title }) => [`${code} ${title}`, title]));

const problemsOf = ({ problems }: Assessment) =>
  new Map(
    problems.map(({ place: { file, line, pointer }, message }) => {
      const text = `${file}${line !== undefined ? `:${line}` : (pointer ?? "")}: ${message}`;
      return [text, text];
    }),
  );

function cameAndWent(
  what: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  style: Style,
): string[] {
  const list = (title: string, some: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) => {
    const found = [...some].flatMap(([key, text]) => (others.has(key) ? [] : [text])).sort();
    if (found.length === 0) return [];
    const more = found.length > mostListed ? [`  and ${found.length - mostListed} more`] : [];
    return [paint(style, "bold", title), ...found.slice(0, mostListed).flatMap((text) => wrap(text, "  ")), ...more];
  };
  return [...list(`${what}s that came`, after, before), ...list(`${what}s that went`, before, after)];
}
