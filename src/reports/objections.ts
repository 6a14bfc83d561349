import { lookedAtNothing } from "../model/assessment.ts";
import type { ReportData, ReportElement, ShownVerdict } from "../model/report-data.ts";
import { printable } from "./terminal.ts";

/** One rule that stands against one thing: what pipelines list. Names of elements and rules are as they came. */
export interface Objection {
  readonly outcome: "refused" | "undecided";
  /** Empty for a record that could not be read: no pack has seen it. */
  readonly pack: string;
  /** Id of the rule; where none stands against it (the engine failed, the record is unreadable), the basis. */
  readonly rule: string;
  readonly basis: string;
  /** Element, `segment of operator`, or the record as far as it could be told. */
  readonly subject: string;
  readonly operator: string;
  readonly functions: readonly string[];
  readonly place: { readonly file: string; readonly line?: number };
  /** What is open or wrong, in a sentence without a full stop each. */
  readonly why: readonly string[];
  /** The least that would change it, else the rule's remedy; empty if nothing is known. */
  readonly remedy: string;
}

/** Objections, refused ones first, and how many verdicts that are not admitted have none here. */
export interface Objections {
  readonly list: readonly Objection[];
  readonly unlisted: number;
}

const configuration = { file: "freigabe.yaml" } as const;

/**
 * Everything that keeps the binding packs from admitting: per element and operator each rule that stands against it, limits
 * on the network, and records set aside. `ReportData` holds the worst elements; those beyond it are counted.
 */
export function objectionsOf(data: ReportData): Objections {
  const remedies = new Map(data.rules.map(({ pack, id, remedy }) => [`${pack} ${id}`, remedy]));
  const byElement = data.elements.rows.map((row) => ofElement(row, data, remedies));
  const listed = byElement.filter((own) => own.length > 0).length;
  const { verdicts, setAside, usesSetAside } = data.assessment;
  const notAdmitted = verdicts.refused + verdicts.undecided - setAside - usesSetAside;
  const all = [...ofNothing(data), ...ofNetwork(data, remedies), ...ofRecords(data), ...byElement.flat()];
  const [refused, undecided] = [all.filter(isRefused), all.filter((one) => !isRefused(one))];
  return { list: [...refused, ...undecided], unlisted: Math.max(0, notAdmitted - listed) };
}

const isRefused = ({ outcome }: Objection) => outcome === "refused";

function ofElement(
  row: ReportElement,
  { chains }: ReportData,
  remedies: ReadonlyMap<string, string>,
): readonly Objection[] {
  const chain = row.chain === undefined ? undefined : chains.rows[row.chain];
  const against = (chain?.verdicts ?? []).filter(({ use, outcome }) => use === "binding" && outcome !== "admitted");
  const pairs = against.flatMap((verdict) => standing(verdict).map((rule) => ({ rule, verdict })));
  const groups = [...Map.groupBy(pairs, ({ rule, verdict }) => `${verdict.pack} ${rule}`).values()];
  return groups.map((group): Objection => {
    const worst = group.find(({ verdict }) => verdict.outcome === "refused") ?? group[0]!;
    const { rule, verdict } = worst;
    const change = verdict.change?.actions?.map(({ title, who }) => `${title} (${who})`).join("; and ");
    return {
      outcome: verdict.outcome === "refused" ? "refused" : "undecided",
      pack: verdict.pack,
      rule,
      basis: verdict.basis,
      subject: row.element,
      operator: row.operator,
      functions: [...new Set(group.flatMap(({ verdict: { function: name } }) => name ?? []))].sort(),
      place: row.place ?? configuration,
      why: [...new Set(group.flatMap(({ verdict: { why } }) => why.map(({ text, who }) => `${text} (${who})`)))].sort(),
      remedy: (change || remedies.get(`${verdict.pack} ${rule}`)) ?? "",
    };
  });
}

/** Ids of the rules that stand against admission, else the basis: a verdict that is not admitted never goes unlisted. */
function standing({ rules, basis }: ShownVerdict): readonly string[] {
  const reasons = rules.filter(({ reason }) => reason).map(({ id }) => id);
  return reasons.length > 0 ? reasons.toSorted() : [basis];
}

function ofNetwork({ assessment }: ReportData, remedies: ReadonlyMap<string, string>): readonly Objection[] {
  return assessment.network.flatMap(({ pack, use, operator, segment, outcome, basis, reasons, detail }) => {
    if (use !== "binding" || outcome === "admitted") return [];
    const rules = reasons.length > 0 ? reasons : [basis];
    return rules.map((rule): Objection => {
      const subject = `${segment} of ${operator === "" ? "the nation" : operator}`;
      const remedy = remedies.get(`${pack} ${rule}`) ?? "";
      return {
        outcome,
        pack,
        rule,
        basis,
        subject,
        operator,
        functions: [],
        place: configuration,
        why: [detail],
        remedy,
      };
    });
  });
}

const unread: Pick<Objection, "outcome" | "pack" | "rule" | "basis" | "operator" | "functions"> = {
  ...{ outcome: "undecided", pack: "", rule: "input", basis: "input", operator: "", functions: [] },
};

/** A run that saw no element has found nothing against any, and cleared none. */
function ofNothing({ assessment }: ReportData): readonly Objection[] {
  if (!lookedAtNothing(assessment)) return [];
  const { workspace, notInUse } = assessment;
  const why = ["nothing was looked at, so nothing is shown to be in order", `${notInUse} elements are not in use`];
  const remedy = "Bring an inventory in, and look at the names of files and folders";
  return [{ ...unread, subject: workspace, place: configuration, why, remedy }];
}

/** Records that were set aside, and how many of them stand in no problem that is told. */
function ofRecords({ assessment }: ReportData): readonly Objection[] {
  const { problems, setAside, usesSetAside } = assessment;
  const told = problems.filter(({ rows }) => rows > 0);
  const left = setAside + usesSetAside - told.reduce((sum, { rows }) => sum + rows, 0);
  const listed = told.map(({ message, hint, place: { file, line }, record, rows }): Objection => {
    const count = rows === 1 ? [] : [`${rows} records`];
    const subject = record ?? `${file}${line === undefined ? "" : `:${line}`}`;
    const place = { file, ...(line !== undefined && { line }) };
    return { ...unread, subject, place, why: [message, ...count], remedy: hint ?? "" };
  });
  if (left <= 0) return listed;
  const why = [`${left} more records could not be read`];
  return [...listed, { ...unread, subject: "records set aside", place: configuration, why, remedy: "" }];
}

/** An objection in two sentences. What came from outside cannot steer who shows it. */
export function objectionText({ outcome, subject, operator, functions, why, remedy, basis }: Objection, title: string) {
  const of = operator === "" || subject.endsWith(` of ${operator}`) ? "" : ` of ${operator}`;
  const as = functions.length > 0 ? ` as ${functions.join(", ")}` : "";
  const open = why.length > 0 ? `: ${why.join("; ")}` : "";
  const what = `${subject}${of}${as} is ${outcome}${outcome === "undecided" ? ` (${basis})` : ""}${open}.`;
  return printable(
    [what, ...(title ? [`Required: ${title}.`] : []), ...(remedy ? [`Remedy: ${remedy}.`] : [])].join(" "),
  );
}
