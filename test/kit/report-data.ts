import type { Breakdown } from "../../src/model/assessment.ts";
import type { Basis } from "../../src/model/basis.ts";
import type { Chain, ReportData, ReportElement, ShownFact, ShownVerdict } from "../../src/model/report-data.ts";
import type { Outcome, RuleAnswer } from "../../src/model/verdict.ts";
import { inventedAssessment, ruleRows } from "./report-assessment.ts";
import { inventedDarkness, operators, regions } from "./report-network.ts";

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const kinds: readonly (readonly [Outcome, Basis, share: number])[] = [
  ["refused", "rule", 0.04],
  ["undecided", "input", 0.002],
  ["undecided", "identity", 0.03],
  ["undecided", "stale-register", 0.04],
  ["undecided", "expired", 0.02],
  ["undecided", "missing", 0.06],
  ["undecided", "no-scheme", 0.03],
  ["admitted", "exception", 0.02],
  ["admitted", "earlier-regime", 0.1],
  ["admitted", "no-duty", 0.5],
  ["admitted", "evidence", 0.158],
];
const domains = ["access", "transport", "core", "management"];
const functions = ["gNB", "transport-router", "AMF", "RAN-management"];

const facts: readonly ShownFact[] = [
  {
    name: "critical",
    question: "Is the function critical under the list in force on the as-of day?",
    values: [true],
    labels: ["true"],
    known: true,
    sources: [{ kind: "pack", pack: "de-2026", text: "list ldkf-2021, class core-3gpp" }],
    why: [],
  },
  {
    name: "certificate",
    question: "What certificate of a scheme admissible for the function covers this release?",
    values: [1, 4],
    labels: ["one for another release", "one in term at first use and on the as-of day"],
    known: false,
    sources: [
      {
        kind: "statement",
        file: "evidence/DEMO-cert-7.json",
        id: "DEMO-cert-7",
        signer: "DEMO-body",
        grade: "transcript",
        text: "certificate DEMO-cert-7 of NESAS-CCS-GI for DEMO-amf 4.1",
        day: "2026-02-03",
      },
      { kind: "row", file: "elements/elements.csv", line: 12, text: "release 4.2" },
    ],
    why: [{ code: "identity", text: "the certificate names release `4.1`, in use is `4.2`", who: "maker" }],
  },
  {
    name: "era",
    question: "Which duty before use applied on the day of first use?",
    values: ["notice", "certificate"],
    labels: ["notice, declaration and waiting time (BSIG 9b old)", "certificate before first use (TKG 165(4))"],
    known: false,
    sources: [{ kind: "parameter", name: "firstUseMeans", value: "any", text: "every reading stays possible" }],
    why: [{ code: "missing", text: "`in_service_since` is empty", who: "operator" }],
  },
];

/** How large the invented network is. */
export interface Size {
  readonly sites: number;
  readonly elements: number;
  readonly chains: number;
  readonly seed?: number;
}

/** An invented network, with everything that a report can show; the same for the same size and seed. */
export function inventedReport({ sites, elements, chains, seed = 7 }: Size): ReportData {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const pickKind = () => {
    let left = random();
    const found = kinds.findIndex(([, , share]) => {
      left -= share;
      return left < 0;
    });
    return found < 0 ? kinds.length - 1 : found;
  };
  const verdictsByKind = kinds.map(() => 0);
  const byOperator = new Map<string, number[]>();
  const byDomain = new Map<string, number[]>();
  const byRegion = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, key: string, kind: number) => {
    const own = map.get(key) ?? kinds.map(() => 0);
    own[kind]!++;
    map.set(key, own);
  };
  const points = Array.from({ length: sites }, (_, at) => ({
    id: `DEMO-site-${String(at).padStart(5, "0")}`,
    name: at % 5 === 0 ? null : `Mast ${at}`,
    region: pick(regions),
    latitude: 47.5 + 7 * random() ** 0.9,
    longitude: 6.2 + 8.6 * ((random() + random()) / 2),
    sites: 1,
    counts: kinds.map(() => 0),
  }));
  const chainRows = Array.from({ length: chains }, (_, at) => inventedChain(at, at % kinds.length, pick));
  const rows = Array.from({ length: elements }, (_, at): ReportElement => {
    const kind = pickKind();
    const point = points[Math.floor(random() * points.length)];
    const place = random() < 0.8 ? 0 : Math.floor(random() * 4);
    const operator = pick(operators);
    verdictsByKind[kind]!++;
    add(byOperator, operator, kind);
    add(byDomain, domains[place]!, kind);
    if (point) {
      point.counts[kind]!++;
      add(byRegion, point.region, kind);
    }
    const own = kind + kinds.length * Math.floor(random() * Math.floor(chains / kinds.length + 1));
    return {
      element: `DEMO-${functions[place]}-${String(at).padStart(6, "0")}`,
      operator,
      site: point?.id ?? null,
      maker: random() < 0.02 ? null : `DEMO-maker-${Math.floor(random() * 9)}`,
      product: `DEMO-product-${Math.floor(random() * 12)}`,
      release: `${Math.floor(random() * 5)}.${Math.floor(random() * 4)}`,
      functions: functions[place]!,
      domain: domains[place]!,
      equipment: at % 400,
      maintenance: at % 30,
      place: { file: "elements/elements.csv", line: at + 2 },
      kind,
      ...(own < chains && { chain: own }),
    };
  }).sort((a, b) => a.kind! - b.kind! || (a.element < b.element ? -1 : 1));
  const posing = chainRows.map(() => 0);
  for (const { chain } of rows) if (chain !== undefined) posing[chain]!++;
  const named = (map: ReadonlyMap<string, readonly number[]>) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, counts]) => breakdown(name, counts));
  const all = breakdown("", verdictsByKind);
  const placed = points.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
  const assessment = inventedAssessment(all, { elements, sites }, named(byOperator), named(byDomain));
  return {
    assessment,
    kinds: kinds.map(([outcome, basis], at) => ({ outcome, basis, verdicts: verdictsByKind[at]! })),
    sites: {
      placed,
      unplaced: Math.round(elements / 100),
      sites,
      cell: null,
      points: points.filter(({ counts }) => counts.some((count) => count > 0)),
      regions: [...byRegion].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, counts]) => ({ name, sites: 9, counts })),
    },
    outline: inventedRegions(inventedRing(random)),
    darkness: inventedDarkness({ points }, assessment.outage),
    attribution: sites > 0 ? "invented borders, no licence needed" : null,
    elements: { total: elements, rows },
    chains: { total: chains, rows: chainRows.map((row, at) => ({ ...row, elements: posing[at]! })) },
    facts,
    rules: ruleRows.map(([id, title]) => ({
      pack: "de-2026",
      id,
      title,
      remedy: `Remedy of ${id}`,
      cites: "TKG 165(4); TR-03163-A",
      certainty: "S",
      kind: "duty",
    })),
    translations: {
      "de-2026": {
        de: {
          title:
            "Deutschland 2026: Zertifikate vor dem ersten Einsatz, die frühere Anzeigepflicht, Anordnungen und Verträge",
          rules: Object.fromEntries(
            ruleRows.flatMap(([id, , title]) => (title ? [[id, { title, remedy: `Abhilfe zu ${id}` }]] : [])),
          ),
          parameters: { firstUseMeans: "Erster Einsatz wovon: des Typs, des Standes oder des Elements" },
        },
      },
    },
  };
}

function inventedRing(random: () => number): (readonly [number, number])[] {
  const corners = 180;
  return Array.from({ length: corners + 1 }, (_, at) => {
    const turn = ((at % corners) / corners) * 2 * Math.PI;
    const reach = 1 + 0.05 * Math.sin(5 * turn) + 0.02 * random();
    return [10.5 + 4.6 * reach * Math.cos(turn), 51 + 3.7 * reach * Math.sin(turn)] as const;
  });
}

/** The country cut from its middle into a piece for each region that has a name. */
function inventedRegions(ring: ReturnType<typeof inventedRing>): ReportData["outline"] {
  const named = regions.filter((name) => name !== "");
  const step = Math.ceil((ring.length - 1) / named.length);
  return named.map((name, at) => {
    const edge = ring.slice(at * step, (at + 1) * step + 1);
    const middle = [10.5, 51] as const;
    return { name, rings: [[middle, ...edge, middle]] };
  });
}

function breakdown(name: string, counts: readonly number[]): Breakdown {
  const verdicts = { admitted: 0, refused: 0, undecided: 0 };
  const basis: Record<string, number> = {};
  for (const [at, [outcome, own]] of kinds.entries()) {
    verdicts[outcome] += counts[at]!;
    if (counts[at]! > 0) basis[own] = (basis[own] ?? 0) + counts[at]!;
  }
  return { name, verdicts, basis };
}

function inventedChain(at: number, kind: number, pick: <T>(list: readonly T[]) => T): Chain {
  const [outcome, basis] = kinds[kind]!;
  const firing = at % ruleRows.length;
  const state = (rule: number): RuleAnswer["state"] => {
    if (outcome === "admitted") return basis === "no-duty" ? "silent" : "passes";
    if (rule !== firing && (at % 4 > 1 || rule !== (firing + 1 + (at % 2)) % ruleRows.length))
      return rule % 2 ? "silent" : "passes";
    return outcome === "refused" ? "fires" : "depends";
  };
  const rules = ruleRows.map(([id], rule): RuleAnswer => {
    const own = state(rule);
    return {
      id,
      state: own,
      applies: own === "silent" ? "never" : "always",
      reason: own === "fires" || own === "depends",
    };
  });
  const verdict: ShownVerdict = {
    pack: "de-2026",
    use: "binding",
    function: functions[at % 4]!,
    outcome,
    basis,
    rules,
    advice: [],
    facts: [0, 1, 2],
    why: outcome === "undecided" ? facts[1]!.why : [],
    ...(outcome === "refused" && { since: "2026-01-01" }),
    ...(basis === "exception" && {
      exceptions: ["DEMO-exception-1"],
      underlying: { outcome: "refused", basis: "rule", reasons: ["DE-CERT-3"] } as const,
    }),
    change:
      at % 3 === 0
        ? { remedies: ["Remedy of DE-CERT-1"] }
        : {
            actions: [
              {
                id: "renew-certificate",
                title: "renew the certificate for the release in use",
                who: "maker",
                effort: 3,
              },
            ],
            remedies: [],
          },
  };
  return {
    operator: pick(operators),
    domain: domains[at % 4]!,
    elements: 0,
    example: `DEMO-${functions[at % 4]}-${String(at).padStart(6, "0")}`,
    kind,
    bases: [basis],
    who: outcome === "admitted" ? [] : outcome === "refused" ? ["operator"] : ["maker", "operator"],
    verdicts: [verdict],
  };
}
