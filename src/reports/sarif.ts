import { createHash } from "node:crypto";
import type { ReportData } from "../model/report-data.ts";
import { completenessText } from "./completeness-text.ts";
import { headlines } from "./headlines.ts";
import { asJson } from "./json.ts";
import { type Objection, objectionsOf, objectionText } from "./objections.ts";
import { recordedFields } from "./recorded.ts";
import { counted } from "./terminal.ts";

/** What code scanning shows of one run; it takes up to 25,000 and drops the rest by severity. */
const mostResults = 5000;
const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export interface SarifOptions {
  /** Folder of the workspace as the pipeline knows it, ending in `/`: stands before the names of files. */
  readonly base?: string;
}

/**
 * An assessment as SARIF 2.1.0 (OASIS): a result for each element that is not admitted and each rule that stands against
 * it. Refused is `error`, undecided is `warning`; both of kind `fail`, since 3.27.10 allows a level to no other kind and
 * a result without one is easily overlooked. At most 5,000 results; the rest is counted in a notification.
 */
export function reportSarif(data: ReportData, { base = "" }: SarifOptions = {}): string {
  const { list, unlisted } = objectionsOf(data);
  const shown = list.slice(0, mostResults);
  const rules = descriptors(data, shown);
  const places = new Map(rules.map(({ id }, index) => [id, index]));
  const { workspace, action, engine } = data.assessment;
  const run = {
    tool: { driver: { name: "Freigabe", version: engine.freigabe, rules } },
    automationDetails: { id: `freigabe/${workspace}/${action}/` },
    columnKind: "utf16CodeUnits",
    invocations: [invocation(data, list.length - shown.length, unlisted)],
    results: shown.map((objection) => {
      const id = ruleId(data, objection);
      return resultOf(data, objection, id, places.get(id) ?? -1, base);
    }),
  };
  return asJson({ $schema: schema, version: "2.1.0", runs: [run] });
}

/** The rule's own id; with its pack where two packs have a rule of this name. */
function ruleId({ rules }: ReportData, { pack, rule }: Pick<Objection, "pack" | "rule">): string {
  const packs = new Set(rules.filter(({ id }) => id === rule).map((one) => one.pack));
  return packs.size > 1 && pack !== "" ? `${pack}/${rule}` : rule;
}

function descriptors(data: ReportData, shown: readonly Objection[]) {
  const binding = new Set(data.assessment.packs.filter(({ use }) => use === "binding").map(({ name }) => name));
  const known = data.rules
    .filter(({ pack, kind }) => binding.has(pack) && kind !== "advice")
    .map(({ pack, id, title, remedy, cites, certainty, kind }) => ({
      id: ruleId(data, { pack, rule: id }),
      shortDescription: { text: plain(title) },
      help: { text: plain(`${remedy}. Source: ${cites} (certainty ${certainty}), pack ${pack}.`) },
      ...(/^https?:\/\/[^\s]+$/.test(cites) && { helpUri: cites }),
      properties: { pack, kind, certainty, cites },
    }));
  const ids = new Set(known.map(({ id }) => id));
  const others = [...new Set(shown.map((objection) => ruleId(data, objection)))].filter((id) => !ids.has(id));
  const bases = others.map((id) => ({
    id,
    shortDescription: { text: `no verdict: ${id}` },
    help: { text: "No rule could be asked to the end; see the message of the result." },
  }));
  return [...known, ...bases].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function resultOf(data: ReportData, objection: Objection, id: string, ruleIndex: number, base: string) {
  const { outcome, pack, rule, basis, subject, operator, functions, place } = objection;
  const title = data.rules.find((one) => one.pack === pack && one.id === rule)?.title ?? "";
  const fingerprint = JSON.stringify([data.assessment.action, pack, rule, subject, operator]);
  return {
    ruleId: id,
    ruleIndex,
    kind: "fail",
    level: outcome === "refused" ? "error" : "warning",
    message: { text: plain(objectionText(objection, title)) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: base + place.file.toWellFormed().split("/").map(encodeURIComponent).join("/") },
          ...(place.line !== undefined && { region: { startLine: place.line } }),
        },
        logicalLocations: [
          { name: subject, fullyQualifiedName: [operator, subject].filter(Boolean).join("/"), kind: "resource" },
        ],
      },
    ],
    partialFingerprints: { "freigabeObjection/v1": createHash("sha256").update(fingerprint).digest("hex") },
    properties: { outcome, basis, pack, operator, functions },
  };
}

function invocation({ assessment }: ReportData, beyond: number, unlisted: number) {
  const { asOf, knownAt, action, verdicts, basis, examined, assessed, setAside, demo, audit, packs } = assessment;
  const { left, completeness } = assessment;
  const unvouched = completenessText(completeness);
  const notes = [
    ...(beyond > 0
      ? [{ level: "warning", text: `${counted(beyond, "more result")} beyond the ${mostResults} listed` }]
      : []),
    ...(unlisted > 0
      ? [
          {
            level: "warning",
            text: `${counted(unlisted, "more verdict")} not admitted and not listed; \`--output csv\` has all`,
          },
        ]
      : []),
    ...(unvouched === undefined ? [] : [{ level: "warning", text: plain(unvouched) }]),
    ...(left.verdicts > 0
      ? [
          {
            level: "warning",
            text: `${counted(left.verdicts, "verdict")} on what was recorded and has left the tables`,
          },
        ]
      : []),
    ...(setAside > 0
      ? [{ level: "warning", text: `${counted(setAside, "record")} set aside count as undecided` }]
      : []),
    ...((basis.exception ?? 0) > 0
      ? [{ level: "note", text: `${counted(basis.exception ?? 0, "verdict")} admitted by exception only` }]
      : []),
    ...Object.values(headlines(assessment)).map((text) => ({ level: "note", text: plain(text) })),
    ...(demo ? [{ level: "note", text: "demonstration: keys and evidence named `DEMO-` count here" }] : []),
  ];
  return {
    executionSuccessful: audit.differences === 0,
    toolExecutionNotifications: notes.map(({ level, text }) => ({ level, message: { text } })),
    properties: {
      ...{
        asOf,
        knownAt,
        action,
        examined,
        assessed,
        setAside,
        left,
        completeness,
        verdicts,
        basis,
        recorded: recordedFields(assessment.recorded),
      },
      packs: packs.map(({ name, version, digest, use }) => ({ name, version, digest, use })),
    },
  };
}

/** Text in which nothing is a placeholder or a link (3.11.5, 3.11.6), whatever names come from outside. */
function plain(text: string): string {
  return text.replace(/\{(\d+)\}/g, "{{$1}}").replace(/[[\]]/g, "\\$&");
}
