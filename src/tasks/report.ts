import type { Assessment } from "../model/assessment.ts";
import { type Basis, undecidedBases } from "../model/basis.ts";
import type { Explained } from "../model/explanation.ts";
import type { KindRow, ListedElement, QuestionGroup } from "../model/ports/store.ts";
import type { Chain, ReportData, ShownVerdict } from "../model/report-data.ts";
import type { Questions } from "./ask.ts";
import { chainsOf } from "./chains.ts";
import { darknessOf } from "./darkness.ts";
import { usesOf } from "./equipment.ts";
import { type JudgedGroup, whoCanAct } from "./judge.ts";
import { networkOf } from "./network-of.ts";
import type { Outline } from "./outline.ts";
import type { Way } from "./settings.ts";
import { ShownFacts } from "./shown-facts.ts";
import { everySuspect } from "./suspects.ts";
import type { Workspace } from "./workspace.ts";

/** Sites by themselves up to this number, cells of a grid above it. */
export const mostPoints = 12_000;
/** Elements that a report holds if it can hold them all; and how many if not, for nobody reads more. */
export const mostElements = 40_000;
export const mostOfMany = 5000;
export const mostChains = 600;

/** What a report is made from, besides the assessment. */
export interface Reported {
  readonly workspace: Workspace;
  readonly ways: readonly Way[];
  readonly questions: Questions;
  readonly judged: readonly JudgedGroup[];
  readonly assessment: Assessment;
  readonly outline: Outline;
  /** Find file and line of each element. */
  readonly places: boolean;
}

/**
 * All that a report shows: verdicts by kind, where they lie, which sites would go dark, the worst elements, and the chains
 * behind the largest questions, each told by its example as `explain` would. Bounded whatever the size of the inventory; equal inputs give
 * equal bytes. The store must have kept the sites.
 */
export async function reportOf(reported: Reported): Promise<ReportData> {
  const { workspace, assessment, judged, outline, places } = reported;
  const { store } = workspace;
  const kinds = kindsOf(judged, assessment);
  const rows = kindRows(judged, kinds);
  const sites = await store.siteCounts(rows, mostPoints);
  const total = judged.reduce((sum, { group }) => sum + group.elements, 0);
  const listed = await store.listElements(rows, total > mostElements ? mostOfMany : mostElements, { places });
  const kindsByQuestion = new Map(judged.map((one) => [questionOf(one.group), kindOf(one, kinds)]));
  const shown = chosenGroups(judged, kinds);
  const { chains, facts } = await chainsBehind(reported, shown, kinds);
  const network = await networkOf(workspace);
  const darkness = await darknessOf(network, everySuspect(network), assessment.outage, {
    siteIds: (numbers) => store.siteIds(numbers),
    most: mostPoints,
  });
  return {
    assessment,
    kinds,
    sites,
    outline: outline.outline,
    attribution: outline.attribution,
    darkness,
    elements: { total: listed.total, rows: withChains(listed.rows, shown, kindsByQuestion) },
    chains: { total: judged.length, rows: chains },
    facts,
    rules: rulesOf(workspace),
    translations: Object.fromEntries(
      workspace.packs.flatMap(({ pack: { name, manifest } }) =>
        manifest.translations ? [[name, manifest.translations]] : [],
      ),
    ),
  };
}

const worstFirst: readonly Basis[] = ["rule", ...undecidedBases, "exception", "earlier-regime", "evidence", "no-duty"];

/** The verdicts that occur, worst first; records that could not be read among them. */
function kindsOf(judged: readonly JudgedGroup[], { setAside, usesSetAside }: Assessment): ReportData["kinds"] {
  const unread = setAside + usesSetAside;
  return worstFirst.flatMap((basis): ReportData["kinds"] => {
    const own = judged.filter(({ binding }) => binding.basis === basis);
    const verdicts = own.reduce((sum, { group }) => sum + group.elements, basis === "input" ? unread : 0);
    return verdicts === 0 ? [] : [{ outcome: own[0]?.binding.outcome ?? "undecided", basis, verdicts }];
  });
}

/** The kind of each distinct question; the worst one where Cedar contradicted the tables on one operator's. */
function kindRows(judged: readonly JudgedGroup[], kinds: ReportData["kinds"]): readonly KindRow[] {
  const rows = new Map<string, KindRow>();
  for (const one of judged) {
    const { equipment, maintenance } = one.group;
    const held = rows.get(`${equipment} ${maintenance}`);
    const kind = kindOf(one, kinds);
    if (!held || kind < held.kind) rows.set(`${equipment} ${maintenance}`, { equipment, maintenance, kind });
  }
  return [...rows.values()];
}

function kindOf({ binding }: JudgedGroup, kinds: ReportData["kinds"]): number {
  return kinds.findIndex(({ basis }) => basis === binding.basis);
}

/** The questions whose chains are shown: of each kind in turn the largest, sorted by kind and size. */
function chosenGroups(judged: readonly JudgedGroup[], kinds: ReportData["kinds"]): readonly JudgedGroup[] {
  const bySize = (a: JudgedGroup, b: JudgedGroup) =>
    b.group.elements - a.group.elements || (questionOf(a.group) < questionOf(b.group) ? -1 : 1);
  const sorted = kinds.map((_, kind) => judged.filter((one) => kindOf(one, kinds) === kind).sort(bySize));
  const longest = Math.max(0, ...sorted.map((own) => own.length));
  const inTurn = Array.from({ length: longest }, (_, at) => sorted.flatMap((own) => own[at] ?? []));
  const chosen = new Set(inTurn.flat().slice(0, mostChains));
  return sorted.flat().filter((one) => chosen.has(one));
}

/** Name of a question; the example and the number of elements do not belong to it. */
function questionOf(group: Pick<QuestionGroup, "operator" | "domain" | "equipment" | "maintenance">): string {
  return `${group.equipment} ${group.maintenance} ${group.domain} ${group.operator}`;
}

function withChains(
  rows: readonly ListedElement[],
  shown: readonly JudgedGroup[],
  kinds: ReadonlyMap<string, number>,
): ReportData["elements"]["rows"] {
  const places = new Map(shown.map(({ group }, at) => [questionOf(group), at]));
  return rows.map((row) => {
    const [chain, kind] = [places.get(questionOf(row)), kinds.get(questionOf(row))];
    return { ...row, ...(kind !== undefined && { kind }), ...(chain !== undefined && { chain }) };
  });
}

async function chainsBehind(
  { workspace, ways, questions }: Reported,
  shown: readonly JudgedGroup[],
  kinds: ReportData["kinds"],
): Promise<{ readonly chains: readonly Chain[]; readonly facts: ReportData["facts"] }> {
  const plain = ways.filter(({ differs }) => differs.kind === "nothing");
  const asked = plain.map((way) => ({ way, uses: usesOf(way.setting, questions.keys, workspace.asOf) }));
  const rows = await workspace.store.elements([...new Set(shown.map(({ group }) => group.example))]);
  const nameOf = (id: string, operator: string, left: boolean) => JSON.stringify([id, operator, left]);
  const examples = new Map(rows.map((row) => [nameOf(row.id, row.operator, row.left), row]));
  const facts = new ShownFacts();
  const chains = shown.map((one): Chain => {
    const { group, binding } = one;
    const { operator, domain, elements, example } = group;
    const row = examples.get(nameOf(example, operator, questions.left.has(group.equipment)));
    if (!row) throw new Error(`the store gave \`${example}\` as an example and does not find it`);
    const behind = asked.flatMap(({ way, uses }) => chainsOf(workspace, way, questions.keys, uses, row));
    return {
      ...{ operator, domain, elements, example, kind: kindOf(one, kinds), bases: binding.bases },
      who: binding.outcome === "admitted" ? [] : whoCanAct(binding.deciding),
      verdicts: behind.map((chain) => shownVerdict(chain, facts)),
    };
  });
  return { chains, facts: facts.all };
}

function shownVerdict(chain: Explained, facts: ShownFacts): ShownVerdict {
  const { pack, use, verdict, advice } = chain;
  const { outcome, basis, rules, why, since, exceptions, underlying } = verdict;
  const isOpen = outcome !== "admitted" || underlying !== undefined;
  return {
    ...{ pack, use, function: chain.function, outcome, basis, rules, advice },
    facts: facts.numbers(chain.definitions, chain.facts),
    why,
    ...(since !== undefined && { since }),
    ...(exceptions && { exceptions }),
    ...(underlying && { underlying }),
    ...(isOpen && { change: chain.change }),
  };
}

function rulesOf({ packs }: Workspace): ReportData["rules"] {
  return packs.flatMap(({ pack }) =>
    pack.rules.map(({ id, title, remedy, cites, certainty, kind }) => ({
      ...{ pack: pack.name, id, title, remedy, cites, certainty, kind },
    })),
  );
}
