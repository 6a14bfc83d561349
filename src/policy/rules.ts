import type { FactDefinition } from "../model/fact.ts";
import type { PackFile, Rule } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import type { Action } from "../model/verdict.ts";
import { readAnnotations } from "./annotations.ts";
import { type Complaint, type PolicyJson, parsePolicy } from "./cedar.ts";
import { isBlanket, readShape, type Shape } from "./guard.ts";
import { lineOfByte, type Part, splitFile } from "./parts.ts";
import { compareText, refusal } from "./refusal.ts";
import { fits } from "./schema.ts";

const mostRules = 300;

/** A rule, the actions it speaks of, and whether its head names them. */
export interface ReadRule {
  readonly rule: Rule;
  readonly actions: readonly Action[];
  readonly named: boolean;
}

/** The rules in a pack's `.cedar` files; each that may not stand there is a problem and not among them. */
export function readRules(
  files: readonly PackFile[],
  catalogue: readonly FactDefinition[],
  actions: readonly Action[],
): { readonly rules: readonly ReadRule[]; readonly problems: readonly Problem[] } {
  const sources = files.filter((file) => file.path.endsWith(".cedar")).sort((a, b) => compareText(a.path, b.path));
  const split = sources.filter((file) => !file.path.includes("/")).map(splitFile);
  const parsed = split.flatMap(({ parts }) => parts.map(parse));
  // What a file that could not be split lacks is not known.
  const whole = split.every(({ problems }) => problems.length === 0);
  const permits = parsed.filter(isPermit);
  const facts = new Map(catalogue.map((fact) => [fact.name, fact]));
  const read = parsed.filter(isForbid).map(({ part, json }) => readForbid(part, json, facts, actions));
  const rules = read.flatMap(({ rule }) => (rule ? [rule] : []));
  return {
    rules,
    problems: [
      ...sources.flatMap(misplaced),
      ...split.flatMap(({ problems }) => problems),
      ...parsed.flatMap(({ problems }) => problems),
      ...checkPermits(sources, permits, whole),
      ...read.flatMap(({ problems }) => problems),
      ...checkIds(rules),
      ...checkCount(sources, read.length, whole),
    ],
  };
}

interface Parsed {
  readonly part: Part;
  readonly json?: PolicyJson;
  readonly problems: readonly Problem[];
}
type ParsedPolicy = Parsed & { readonly json: PolicyJson };

function parse(part: Part): Parsed {
  const answer = parsePolicy(part.text);
  if ("effect" in answer) return { part, json: answer, problems: [] };
  return { part, problems: answer.map((complaint) => complaintProblem(part, complaint)) };
}

/** A complaint of Cedar about a part, at its own file and line. */
export function complaintProblem(part: Part, { message, help, byte }: Complaint): Problem {
  const line = part.line + lineOfByte(part.text, byte ?? 0) - 1;
  const plain = message.replace(/^for policy `[^`]*`[,:] /, "");
  return refusal(
    { file: part.file, line },
    plain,
    help?.replace(/^for policy `[^`]*`, /, "") ?? "see docs/write-a-pack.md",
  );
}

function isPermit(parsed: Parsed): parsed is ParsedPolicy {
  return parsed.json?.effect === "permit";
}

function isForbid(parsed: Parsed): parsed is ParsedPolicy {
  return parsed.json?.effect === "forbid";
}

function misplaced({ path }: PackFile): readonly Problem[] {
  if (!path.includes("/")) return [];
  return [refusal({ file: path }, `expected rules at the top of the pack, got \`${path}\``, "move the file up")];
}

function checkPermits(
  sources: readonly PackFile[],
  permits: readonly ParsedPolicy[],
  whole: boolean,
): readonly Problem[] {
  const blanket = "permit (principal, action, resource);";
  if (permits.length === 0) {
    if (!whole) return [];
    const place = { file: sources[0]?.path ?? "rules.cedar", line: 1 };
    return [refusal(place, "expected one blanket permit in the pack, got none", `begin with \`${blanket}\``)];
  }
  const [first, ...more] = permits;
  const second = more.map(({ part }) =>
    refusal(part, "a second permit: it could admit past the rules", "take it out; write each requirement as a forbid"),
  );
  const conditional = isBlanket(first!.json)
    ? []
    : [
        refusal(
          first!.part,
          "the permit has conditions: where they fail nothing names a reason",
          `write \`${blanket}\``,
        ),
      ];
  return [...conditional, ...second];
}

function readForbid(
  part: Part,
  json: PolicyJson,
  facts: ReadonlyMap<string, FactDefinition>,
  actions: readonly Action[],
): { readonly rule?: ReadRule; readonly problems: readonly Problem[] } {
  const { rule, problems } = readAnnotations(part, json);
  const shape = readShape(json, facts);
  const spoken = speaksOf(part, shape, facts, actions);
  const found = [
    ...problems,
    ...shape.faults.map(({ message, hint }) => refusal(part, message, hint)),
    ...spoken.problems,
  ];
  if (!rule || found.length > 0) return { problems: found };
  const named = shape.names !== undefined;
  return { rule: { rule: { ...rule, reads: shape.reads }, actions: spoken.actions, named }, problems: [] };
}

function speaksOf(
  part: Part,
  { reads, names }: Shape,
  facts: ReadonlyMap<string, FactDefinition>,
  actions: readonly Action[],
): { readonly actions: readonly Action[]; readonly problems: readonly Problem[] } {
  const known = reads.flatMap((name) => facts.get(name) ?? []);
  const refuse = (message: string, hint: string) => ({ actions: [], problems: [refusal(part, message, hint)] });
  const [first, other] = [known[0], known.find((fact) => fact.subject !== known[0]?.subject)];
  if (first && other) {
    const message = `reads facts of an element and of a network: \`${first.name}\` and \`${other.name}\``;
    return refuse(message, "write two rules, one for `depend`");
  }
  const stray = names?.find((name) => !actions.some((action) => action === name));
  if (stray !== undefined) return refuse(`the pack has no action \`${stray}\``, `its actions: ${actions.join(", ")}`);
  const named = actions.filter((action) => names === undefined || names.includes(action));
  const unfit = names && named.find((action) => !known.every((fact) => fits(fact, action)));
  if (unfit) {
    return refuse(
      `\`${first?.name}\` is not a fact of the action \`${unfit}\``,
      "`depend` reads network facts, all others element facts",
    );
  }
  // A rule of misspelt facts only: most speak of elements, and the validator then suggests the right spelling.
  const guess = known.length === 0 && reads.length > 0 && named.some((action) => action !== "depend");
  const spoken = named.filter((action) =>
    guess ? names !== undefined || action !== "depend" : known.every((fact) => fits(fact, action)),
  );
  if (spoken.length > 0) return { actions: spoken, problems: [] };
  return refuse(
    "the rule speaks of no action of the pack",
    `add one to \`actions\` in pack.yaml; now: ${actions.join(", ")}`,
  );
}

function checkIds(rules: readonly ReadRule[]): readonly Problem[] {
  const first = new Map<string, Rule>();
  return rules.flatMap(({ rule }) => {
    const before = first.get(rule.id);
    if (!before) first.set(rule.id, rule);
    if (!before) return [];
    const where = `${before.file}:${before.line}`;
    return [refusal(rule, `rule id \`${rule.id}\` stands already at ${where}`, "give each rule an id of its own")];
  });
}

function checkCount(sources: readonly PackFile[], count: number, whole: boolean): readonly Problem[] {
  const place = { file: sources[0]?.path ?? "rules.cedar", line: 1 };
  if (count > mostRules) {
    return [refusal(place, `expected at most ${mostRules} rules in a pack, got ${count}`, "make two packs of it")];
  }
  if (count > 0 || !whole) return [];
  return [
    refusal(place, "expected at least one forbid, got none: it would admit everything", "write the requirements"),
  ];
}
