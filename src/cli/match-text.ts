import { counted, printable } from "../reports/terminal.ts";
import type { MatchResult } from "../tasks/match/match.ts";
import type { OpenText } from "../tasks/match/matches.ts";

const shownProblems = 5;

/** The proposals, for people: the texts on which most elements hang first, `limit` of them. */
export function matchText(
  { elements, setAside, texts, known, incomparable, open, problems }: MatchResult,
  limit: number,
): string {
  const aside = setAside > 0 ? `, ${counted(setAside, "record")} set aside` : "";
  const without = open.filter(({ proposals }) => proposals.length === 0).length;
  const lines = [
    `${elements} elements looked at${aside}: ${texts} distinct texts, ${known} known, ${open.length} to be confirmed (${without} without a proposal)`,
    ...(incomparable > 0
      ? [`${incomparable} release texts are in no evidence, so there is nothing to compare them with`]
      : []),
    ...open.slice(0, limit).flatMap(entry),
    ...(open.length > limit
      ? ["", `... and ${open.length - limit} more (\`--limit N\`, or all with \`--output json\`)`]
      : []),
    ...(open.length > 0 ? ["", "confirm one: freigabe match DIR --confirm TEXT --as MEANING --key KEYFILE"] : []),
    ...(problems.length > 0 ? ["", `problems: ${problems.length}`] : []),
    ...problems
      .slice(0, shownProblems)
      .map(({ place, message }) => `  ${place.file}${place.line ? `:${place.line}` : ""}: ${message}`),
    ...(problems.length > shownProblems
      ? [`  ... and ${problems.length - shownProblems} more (\`--output json\`)`]
      : []),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function entry({ column, text, product, elements, proposals }: OpenText): readonly string[] {
  const of = product === undefined ? "" : ` of ${product}`;
  const none = `  no proposal: add a row to ${column === "maker" ? "suppliers.csv" : "products.csv"}`;
  return [
    "",
    `${column} \`${text}\`${of}: ${elements} ${elements === 1 ? "element" : "elements"}`,
    ...(proposals.length === 0 ? [none] : proposals.map(({ as, reason }) => `  ${as.padEnd(32)} ${reason}`)),
  ];
}
