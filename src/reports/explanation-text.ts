import type { Explained, Explanation, ShownException } from "../model/explanation.ts";
import { type Fact, type FactDefinition, type FactValue, isKnown, type Source } from "../model/fact.ts";
import type { Rule } from "../model/pack.ts";
import type { RuleAnswer, Verdict } from "../model/verdict.ts";
import { withoutExceptions } from "./exceptions-text.ts";
import { paint, printable, type Style, wrap } from "./terminal.ts";
import { basisWords, outcomeColour, outcomeSigns } from "./words.ts";

/** The chain for one element, for people: what it is, each pack's facts, rules and verdict, and the least change. */
export function explanationText(result: Explanation, style: Style): string {
  const { element, action, asOf, knownAt } = result;
  const head = [paint(style, "bold", `${printable(element)}: may it ${action}? as of ${asOf}, known at ${knownAt}`)];
  const aside = result.setAside.map((code) => `  undecided (input): its record was set aside (${code})`);
  const problems = result.problems.flatMap(({ place, message, hint }) =>
    wrap(`${place.file}${place.line ? `:${place.line}` : ""}: ${message}${hint ? ` (${hint})` : ""}`, "  "),
  );
  const body = result.operators.flatMap((operator) => ["", ...ofOperator(operator, style)]);
  const exceptions = result.exceptions.length > 0 ? ["", ...result.exceptions.flatMap(ofException)] : [];
  return `${[...head, ...aside, ...problems, ...body, ...exceptions].join("\n")}\n`;
}

function ofOperator(
  { operator, row, outcome, basis, bases, exceptions, underlying, chains }: Explanation["operators"][number],
  style: Style,
): string[] {
  const known = [
    ["maker", row.maker],
    ["product", row.product],
    ["release", row.release],
    ["functions", row.functions],
    ["in service since", row.inServiceSince],
    ["release since", row.releaseSince],
  ].map(([name, value]) => `${name} ${value === null ? "unknown" : `\`${value}\``}`);
  const party = row.parties === "" ? "nobody named as working on it" : `worked on by \`${row.parties}\``;
  return [
    paint(
      style,
      outcomeColour(outcome, basis),
      `${outcomeSigns[outcome]} ${printable(operator)}: ${outcome} (${bases.join(", ")})`,
    ),
    ...wrap(basisWords[basis], "    "),
    ...withoutExceptions({ exceptions, underlying }, "    "),
    ...wrap(`${row.file}${row.line === undefined ? "" : `:${row.line}`}: ${[...known, party].join(", ")}`, "  "),
    ...chains.flatMap((chain) => ["", ...ofChain(chain, style)]),
  ];
}

function ofChain(chain: Explained, style: Style): string[] {
  const { pack, packTitle, use, verdict, definitions, facts, rules } = chain;
  const about = chain.function === null ? "" : ` for ${chain.function}`;
  const since = verdict.since ? ` since ${verdict.since}` : "";
  const grade = verdict.grade ? `, lowest grade ${verdict.grade}` : "";
  const spoken = new Set(
    [...verdict.rules, ...chain.advice].filter(({ applies }) => applies !== "never").map(({ id }) => id),
  );
  const read = new Set(rules.filter(({ id }) => spoken.has(id)).flatMap(({ reads }) => reads));
  const matters = ({ name, mode }: FactDefinition) => read.has(name) || mode === "selecting";
  const [asked, unasked] = [
    definitions.filter(matters),
    definitions.filter((one) => !matters(one)).map(({ name }) => name),
  ];
  return [
    paint(style, "bold", `  ${pack} (${use})${about}: ${verdict.outcome}/${verdict.basis}${since}${grade}`),
    ...wrap(packTitle, "    "),
    ...withoutExceptions(verdict, "    "),
    "    facts",
    ...asked.flatMap((definition) => ofFact(definition, facts[definition.name])),
    ...(unasked.length > 0
      ? wrap(`not asked, for no rule that reads them applies: ${unasked.join(", ")}`, "      ")
      : []),
    "    rules",
    ...verdict.rules.flatMap((answer) => ofRule(answer, rules, isWaived(answer, verdict))),
    ...chain.advice.flatMap((answer) => ofRule(answer, rules)),
    ...leastChange(chain),
  ];
}

function ofException({ id, pack, rules, reason, owner, approvers, until, file }: ShownException): string[] {
  return [
    ...wrap(`exception ${id}, until ${until}: waives ${rules.join(", ")} of ${pack}`, "  "),
    ...wrap(`reason: ${reason}; owner ${owner}; approved by ${approvers.join(", ")}; ${file}`, "      "),
  ];
}

/** A rule that stood against it without the exceptions and no longer does. */
function isWaived({ id, reason }: RuleAnswer, { underlying }: Verdict): boolean {
  return !reason && underlying?.reasons.includes(id) === true;
}

function ofFact(definition: FactDefinition, fact: Fact | undefined): string[] {
  if (!fact) return [];
  const words = (value: FactValue) => {
    const label = definition.labels?.[definition.values.indexOf(value)];
    return label === undefined ? String(value) : `${value} (${label})`;
  };
  const span =
    fact.kind === "graded"
      ? fact.worst === fact.best
        ? words(fact.best)
        : `between ${words(fact.worst)} and ${words(fact.best)}`
      : fact.possible.map(words).join(" or ");
  return [
    ...wrap(`${isKnown(fact) ? "=" : "~"} ${definition.name}: ${span}`, "      "),
    ...fact.sources.flatMap((source) => wrap(`from ${sourceText(source)}`, "          ")),
    ...unique(fact.why.map(({ code, text, who }) => `open (${code}): ${text}; who can act: ${who}`)).flatMap((text) =>
      wrap(text, "          "),
    ),
  ];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function sourceText(source: Source): string {
  switch (source.kind) {
    case "statement":
      return `${source.file}: ${source.text} (signed by ${source.signer}, grade ${source.grade})`;
    case "row":
      return `${source.file}${source.line !== undefined ? `:${source.line}` : ""}: ${source.text}`;
    case "pack":
      return `pack ${source.pack}: ${source.text}`;
    case "parameter":
      return `parameter ${source.name} = ${source.value}: ${source.text}`;
  }
}

function ofRule(answer: RuleAnswer, rules: readonly Rule[], waived = false): string[] {
  const rule = rules.find(({ id }) => id === answer.id);
  if (!rule) return [];
  const signs: Record<RuleAnswer["state"], string> = { fires: "x", depends: "?", mixed: "?", passes: "+", silent: " " };
  const state = answer.applies === "never" ? "does not apply" : answer.state;
  const unmet = state === "fires" || state === "depends" || state === "mixed";
  const head = `${answer.applies === "never" ? "-" : signs[answer.state]} ${rule.id} (${rule.kind}) ${state}${waived ? ", waived" : ""}${unmet ? "; required" : ""}: ${rule.title}`;
  const detail =
    answer.reason || waived || rule.kind === "advice"
      ? wrap(`${rule.cites} [${rule.certainty}]; remedy: ${rule.remedy}`, "          ")
      : [];
  return [...wrap(head, "      "), ...detail];
}

function leastChange({ verdict, change }: Explained): string[] {
  if (verdict.outcome === "admitted" && !verdict.underlying) return [];
  const without = verdict.underlying ? " without an exception" : "";
  if (change.actions) {
    const steps = change.actions.map(({ title, who, effort }) => `${title} (${who}, effort ${effort} of 5)`);
    return [`    least change that would admit it${without}`, ...steps.flatMap((step) => wrap(`- ${step}`, "      "))];
  }
  return [
    `    no set of up to three actions would admit it${without}; remedies`,
    ...change.remedies.flatMap((remedy) => wrap(`- ${remedy}`, "      ")),
  ];
}
