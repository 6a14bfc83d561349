import type { Bill, Part } from "../model/document.ts";
import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import { graded } from "./build.ts";
import type { About, DocumentIndex, ToldBill } from "./document-index.ts";
import { documentSource, speaksFor, vouchedDocuments } from "./documents.ts";
import { type Holders, hasRole, holdersOf, roleOf } from "./roles.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve, successorOn } from "./suppliers.ts";

export const contractParts: FactDefinition = {
  name: "contractParts",
  mode: "graded",
  values: [true, false],
  labels: ["one of its parts is", "none of its parts is, and its bill of materials is complete"],
  question: "Is a part of it made by one that has the role `de-2024-contract-maker`, or is controlled by one that has?",
  subject: "element",
  who: ["maker", "operator"],
};

/** What a bill says of its parts: some maker has the role, none has, or it is open and why. */
interface Answer {
  readonly has: boolean | "unknown";
  readonly text: string;
  readonly why: readonly Why[];
  /** Some part may be of such a maker, not only: some part may not be listed. */
  readonly doubtful: boolean;
}

type Listed = Extract<Holders, { kind: "listed" }>;
const mostWhys = 5;

const nothingKnown: GradedFact = graded(
  true,
  false,
  [],
  [{ code: "missing", text: "no vouched bill of materials is about this release", who: "maker" }],
);

/** From the vouched bills of the release: that no part is of such a maker is known only from one that is complete. */
export function deriveContractParts(setting: Setting, equipment: Equipment): GradedFact {
  const asked = askedIn(setting);
  if ("fact" in asked) return asked.fact;
  const { product, release, digest } = equipment;
  const bills = asked.index
    .billsAbout({ product: product.id ?? null, release, digest })
    .filter((bill) => speaksFor(setting, bill, equipment));
  const sure = bills.filter(({ confidence }) => confidence !== "product");
  if (bills.length === 0) return nothingKnown;
  if (sure.length === 0) return graded(true, false, [], bills.map(notSurely));
  return combine(sure.map((bill) => [bill, answerOf(setting, asked, bill.document)] as const));
}

/** What holds of all equipment in a setting, or what each is asked against. */
type Asked =
  | { readonly fact: GradedFact }
  | { readonly index: DocumentIndex; readonly holders: Listed; readonly answers: Map<Bill, Answer> };

const settings = new WeakMap<Setting, Asked>();

function askedIn(setting: Setting): Asked {
  const asked = settings.get(setting) ?? prepare(setting);
  settings.set(setting, asked);
  return asked;
}

function prepare(setting: Setting): Asked {
  const holders = holdersOf(setting, roleOf.contractMaker!);
  if (holders.kind === "unfilled") return { fact: graded(true, false, [], [holders.why]) };
  // Where nobody has the role, no bill would tell more.
  if (holders.ids.size === 0 && holders.unclear.length === 0) return { fact: graded(false, false, holders.sources) };
  const index = vouchedDocuments(setting);
  return index.bills.length === 0 ? { fact: nothingKnown } : { index, holders, answers: new Map() };
}

function combine(answers: readonly (readonly [About<ToldBill>, Answer])[]): GradedFact {
  const hits = answers.filter(([, { has }]) => has === true);
  const clear = answers.filter(([, { has }]) => has === false);
  const sources = answers.map(([bill, { text }]) => documentSource(bill, `${text} (confidence ${bill.confidence})`));
  if (hits.length > 0 && clear.length > 0) {
    const files = answers.map(([{ document }]) => `\`${document.file}\``).join(", ");
    const text = `bills of materials of the release differ: ${files}`;
    return graded(true, false, sources, [{ code: "contested", text, who: "maker" }]);
  }
  if (hits.length > 0) return graded(true, true, sources);
  const doubts = answers.filter(([, { doubtful }]) => doubtful);
  if (clear.length > 0 && doubts.length === 0) return graded(false, false, sources);
  return graded(
    true,
    false,
    sources,
    (clear.length > 0 ? doubts : answers).flatMap(([, { why }]) => why),
  );
}

function notSurely({ document }: About<ToldBill>): Why {
  const text = `\`${document.file}\` is about the product, and not surely about this release`;
  return { code: "identity", text, who: "operator" };
}

function answerOf(setting: Setting, { holders, answers }: Exclude<Asked, { fact: unknown }>, bill: Bill): Answer {
  const answer = answers.get(bill) ?? judge(setting, holders, bill);
  answers.set(bill, answer);
  return answer;
}

/** Whoever is named as maker of a part: its manufacturer, or who sold it on where none is named. */
export function makerOfPart({ manufacturer, supplier }: Part): string | null {
  return manufacturer ?? supplier;
}

function judge(setting: Setting, holders: Listed, { parts, completeness, file }: Bill): Answer {
  const byMaker = Map.groupBy(parts, makerOfPart);
  const asked = [...byMaker].map(([name, same]) => ({ name, count: same.length, ...ask(setting, holders, name) }));
  const hits = asked.filter(({ known }) => known === true);
  if (hits.length > 0) {
    const named = hits.map(({ name, count }) => `${count} by \`${name}\``).join(", ");
    return { has: true, text: `${parts.length} parts, among them ${named}`, why: [], doubtful: false };
  }
  const open = asked.filter(({ known }) => known === "unknown");
  const why = open.flatMap((one) => one.why).slice(0, mostWhys);
  // A bill without parts has looked at nothing.
  const whole = completeness === "complete" && parts.length > 0;
  const text = `${parts.length} parts, ${whole ? "complete" : "not said to be complete"}`;
  if (open.length === 0 && whole) return { has: false, text, why, doubtful: false };
  const incomplete: Why = { code: "missing", text: `\`${file}\` does not say that it lists all parts`, who: "maker" };
  return { has: "unknown", text, why: whole ? why : [...why, incomplete], doubtful: open.length > 0 };
}

function ask(setting: Setting, holders: Listed, name: string | null): ReturnType<typeof hasRole> {
  if (name === null) {
    const text = "the bill of materials names no maker of some parts";
    return { known: "unknown", why: [{ code: "missing", text, who: "maker" }] };
  }
  const { knowledge, asOf } = setting;
  const named = resolve(knowledge, "supplier", name, asOf);
  if (named.id === undefined) return { known: "unknown", why: [named.why] };
  return hasRole(setting, holders, successorOn(knowledge, named.id, asOf));
}
