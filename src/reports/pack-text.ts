import type { FactDefinition } from "../model/fact.ts";
import type { Pack } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import { printable, wrap } from "./terminal.ts";

interface Report {
  readonly name: string;
  readonly origin: string;
  readonly pack?: Pack;
  readonly problems: readonly Problem[];
}

interface TestReport extends Report {
  readonly passed: boolean;
  readonly uncovered: readonly string[];
  readonly results: readonly {
    readonly name: string;
    readonly file: string;
    readonly line: number;
    readonly passed: boolean;
    readonly expected: unknown;
    readonly got: unknown;
  }[];
}

/** What packs speak of: actions, rules, parameters. */
export function packListText(reports: readonly Report[]): string {
  return text(
    reports.flatMap((report) => {
      const { name, origin, pack } = report;
      if (!pack) return [`${name} (${origin}): does not load`, ...problems(report)];
      const rules = pack.rules.map(
        ({ id, kind, title, from, until }) =>
          `${id} (${kind}${from ? `, from ${from}` : ""}${until ? `, until ${until}` : ""}): ${title}`,
      );
      const parameters = Object.entries(pack.manifest.parameters ?? {}).map(
        ([key, { title, confirmed }]) =>
          `${key} = ${pack.parameters[key]}${confirmed ? "" : " (unconfirmed)"}: ${title}`,
      );
      return [
        `${name} v${pack.version} (${origin}): ${pack.title}`,
        `  speaks of ${pack.actions.join(", ")}; sha256 ${pack.digest.slice(0, 16)}`,
        ...rules.flatMap((line) => wrap(line, "  ")),
        ...(parameters.length > 0 ? ["  parameters", ...parameters.flatMap((line) => wrap(line, "    "))] : []),
        "",
      ];
    }),
  );
}

/** Whether each pack loads, and if not every reason by file and line. */
export function packValidateText(reports: readonly Report[]): string {
  return text(
    reports.flatMap((report) => {
      const { name, pack } = report;
      if (!pack) return [`x ${name}: refused, ${report.problems.length} problems`, ...problems(report)];
      const entries = [...pack.tables.values()].flat().reduce((sum, table) => sum + table.forbids.length, 0);
      const dead = pack.dead.map((id) => `    note: rule ${id} fires at no value of anything`);
      return [
        `+ ${name}: valid and monotone; ${pack.rules.length} rules, ${entries} entries in their truth tables`,
        ...dead,
      ];
    }),
  );
}

/** How each pack's own tests came out. */
export function packTestText(reports: readonly TestReport[]): string {
  return text(
    reports.flatMap((report) => {
      const { name, results, passed, uncovered } = report;
      const failed = results.filter((one) => !one.passed);
      const lines = failed.flatMap(({ name: test, file, line, expected, got }) => [
        `  ${file}:${line}: ${test}`,
        `      expected ${JSON.stringify(expected)}`,
        `      got      ${JSON.stringify(got)}`,
      ]);
      const none = results.length === 0 ? ["  no test: put cases into tests/*.yaml"] : [];
      const open =
        uncovered.length > 0
          ? wrap(`no test shows that these rules can stop anything: ${uncovered.join(", ")}`, "  ")
          : [];
      return [
        `${passed ? "+" : "x"} ${name}: ${results.length - failed.length} of ${results.length} tests pass`,
        ...problems(report),
        ...none,
        ...lines,
        ...open,
      ];
    }),
  );
}

/** The catalogue: each fact with its question and values. */
export function factListText(facts: readonly FactDefinition[]): string {
  return text(
    facts.flatMap(({ name, mode, subject, question, values, labels, who }) => {
      const all =
        values.length > 8
          ? `${values[0]} to ${values.at(-1)}`
          : values
              .map((value, at) => (labels?.[at] ? `${value} (${labels[at]})` : String(value)))
              .join(mode === "graded" ? " < " : ", ");
      return [
        `${name} (${mode}, about the ${subject})`,
        ...wrap(question, "    "),
        ...wrap(`${mode === "graded" ? "worst to best" : "one of"}: ${all}`, "    "),
        `    who: ${who.join(", ")}`,
      ];
    }),
  );
}

function problems({ problems: found }: Report): string[] {
  return found.flatMap(({ place, message, hint }) => [
    ...wrap(`${place.file}:${place.line ?? 1}: ${message}`, "    "),
    ...(hint ? wrap(`instead: ${hint}`, "        ") : []),
  ]);
}

function text(lines: readonly string[]): string {
  return `${lines.map(printable).join("\n").trimEnd()}\n`;
}
