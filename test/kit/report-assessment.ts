import type { Assessment, Breakdown, Due, Reason } from "../../src/model/assessment.ts";
import { inventedDependence, inventedExposure, inventedOutage } from "./report-network.ts";

/** Rules of the invented pack: id, title, German title (one has none). */
export const ruleRows = [
  [
    "DE-CERT-1",
    "A certificate of a scheme admissible for the function is held",
    "Ein Zertifikat eines zulässigen Schemas liegt vor",
  ],
  ["DE-CERT-2", "The certificate covers the release in use", "Das Zertifikat deckt den eingesetzten Softwarestand"],
  ["DE-CERT-3", "The certificate is in term", "Das Zertifikat gilt am Stichtag"],
  ["DE-9B-1", "Notice of the planned first use was given", "Der geplante erste Einsatz wurde angezeigt"],
  ["DE-41-1", "No order in force forbids it to the operator", "Keine geltende Anordnung untersagt es dem Betreiber"],
  ["DE-2024-1", "No critical component of a contract maker in the core", undefined],
] as const;

/** An assessment of an invented network, with something in every part of it; of none, an empty one. */
export function inventedAssessment(
  { verdicts, basis }: Breakdown,
  { elements, sites }: { readonly elements: number; readonly sites: number },
  operatorRows: readonly Breakdown[],
  domainRows: readonly Breakdown[],
): Assessment {
  const share = (part: number) => Math.round(elements * part);
  const reasons = ruleRows.map(([id, title], at): Reason => {
    const example = `DEMO-gNB-${String(at).padStart(6, "0")}`;
    const step = { id: "confirm-update", title: "have the body sign that the update is minor", who: "body", effort: 2 };
    return {
      rule: id,
      pack: "de-2026",
      title,
      cites: "TKG 165(4); TR-03163-A",
      certainty: at % 2 ? "S2" : "S",
      remedy: `Remedy of ${id}`,
      refused: share(0.03 / (at + 1)),
      undecided: share(0.08 / (at + 1)),
      who: { operator: share(0.05 / (at + 1)), "authority or maker": share(0.02 / (at + 1)) },
      example,
      ...(at < 3 && { change: [step] }),
    };
  });
  const due = Array.from({ length: 44 }, (_, at): Due => {
    const kind = (["certificate", "register", "certificate", "exception", "rule"] as const)[at % 5]!;
    const month = 1 + ((at * 5) % 12);
    return {
      day: `${2026 + (at % 3)}-${String(month).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`,
      kind,
      id: kind === "rule" ? "DE-2024-1" : `DEMO-${kind}-${at}`,
      title: kind === "rule" ? ruleRows[5][1] : `of product DEMO-product-${at % 12}`,
      file: `evidence/DEMO-${at}.json`,
      elements: share(0.01) * (at % 7),
    };
  }).sort((a, b) => (a.day < b.day ? -1 : 1));
  const empty = elements === 0;
  return {
    kind: "assessment",
    schemaVersion: 1,
    workspace: "examples/DEMO-land",
    title: "DEMO Inventedland: four networks",
    action: "operate",
    asOf: "2026-11-20",
    knownAt: "2026-11-20",
    projection: false,
    demo: true,
    recorded: false,
    engine: { freigabe: "0.1.0", cedar: "4.13.0" },
    packs: [
      {
        name: "de-2026",
        version: "1",
        title: "Germany 2026: certificates before first use",
        digest: "ab".repeat(32),
        use: "binding",
        verdicts,
        basis,
        parameters: [
          {
            name: "firstUseMeans",
            title: "First use of what",
            value: "any",
            confirmed: false,
            hanging: { type: share(0.02), element: 0 },
          },
        ],
      },
      {
        name: "de-2019",
        version: "1",
        title: "Germany, March 2019: the announcement at its word",
        digest: "cd".repeat(32),
        use: "compare",
        verdicts: { admitted: share(0.1), refused: share(0.6), undecided: elements - share(0.1) - share(0.6) },
        basis: { evidence: share(0.1), rule: share(0.6), missing: elements - share(0.1) - share(0.6) },
        parameters: [],
      },
    ],
    examined: elements,
    assessed: elements - share(0.002),
    setAside: share(0.002),
    usesSetAside: 0,
    left: { elements: 0, verdicts: 0, refused: 0 },
    notInUse: share(0.01),
    planned: 0,
    completeness: { vouched: true, open: [] },
    problems: empty
      ? []
      : [
          {
            kind: "problem",
            code: "wrong-type",
            message: "`in_service_since`: expected a day as YYYY-MM-DD, got `2023-13-01`",
            hint: "correct the value, or leave it empty if it is not known",
            place: { file: "elements/elements.csv", line: 12 },
            rows: 1,
          },
        ],
    verdicts,
    basis,
    underlying: {
      ...verdicts,
      refused: verdicts.refused + (basis.exception ?? 0),
      admitted: verdicts.admitted - (basis.exception ?? 0),
    },
    exceptions: empty
      ? []
      : [
          {
            id: "DEMO-exception-1",
            pack: "de-2026",
            rules: ["DE-CERT-3"],
            reason: "spare parts only until the new release is certified",
            owner: "DEMO-nord network security",
            approvers: ["DEMO-approver-1", "DEMO-approver-2"],
            until: "2027-03-31",
            file: "exceptions/DEMO-exception-1.json",
            state: "in-force",
            verdicts: basis.exception ?? 0,
            underlying: { admitted: 0, refused: basis.exception ?? 0, undecided: 0 },
          },
        ],
    due: empty ? [] : due,
    operators: operatorRows,
    domains: domainRows,
    grades: { issuer: share(0.2), transcript: share(0.1), "self-declared": share(0.3), none: share(0.4) },
    nobodyCanAct: share(0.03),
    reasons: empty ? [] : reasons,
    network: empty
      ? []
      : (["operator", "nation"] as const).map((scope) => ({
          pack: "diversity",
          use: "compare",
          scope,
          operator: scope === "nation" ? "" : "DEMO-nord",
          segment: "core",
          outcome: scope === "nation" ? "undecided" : "refused",
          basis: scope === "nation" ? "missing" : "rule",
          reasons: ["DIV-SHARE"],
          left: 0,
          advice: [],
          detail: "8,123 elements (12 of unknown maker), makers 2 to 3, largest `DEMO-maker-1` 61.0 to 61.2 %",
        })),
    dependence: inventedDependence(elements),
    exposure: inventedExposure(elements),
    outage: inventedOutage(elements, sites),
    comments: [],
    findings: empty
      ? []
      : [
          {
            kind: "finding",
            code: "stale-register",
            title: "renew one file, turns 1500 verdicts: registers/DEMO-orders.json",
            detail: "a register past its day no longer shows that what it does not list does not exist",
            who: "authority",
            verdicts: 1500,
            places: [{ file: "registers/DEMO-orders.json" }],
          },
        ],
    evidence: { statements: 120, later: 3, unsigned: 4 },
    documents: { bills: 6, advisories: 5, exploitedLists: 1, vouched: 2 },
    audit: { questions: 1300, asked: 600, differences: 0 },
    inputs: empty ? [] : [{ file: "elements/elements.csv", sha256: "0f".repeat(32), bytes: 4_123_456, rows: elements }],
  };
}
