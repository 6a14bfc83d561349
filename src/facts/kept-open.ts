import type { Fact, FactDefinition, FactValue, GradedFact, SelectingFact, Source, Why } from "../model/fact.ts";
import { graded, selecting } from "./build.ts";
import type { Gone } from "./gone.ts";
import { asRecorded, otherReadings, type Setting } from "./setting.ts";

const mostNamed = 3;

/**
 * A fact, derived without what is gone, and kept open as far down as it reached with it: a graded one keeps its best and
 * takes the lower worst, a selecting one keeps every value that was possible either way. So what is gone supports nothing,
 * and that it is gone helps nobody (DESIGN 4, "Knowing less", (d)). Where nothing is gone it is the derived fact itself.
 */
export function keptOpen(definition: FactDefinition, setting: Setting, derive: (setting: Setting) => Fact): Fact {
  const fact = underEveryReading(definition, setting, derive);
  const before = asRecorded(setting);
  const { gone } = setting.knowledge;
  if (!before || !gone) return fact;
  const recorded = underEveryReading(definition, before, derive);
  if (fact.kind === "graded" && recorded.kind === "graded") return lowered(definition, fact, recorded, gone);
  if (fact.kind === "selecting" && recorded.kind === "selecting") return widened(definition, fact, recorded, gone);
  throw twoKinds(definition);
}

/** Of editions that contradict each other each may be right: what is possible under any of them stays possible. */
function underEveryReading(definition: FactDefinition, setting: Setting, derive: (setting: Setting) => Fact): Fact {
  const fact = derive(setting);
  return otherReadings(setting)
    .map(derive)
    .reduce((all, one) => joined(definition, all, one, setting), fact);
}

function joined(definition: FactDefinition, a: Fact, b: Fact, { knowledge }: Setting): Fact {
  const sources = distinct([...a.sources, ...b.sources]);
  const contested = [...knowledge.faults.values()]
    .filter(
      ({ kind, text }) => kind === "contradiction" && ![...a.why, ...b.why].some((why) => why.text.includes(text)),
    )
    .map(({ text }): Why => ({ code: "contested", text, who: "operator" }));
  const why = distinct([...a.why, ...b.why]);
  if (a.kind === "graded" && b.kind === "graded") {
    const [worst, best] = [lowest(definition, a.worst, b.worst), lowest(definition, a.best, b.best, -1)];
    const differs = a.worst !== b.worst || a.best !== b.best;
    return graded(worst, best, sources, differs ? distinct([...why, ...contested]) : why);
  }
  if (a.kind === "selecting" && b.kind === "selecting") {
    const differs = a.possible.join() !== b.possible.join();
    const possible = [...a.possible, ...b.possible];
    return selecting(definition, possible, sources, differs ? distinct([...why, ...contested]) : why);
  }
  throw twoKinds(definition);
}

/** The lower of two values of a fact, or with -1 the higher one. */
function lowest({ values }: FactDefinition, a: FactValue, b: FactValue, sign: 1 | -1 = 1): FactValue {
  return sign * values.indexOf(a) <= sign * values.indexOf(b) ? a : b;
}

function distinct<T extends Source | Why>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function twoKinds({ name }: FactDefinition): Error {
  return new Error(`fact ${name} is derived as two kinds`);
}

function lowered(definition: FactDefinition, fact: GradedFact, recorded: GradedFact, gone: Gone): GradedFact {
  const isBelow = (a: FactValue, b: FactValue) => definition.values.indexOf(a) < definition.values.indexOf(b);
  const worse = isBelow(recorded.worst, fact.worst);
  if (!worse && !isBelow(recorded.best, fact.best)) return fact;
  const worst = worse ? recorded.worst : fact.worst;
  return graded(worst, fact.best, fact.sources, [...fact.why, whyGone(recorded, gone)]);
}

function widened(definition: FactDefinition, fact: SelectingFact, recorded: SelectingFact, gone: Gone): SelectingFact {
  if (recorded.possible.every((value) => fact.possible.includes(value))) return fact;
  const possible = [...fact.possible, ...recorded.possible];
  return selecting(definition, possible, fact.sources, [...fact.why, whyGone(recorded, gone)]);
}

function whyGone(recorded: Fact, { evidence }: Gone): Why {
  const texts = recorded.why.map(({ text }) => text);
  const told = evidence.filter(
    ({ file }) =>
      recorded.sources.some((source) => source.kind === "statement" && source.file === file) ||
      texts.some((text) => text.includes(file)),
  );
  // Where the fact does not say what it rested on, it may have been any of them.
  const named = told.length > 0 ? told : evidence;
  const files = named.slice(0, mostNamed).map(({ file }) => `\`${file}\``);
  const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : "";
  const verbs = named.length === 1 ? ["was", "is"] : ["were", "are"];
  const text = `${files.join(", ")}${more} ${verbs[0]} recorded in the ledger and ${verbs[1]} gone from the workspace`;
  return { code: "contested", text, who: "operator" };
}
