/** A small report with everything that pipelines list, made by hand, with names that try to break out of their format. */
import type { Assessment } from "../../src/model/assessment.ts";
import type { Chain, ReportData, ReportElement, ShownVerdict } from "../../src/model/report-data.ts";

export const hostileName = 'DEMO-<b>&"\u001b[31m]]>[x](http://e.example){0}\ud800';

const assessment: Assessment = {
  ...{ kind: "assessment", schemaVersion: 1, workspace: "demo", title: `Demo ${hostileName}`, action: "operate" },
  ...{ asOf: "2026-11-20", knownAt: "2026-11-20", projection: false, demo: true, recorded: false },
  engine: { freigabe: "0.3.0", cedar: "4.13.0" },
  packs: [
    {
      ...{ name: "house", version: "1", title: "House rules", digest: "00", use: "binding" },
      ...{ verdicts: { admitted: 2, refused: 1, undecided: 2 }, basis: {}, parameters: [] },
    },
    {
      ...{ name: "other", version: "1", title: "Other rules", digest: "00", use: "compare" },
      ...{ verdicts: { admitted: 0, refused: 5, undecided: 0 }, basis: {}, parameters: [] },
    },
  ],
  ...{ examined: 6, assessed: 5, setAside: 1, usesSetAside: 0, notInUse: 0, planned: 0 },
  ...{ left: { elements: 0, verdicts: 0, refused: 0 }, completeness: { vouched: true, open: [] } },
  problems: [
    {
      ...{ kind: "problem", code: "malformed-row", message: "expected 11 values, got 3", record: "DEMO-torn", rows: 1 },
      place: { file: "elements/a b.csv", line: 7 },
    },
    { kind: "problem", code: "unknown-column", message: "a column too many", place: { file: "sites.csv" }, rows: 0 },
  ],
  verdicts: { admitted: 2, refused: 1, undecided: 3 },
  basis: { evidence: 1, exception: 1, input: 1, missing: 2, rule: 1 },
  underlying: { admitted: 2, refused: 1, undecided: 3 },
  ...{ exceptions: [], due: [], operators: [], domains: [], grades: {}, nobodyCanAct: 0 },
  reasons: [
    {
      ...{ rule: "H-1", pack: "house", title: "tested", cites: "https://example.test/law", certainty: "own-policy" },
      ...{ remedy: "Test it", refused: 1, undecided: 2, who: {}, example: "DEMO-b" },
    },
  ],
  network: [
    {
      ...{ pack: "house", use: "binding", scope: "operator", operator: "DEMO-north", segment: "access" },
      ...{
        outcome: "undecided",
        basis: "missing",
        reasons: ["H-2"],
        left: 0,
        advice: [],
        detail: "between 1 and 3 makers",
      },
    },
  ],
  dependence: {
    kind: "dependence",
    rows: [
      {
        ...{ by: "supplier", channel: "made", scope: "nation", name: "", part: "access", partKind: "segment" },
        ...{ base: "element", total: 5, unknown: 1, unplaced: 0, moreHolders: 0 },
        holders: [{ name: hostileName, units: 3, share: { least: 60, most: 80 } }],
        ...{ count: { least: 2, most: 3 }, largest: { least: 60, most: 80 }, hhi: { least: 4400, most: 6800 } },
        ...{ effective: { least: 1.47, most: 2.27 }, similar: null },
      },
    ],
    similarity: { weights: "house", makers: 2, withBills: 0, pairs: [] },
    people: { known: false, total: 0, years: [], sources: [], placed: 0 },
    traffic: { origin: "none", total: 0, loose: 0 },
  },
  exposure: {
    ...{ kind: "exposure", held: [], suppliers: 1, origin: "table", demands: 3, routed: 2, links: 4 },
    rows: [
      {
        ...{ supplier: hostileName, channel: "any", scope: "nation", name: "", people: null },
        traffic: { must: { least: 0, most: 10 }, expected: { least: 25, most: 50 }, may: { least: 100, most: 100 } },
      },
    ],
  },
  outage: {
    ...{ kind: "outage", suppliers: 1, smallest: [], paths: false, pools: 0, withoutRadio: 0 },
    scenarios: [
      {
        ...{ suspect: hostileName, suppliers: [hostileName], mayInclude: [], state: "stops", channels: ["made"] },
        ...{ elements: { total: 5, hit: { least: 3, most: 4 }, unheld: 1 }, pools: [], overloaded: [] },
        rows: [
          {
            ...{ scope: "nation", name: "", people: null, traffic: null, withoutUpdates: null },
            sites: {
              ...{ total: 4, before: 4, served: { least: 1, most: 2 }, own: { least: 2, most: 3 } },
              ...{ cutOff: { least: 0, most: 0 }, pool: { least: 0, most: 0 } },
            },
          },
        ],
      },
    ],
    looked: {
      ...{ withoutLinks: [], withoutNeeds: [], assumedCarriers: 0, peopleUnknown: 0 },
      ...{ customersUnknown: [], missingMembers: 0, unread: 1 },
    },
  },
  comments: [],
  findings: [],
  evidence: { statements: 0, later: 0, unsigned: 0 },
  documents: { bills: 0, advisories: 0, exploitedLists: 0, vouched: 0 },
  audit: { questions: 2, asked: 2, differences: 0 },
  inputs: [],
};

const rule = (id: string, reason: boolean): ShownVerdict["rules"][number] => ({
  ...{ id, reason, applies: "always", state: reason ? "fires" : "passes" },
});

function chain(kind: number, verdicts: readonly Partial<ShownVerdict>[]): Chain {
  return {
    ...{ operator: "DEMO-north", domain: "core", elements: 1, example: "DEMO-b", kind, bases: [], who: [] },
    verdicts: verdicts.map((verdict) => ({
      ...{ pack: "house", use: "binding", function: "AMF", outcome: "refused", basis: "rule", rules: [], advice: [] },
      ...{ facts: [], why: [], ...verdict },
    })),
  };
}

const row = (element: string, at: number | undefined, line: number): ReportElement => ({
  ...{ element, operator: "DEMO-north", site: null, maker: null, product: null, release: null, functions: "AMF" },
  ...{ domain: "core", equipment: 0, maintenance: 0, place: { file: "elements/a b.csv", line } },
  ...(at !== undefined && { chain: at }),
});

/** One element refused for two functions, two undecided, one admitted by a pack that binds and refused by another one. */
export const reportData: ReportData = {
  assessment,
  kinds: [],
  sites: { placed: 0, unplaced: 5, sites: 0, cell: null, points: [], regions: [] },
  ...{ outline: [], attribution: null, facts: [], translations: {} },
  darkness: { scenarios: [0], cell: null, points: [], unplaced: 4 },
  elements: {
    total: 5,
    rows: [row(hostileName, 0, 3), row("DEMO-c", 1, 4), row("DEMO-d", 2, 5), row("DEMO-e", undefined, 6)],
  },
  chains: {
    total: 3,
    rows: [
      chain(0, [
        { rules: [rule("H-1", true), rule("H-2", false)], change: { actions: [], remedies: [] } },
        { rules: [rule("H-1", true)], function: "SMF", outcome: "undecided", basis: "missing" },
      ]),
      // No rule stands against it, and still it is not admitted.
      chain(1, [
        { outcome: "undecided", basis: "engine", why: [{ code: "engine", text: "Cedar failed", who: "nobody" }] },
        { outcome: "refused", use: "compare", pack: "other", rules: [rule("H-1", true)] },
      ]),
      chain(2, [{ outcome: "admitted", basis: "evidence", rules: [rule("H-1", false)] }]),
    ],
  },
  rules: [
    {
      ...{ pack: "house", id: "H-1", title: "tested", remedy: "Test it", cites: "https://example.test/law" },
      ...{ certainty: "own-policy", kind: "duty" },
    },
    {
      ...{ pack: "house", id: "H-2", title: "two makers", remedy: "Buy elsewhere", cites: "house [1]" },
      ...{ certainty: "own-policy", kind: "limit" },
    },
    {
      ...{ pack: "house", id: "H-9", title: "said", remedy: "-", cites: "house" },
      ...{ certainty: "own-policy", kind: "advice" },
    },
    {
      ...{ pack: "other", id: "H-1", title: "other", remedy: "-", cites: "other" },
      ...{ certainty: "own-policy", kind: "duty" },
    },
  ],
};

/** The same with so many refused elements that not all can be listed. */
export function manyRefused(count: number): ReportData {
  const rows = Array.from({ length: count }, (_, at) => row(`DEMO-${String(at).padStart(6, "0")}`, 0, at + 2));
  const verdicts = { admitted: 0, refused: count + 100, undecided: 1 };
  return { ...reportData, assessment: { ...assessment, verdicts }, elements: { total: count + 100, rows } };
}
