import {
  type Assessment,
  type Breakdown,
  lookedAtNothing,
  type NetworkVerdict,
  type Reason,
} from "../model/assessment.ts";
import type { Basis } from "../model/basis.ts";
import { commentLines } from "./comments-text.ts";
import { completenessText } from "./completeness-text.ts";
import { dependenceLines } from "./dependence-text.ts";
import { exceptionLines } from "./exceptions-text.ts";
import { exposureLines } from "./exposure-lines.ts";
import { outageLines } from "./outage-lines.ts";
import { recordedText } from "./recorded.ts";
import { columns, counted, grouped, paint, printable, type Style, wrap } from "./terminal.ts";
import { basisWords, outcomeColour } from "./words.ts";

const mostReasons = 6;
const mostFindings = 8;
const mostProblems = 10;
const mostLimits = 8;

/** An assessment for people: what was looked at, the verdicts, why, who can act, what was set aside, what next. */
export function assessmentText(result: Assessment, style: Style, next: readonly string[] = []): string {
  const sections = [
    head(result, style),
    verdicts(result, style),
    parts(result, style),
    reasons(result, style),
    commentLines(result, style),
    exceptionLines(result, style),
    parameters(result, style),
    compared(result, style),
    network(result, style),
    dependenceLines(result.dependence, style),
    exposureLines(result.exposure, style),
    outageLines(result.outage, style),
    findings(result, style),
    aside(result, style),
    foot(result),
  ];
  const ways = next.length > 0 ? [[paint(style, "bold", "Next"), ...next.map((line) => `  ${line}`)]] : [];
  return `${[...sections, ...ways]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function head(result: Assessment, style: Style): string[] {
  const { title, action, asOf, knownAt, demo, projection } = result;
  const unvouched = completenessText(result.completeness);
  const packs = result.packs.map(({ name, version, use }) => `${name} v${version} (${use})`).join(", ");
  return [
    paint(style, "bold", printable(title)),
    `  ${action}, as of ${asOf}, known at ${knownAt}${projection ? " (a projection: as of lies after known at)" : ""}`,
    `  packs: ${packs}`,
    ...(demo ? ["  DEMONSTRATION: keys and evidence named `DEMO-` count here"] : []),
    ...(unvouched === undefined ? [] : wrap(unvouched, "  ")),
  ];
}

function verdicts(assessment: Assessment, style: Style): string[] {
  const { examined, assessed, setAside, left, notInUse, planned } = assessment;
  const { verdicts: found, basis, grades, nobodyCanAct } = assessment;
  const total = found.admitted + found.refused + found.undecided;
  const gone = left.verdicts > 0 ? `, ${grouped(left.elements)} left` : "";
  const plans = planned > 0 ? ` (${grouped(planned)} planned)` : "";
  const looked = `Looked at ${counted(examined, "element")}: ${grouped(assessed)} assessed, ${grouped(setAside)} set aside${gone}; ${grouped(notInUse)} more not in use${plans}`;
  if (lookedAtNothing(assessment))
    return [paint(style, "bold", looked), "  nothing was looked at, so nothing is shown to be in order"];
  const share = (count: number) => `${((100 * count) / total).toFixed(1)} %`;
  const of = (bases: readonly (readonly [string, number])[]) =>
    bases.map(([name, count]) => `${grouped(count)} ${name}`).join(", ");
  const kinds = Map.groupBy(Object.entries(basis), ([name]) => outcomeOf(name as Basis));
  const rows = (["admitted", "refused", "undecided"] as const).map((outcome) => [
    outcome,
    grouped(found[outcome]),
    share(found[outcome]),
  ]);
  const lines = columns(rows).map((line, index) => {
    const outcome = (["admitted", "refused", "undecided"] as const)[index]!;
    const bases = (kinds.get(outcome) ?? []).map(([name, count]) =>
      paint(style, outcomeColour(outcome, name), `${grouped(count)} ${name}`),
    );
    // The row of all admissions has no colour: those without a duty must not look green.
    const row = outcome === "admitted" ? line : paint(style, outcomeColour(outcome), line);
    return bases.length > 0 ? `${row}  ${bases.join(", ")}` : row;
  });
  const names = Object.keys(basis) as Basis[];
  const legend = names.map((name) => `  ${name.padEnd(15)} ${basisWords[name] ?? ""}`);
  return [
    paint(style, "bold", looked),
    `${counted(total, "verdict")} (one for each element and responsible operator):`,
    ...lines,
    ...(nobodyCanAct > 0 ? [`  of these, ${grouped(nobodyCanAct)} undecided that nobody can turn today`] : []),
    ...(Object.keys(grades).length > 0
      ? [`  lowest grade of evidence behind a verdict: ${of(Object.entries(grades))}`]
      : []),
    "",
    ...legend,
  ];
}

function outcomeOf(basis: Basis): "admitted" | "refused" | "undecided" {
  if (basis === "rule") return "refused";
  const admits: readonly Basis[] = ["evidence", "no-duty", "earlier-regime", "exception"];
  return admits.includes(basis) ? "admitted" : "undecided";
}

function parts({ operators, domains, setAside, basis: all }: Assessment, style: Style): string[] {
  const excepted = all.exception !== undefined;
  const table = (title: string, rows: readonly Breakdown[]) => [
    [title, "admitted", "of it no-duty", ...(excepted ? ["by exception"] : []), "refused", "undecided"],
    ...rows.map(({ name, verdicts: found, basis }) => [
      printable(name),
      ...[found.admitted, basis["no-duty"] ?? 0].map(grouped),
      ...(excepted ? [grouped(basis.exception ?? 0)] : []),
      ...[found.refused, found.undecided].map(grouped),
    ]),
  ];
  if (operators.length === 0) return [];
  const [byOperator, byDomain] = [columns(table("operator", operators)), columns(table("domain", domains))];
  const missing = setAside === 0 ? [] : ["", `  without the ${grouped(setAside)} set aside, which count as undecided`];
  return [paint(style, "bold", "By operator and domain"), ...byOperator, "", ...byDomain, ...missing];
}

function reasons({ reasons: found }: Assessment, style: Style): string[] {
  if (found.length === 0) return [];
  const shown = found.slice(0, mostReasons).flatMap((reason, at) => {
    const ways = waysOut(reason);
    const same = at > 0 && ways.join() === waysOut(found[at - 1]!).join();
    return [...oneReason(reason), ...(same ? ["      who can act, and how: as above"] : ways)];
  });
  const more =
    found.length > mostReasons
      ? [`  and ${counted(found.length - mostReasons, "more rule")} (\`--output json\` has all)`]
      : [];
  return [paint(style, "bold", "Largest reasons"), ...shown, ...more];
}

function oneReason({ rule, pack, title, cites, certainty, refused, undecided }: Reason): string[] {
  return [
    `  ${rule}  ${grouped(refused)} refused, ${grouped(undecided)} undecided`,
    ...wrap(`required: ${title}. ${cites} [${certainty}], ${pack}`, "      "),
  ];
}

function waysOut({ remedy, who, example, change }: Reason): string[] {
  const actors = Object.entries(who).map(([name, count]) => `${name} (${grouped(count)})`);
  const least = change?.map(({ title: what, who: actor }) => `${what} (${actor})`).join("; and ");
  return [
    ...wrap(`who can act: ${actors.join(", ") || "operator"}; for example ${example}`, "      "),
    ...wrap(least ? `least change there: ${least}` : `remedy: ${remedy}`, "      "),
  ];
}

function parameters({ packs }: Assessment, style: Style): string[] {
  const open = packs.flatMap(({ name: pack, parameters: all }) =>
    all
      .filter(({ confirmed, hanging }) => !confirmed && Object.keys(hanging).length > 0)
      .map((parameter) => ({ pack, ...parameter })),
  );
  if (open.length === 0) return [];
  const turns = Map.groupBy(open, ({ hanging }) => Object.values(hanging).some((count) => count > 0));
  const lines = (turns.get(true) ?? []).flatMap(({ pack, name, value, title, hanging }) => {
    const turned = Object.entries(hanging).flatMap(([other, count]) =>
      count > 0 ? [`${grouped(count)} if \`${other}\``] : [],
    );
    return [`  ${name} = ${value} (${pack}): ${turned.join(", ")}`, ...wrap(title, "      ")];
  });
  const idle = (turns.get(false) ?? []).map(({ pack, name, value }) => `${name} = ${value} (${pack})`);
  const none = idle.length > 0 ? wrap(`no verdict hangs on ${idle.join(", ")}`, "  ") : [];
  return [paint(style, "bold", "Unconfirmed parameters, and the verdicts that hang on them"), ...lines, ...none];
}

function compared({ packs }: Assessment, style: Style): string[] {
  // A pack about networks alone has no verdicts on elements.
  const spoke = ({ verdicts }: Assessment["packs"][number]) => Object.values(verdicts).some((count) => count > 0);
  const others = packs.filter((pack) => pack.use === "compare" && spoke(pack));
  if (others.length === 0) return [];
  const rows = others.map(({ name, verdicts: found }) => [
    name,
    ...[found.admitted, found.refused, found.undecided].map(grouped),
  ]);
  return [
    paint(style, "bold", "Beside it, for comparison only"),
    ...columns([["pack", "admitted", "refused", "undecided"], ...rows]),
  ];
}

/** Limits that are broken or open, those of binding packs first, and of the nation before operators'. */
function network({ network: found }: Assessment, style: Style): string[] {
  const open = found.filter(({ outcome, advice }) => outcome !== "admitted" || advice.length > 0);
  if (open.length === 0) return [];
  const rank = ({ use, outcome, scope }: NetworkVerdict) =>
    (use === "binding" ? 0 : 6) + (scope === "nation" ? 0 : 3) + ["refused", "undecided", "admitted"].indexOf(outcome);
  const sorted = open.toSorted((a, b) => rank(a) - rank(b));
  const lines = sorted
    .slice(0, mostLimits)
    .flatMap((verdict) => [...wrap(oneLimit(verdict), "  "), ...wrap(verdict.detail, "      ")]);
  const more = open.length - mostLimits;
  return [
    paint(style, "bold", "Limits on the network as a whole"),
    ...lines,
    ...(more > 0 ? [`  and ${counted(more, "more limit")} (\`--output json\` has all)`] : []),
  ];
}

function oneLimit({ pack, use, scope, operator, segment, outcome, reasons: why, advice }: NetworkVerdict): string {
  const whose = scope === "nation" ? "all operators together" : operator;
  const against = outcome === "admitted" ? [] : [`${outcome} by ${why.join(", ")}`];
  const told = advice.length > 0 ? [`advice ${advice.join(", ")}`] : [];
  return `${whose}, ${segment}: ${[...against, ...told].join("; ")} (${pack}, ${use})`;
}

function findings({ findings: found }: Assessment, style: Style): string[] {
  if (found.length === 0) return [];
  const lines = found
    .slice(0, mostFindings)
    .flatMap(({ code, title, detail }) => [
      `  ${code.startsWith("advice:") ? "advised: " : ""}${printable(title)}`,
      ...wrap(detail, "      "),
    ]);
  const more = found.length > mostFindings ? [`  and ${found.length - mostFindings} more findings`] : [];
  return [paint(style, "bold", "Findings (they never decide)"), ...lines, ...more];
}

function aside({ problems, setAside, usesSetAside }: Assessment, style: Style): string[] {
  if (problems.length === 0) return [];
  const lines = problems.slice(0, mostProblems).flatMap(({ place, message, hint, rows }) => {
    const where = `${place.file}${place.line !== undefined ? `:${place.line}` : (place.pointer ?? "")}`;
    return wrap(
      `${where}: ${message}${hint ? ` (${hint})` : ""}${rows > 1 ? ` [${grouped(rows)} records]` : ""}`,
      "  ",
    );
  });
  const more = problems.length > mostProblems ? [`  and ${problems.length - mostProblems} more problems`] : [];
  return [
    paint(
      style,
      "bold",
      `Could not be read: ${counted(problems.length, "problem")}, ${counted(setAside + usesSetAside, "record")} set aside as undecided/input`,
    ),
    ...lines,
    ...more,
  ];
}

function foot({ inputs, evidence, audit, engine, recorded }: Assessment): string[] {
  const { statements, later, unsigned } = evidence;
  return [
    `${counted(inputs.length, "input file")}; ${counted(statements, "statement")} accepted as evidence, ${later} signed later than known at, ${unsigned} without signature.`,
    `Cedar ${engine.cedar} was asked again ${counted(audit.asked, "time")} about ${counted(audit.questions, "question")}: ${counted(audit.differences, "difference")}.`,
    recordedText(recorded, "`--record` enters it in the ledger"),
  ];
}
