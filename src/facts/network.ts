import type { FactDefinition, SelectingFact, Source, Why } from "../model/fact.ts";
import { type Base, bases, type MakerSpread, type Span, unknownUnits } from "../model/measure.ts";
import { selecting } from "./build.ts";
import { segment } from "./segment.ts";
import { parameter, type Setting } from "./setting.ts";

/** One segment of one operator's network or of the nation's, by elements and, where sites were kept, in every other base. */
export type NetworkSegment = { readonly element: MakerSpread } & { readonly [base in Base]?: MakerSpread };

export const scope: FactDefinition = {
  name: "scope",
  mode: "selecting",
  values: ["operator", "nation"],
  question: "Is it one operator's network or all of them together (asked only of packs that read this)?",
  subject: "network",
  who: ["nobody"],
};

export const networkSegment: FactDefinition = {
  ...segment,
  name: "networkSegment",
  question: "Which segment of the network is it?",
  subject: "network",
  who: ["nobody"],
};

/** As counted, so always known. */
export function deriveScope(_setting: Setting, { element }: NetworkSegment): SelectingFact {
  return selecting(scope, [element.scope], [counted(element)]);
}

/** As counted, so always known. */
export function deriveNetworkSegment(_setting: Setting, { element }: NetworkSegment): SelectingFact {
  return selecting(networkSegment, [element.segment], [counted(element)]);
}

/** The base that the pack's parameter `shareBase` names; elements where it has none. */
export function baseOf({ parameters }: Pick<Setting, "parameters">): Base {
  return bases.find((base) => base === parameters.shareBase) ?? "element";
}

/** The spread in the base that the pack asks for. Throws a plain `Error` if that was not counted: a bug of the caller. */
export function inBase(setting: Setting, counts: NetworkSegment): MakerSpread {
  const spread = counts[baseOf(setting)];
  if (spread) return spread;
  throw new Error(`pack ${setting.pack.name} asks for shares by ${baseOf(setting)}, and sites were not kept`);
}

/** The first of two parameters for the nation, the second for an operator, as a number; absent: `usual`. */
export function limitFor(setting: Setting, { scope: whose }: MakerSpread, name: string, usual: number): number {
  const own = whose === "nation" ? parameter(setting, `${name}Nation`) : "";
  const text = own === "" ? parameter(setting, name) : own;
  return text === "" ? usual : Number(text);
}

/** What was counted, as the source of a fact about it. */
export function counted(spread: MakerSpread): Source {
  const whose = spread.scope === "nation" ? "nation" : spread.operator;
  return { kind: "row", file: "elements", text: `${whose}, ${spread.segment}: ${describeSpread(spread)}` };
}

/** A spread in a line: how much, of how many makers, and the largest. */
export function describeSpread(spread: MakerSpread): string {
  const { base, tally, unplaced, lacking, makers, largestShare } = spread;
  if (lacking !== undefined) return `by ${base}: not known, for ${lacking}; makers ${range(makers, 0)}`;
  const more = unplaced > 0 ? `, ${units(unplaced)} more may belong here` : "";
  const [top] = tally.holders;
  const largest = top ? ` \`${top.name}\`` : "";
  const count = `makers ${range(makers, 0)}, largest${largest} ${range(largestShare, 1)} %`;
  return `${amount(base, tally.total)} (${units(unknownUnits(tally))} of unknown maker${more}), ${count}`;
}

/** So much of a base, in words. */
function amount(base: Base, total: number): string {
  switch (base) {
    case "people":
      return `${units(Math.round(total))} people, apportioned`;
    case "traffic":
      return `${units(total)} of traffic`;
    default:
      return `${units(total)} ${base}${total === 1 ? "" : "s"}`;
  }
}

/** A span as text: one number if it is one. */
export function range({ least, most }: Span, digits: number): string {
  const [from, to] = [least.toFixed(digits), most.toFixed(digits)];
  return from === to ? to : `${from} to ${to}`;
}

/** Why a number about it is a span. */
export function openCount({ base, tally, unplaced, lacking }: MakerSpread): Why {
  if (lacking !== undefined)
    return { code: "missing", text: `shares by ${base} are not known: ${lacking}`, who: "operator" };
  const unknown = amount(base, unknownUnits(tally));
  const text = `the maker of ${unknown} is not known, and ${units(unplaced)} more elements may belong to this segment`;
  return { code: "missing", text, who: "operator" };
}

/** A number of elements or sites as people read it: parts of sites with one digit. */
export function units(number: number): string {
  return Number.isInteger(number) ? String(number) : number.toFixed(1);
}
