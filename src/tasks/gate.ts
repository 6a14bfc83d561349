import { namedActions } from "../facts/actions.ts";
import { equipmentFacts, maintenanceFacts } from "../facts/catalogue.ts";
import type { GateResult, OrderLine } from "../model/gate-result.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { type Action, type Outcome, type Verdict, worseOutcome } from "../model/verdict.ts";
import { leastChange } from "../policy/change.ts";
import { decide } from "../policy/decide.ts";
import { ofKey, usesOf } from "./equipment.ts";
import { exceptionClaims, marksOf } from "./exceptions.ts";
import { strangeInOrder } from "./gate-names.ts";
import { combine } from "./judge.ts";
import { judgeNetwork, tallies } from "./network.ts";
import { type Order, type OrderedLine, readOrder } from "./order.ts";
import { coreOf, gateLines } from "./record/core.ts";
import { enterGate } from "./record/enter.ts";
import { type Way, waysOfAsking } from "./settings.ts";
import type { Shell } from "./shell.ts";
import { asWaivers, covering, inForceFor } from "./waivers.ts";
import { type Days, openWorkspace, type Workspace } from "./workspace.ts";

const mostProblems = 500;

export interface GateOptions extends Days {
  readonly action?: Action;
  /** Enter it in the ledger before it is returned. */
  readonly record?: boolean;
}

export interface Gated {
  readonly result: GateResult;
  /** The decision on each line as a ledger keeps it, JSON, in the order of the file; then those on networks. */
  readonly lines: readonly string[];
}

/**
 * Decides about a purchase before it is made. Each line is asked whether it may be deployed; then the network with all
 * lines added is asked whether it breaks a limit, and the lines that break it together are named together.
 */
export async function gate(shell: Shell, orderFile: ReadFile, options: GateOptions = {}): Promise<Gated> {
  const action = options.action ?? "deploy";
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, options);
    const order = readOrder(orderFile);
    const ways = waysOfAsking(workspace, action).filter(({ differs }) => differs.kind === "nothing");
    shell.progress("deciding");
    const marks = await lineMarks(workspace);
    const alone = order.lines.map((line) => judgeLine(workspace, ways, line, marks));
    const { network, together } = await judgeTogether(workspace, order.lines);
    const lines = [
      ...alone.map(({ line }, index) => withNetwork(line, together.get(order.lines[index]!) ?? [])),
      ...order.setAside.map(asUndecided),
    ];
    const decided = summarise(workspace, action, orderFile, order, lines, network);
    const cores = gateLines(decided, new Map(alone.map(({ line, core }) => [line.line, core])));
    const recorded = options.record
      ? await enterGate(shell, workspace, decided, { order: orderFile, lines: cores })
      : false;
    return { result: { ...decided, recorded }, lines: cores };
  } finally {
    await store.close();
  }
}

type Marks = ReturnType<typeof marksOf>;

/**
 * What is not there yet has no element id; an exception can name the order line instead. One that names an element that
 * is there was signed for that element, so no line gets it by taking its name.
 */
async function lineMarks({ evidence, asOf, store }: Workspace): Promise<Marks> {
  const marks = marksOf(exceptionClaims(evidence), asOf);
  const taken = await store.standing([...marks.keys()]);
  return new Map([...marks].filter(([id]) => !taken.has(id)));
}

function judgeLine(workspace: Workspace, ways: readonly Way[], line: OrderedLine, marks: Marks) {
  const verdicts = ways.flatMap((way) => verdictsOn(workspace, way, line, marks).map((verdict) => ({ way, verdict })));
  const binding = verdicts.filter(({ way }) => way.use === "binding").map(({ verdict }) => verdict);
  const { outcome, basis, bases, deciding, exceptions, underlying } = combine(binding);
  const until = outcome === "admitted" ? binding.flatMap((verdict) => verdict.until ?? []).sort()[0] : undefined;
  const compared = Map.groupBy(
    verdicts.filter(({ way }) => way.use === "compare"),
    ({ verdict }) => verdict.pack,
  );
  const first = verdicts.find(({ verdict }) => verdict === deciding[0])!;
  const change = outcome === "admitted" ? undefined : changeFor(first.way, first.verdict);
  const judged: OrderLine = {
    ...shown(line),
    outcome,
    basis,
    bases: [...bases],
    reasons: deciding.flatMap((verdict) => reasonsOf(ways, verdict)),
    why: deciding.flatMap((verdict) => verdict.why.map(({ code, text, who }) => ({ code, text, who }))),
    ...(change && { change }),
    ...(exceptions && { exceptions }),
    ...(underlying && { underlying }),
    ...(until !== undefined && { until }),
    compare: Object.fromEntries(
      [...compared].map(([pack, own]) => [pack, combine(own.map(({ verdict }) => verdict)).outcome]),
    ),
  };
  return { line: judged, core: verdicts.map(({ way, verdict }) => ({ use: way.use, ...coreOf(verdict) })) };
}

function shown(line: OrderedLine) {
  const { id, operator, product, release, functions, quantity } = line;
  return {
    line: line.line,
    id,
    operator,
    product: product ?? "",
    release: release ?? "",
    functions: functions ?? "",
    quantity,
  };
}

function verdictsOn(workspace: Workspace, way: Way, line: OrderedLine, marks: Marks): readonly Verdict[] {
  const { setting } = way;
  const { operator, maker, product, release, digest, functions } = line;
  const mark = marks.get(line.id) ?? null;
  const exceptions = inForceFor(workspace.exceptions, setting.pack.name);
  const asked: EquipmentKey = {
    ...{ key: 0, operator, maker, product, release, digest, functions, mark, elements: line.quantity },
    ...{
      left: false,
      inService: null,
      inServiceUnknown: 0,
      releaseSince: null,
      releaseUnknown: 0,
      releaseUnknownFrom: null,
    },
  };
  const maintenance = maintenanceFacts(setting, operator, line.parties);
  const uses = usesOf(setting, [], setting.asOf);
  return ofKey(workspace, way, asked, uses, { from: setting.asOf, to: setting.asOf }).map((equipment) => {
    const facts = { ...equipmentFacts(setting, equipment), ...maintenance };
    const waivers = asWaivers(covering(exceptions, setting, asked, equipment), setting.action);
    return decide(setting.pack, setting, facts, waivers);
  });
}

function reasonsOf(ways: readonly Way[], verdict: Verdict): OrderLine["reasons"] {
  const rules = ways.find(({ setting }) => setting.pack.name === verdict.pack)?.setting.pack.rules ?? [];
  return rules
    .filter(({ id }) => verdict.reasons.includes(id))
    .map(({ id, title, cites, remedy }) => ({ rule: id, pack: verdict.pack, title, cites, remedy }));
}

function changeFor({ setting }: Way, { facts }: Verdict): OrderLine["change"] {
  const { actions } = leastChange(setting.pack, setting, facts, namedActions(setting, facts));
  return actions?.map(({ id, title, who, effort }) => ({ id, title, who, effort }));
}

/** What stands against a line because of the network with all lines added. */
interface Together {
  readonly outcome: Outcome;
  readonly basis: string;
  readonly reason: OrderLine["reasons"][number];
}

/** The network with every line added; a limit that it then breaks, or may break, falls on all lines of that segment. */
async function judgeTogether(workspace: Workspace, lines: readonly OrderedLine[]) {
  const added = lines.map(
    (line) => [line, tallies(workspace, line.operator, line.functions, line.maker, line.quantity)] as const,
  );
  const network = await judgeNetwork(
    workspace,
    added.flatMap(([, tally]) => tally),
  );
  const together = new Map<OrderedLine, Together[]>();
  for (const verdict of network.filter(({ use, outcome }) => use === "binding" && outcome !== "admitted")) {
    const concerned = added.filter(([, tally]) =>
      tally.some(
        ({ operator, segment }) =>
          (verdict.scope === "nation" || operator === verdict.operator) &&
          (segment ?? verdict.segment) === verdict.segment,
      ),
    );
    const names = concerned.map(([line]) => line.id).sort();
    const rules = workspace.packs.find(({ pack }) => pack.name === verdict.pack)?.pack.rules ?? [];
    for (const [line] of concerned) {
      const own = rules
        .filter(({ id }) => verdict.reasons.includes(id))
        .map(({ id, title, cites, remedy }): Together => {
          const reason = {
            rule: id,
            pack: verdict.pack,
            title: `${title}: ${verdict.detail}`,
            cites,
            remedy,
            with: names,
          };
          return { outcome: verdict.outcome, basis: verdict.basis, reason };
        });
      together.set(line, [...(together.get(line) ?? []), ...own]);
    }
  }
  return { network, together };
}

function withNetwork(line: OrderLine, together: readonly Together[]): OrderLine {
  const outcome = together.reduce<Outcome>((worst, one) => worseOutcome(worst, one.outcome), line.outcome);
  const [basis = line.basis] =
    line.outcome === outcome ? [line.basis] : together.filter((one) => one.outcome === outcome).map((one) => one.basis);
  const { change, until, ...rest } = line;
  // What turns a line alone does not turn it while the network stands against it.
  const kept = {
    ...(together.length === 0 && change && { change }),
    ...(outcome === "admitted" && until !== undefined && { until }),
  };
  return {
    ...rest,
    ...kept,
    outcome,
    basis,
    bases: basis === line.basis ? line.bases : [basis],
    reasons: [...line.reasons, ...together.map(({ reason }) => reason)],
  };
}

function asUndecided({ line, id }: Order["setAside"][number]): OrderLine {
  const empty = { operator: "", product: "", release: "", functions: "", quantity: 0 };
  const why = [{ code: "input", text: "the line could not be read", who: "operator" }];
  return { line, id, ...empty, outcome: "undecided", basis: "input", bases: ["input"], reasons: [], why, compare: {} };
}

function summarise(
  workspace: Workspace,
  action: Action,
  file: ReadFile,
  order: Order,
  lines: readonly OrderLine[],
  network: GateResult["network"],
): GateResult {
  const verdicts = { admitted: 0, refused: 0, undecided: 0 };
  for (const { outcome } of lines) verdicts[outcome] += 1;
  return {
    kind: "gate",
    schemaVersion: 1,
    workspace: workspace.config.name,
    action,
    asOf: workspace.asOf,
    knownAt: workspace.knownAt,
    demo: workspace.config.demo === true,
    recorded: false,
    order: { file: file.name, sha256: file.sha256, lines: lines.length, setAside: order.setAside.length },
    verdicts,
    lines: lines.toSorted((a, b) => a.line - b.line),
    network,
    problems: [...order.problems, ...strangeInOrder(workspace, file.name, order.lines), ...workspace.problems].slice(
      0,
      mostProblems,
    ),
    packs: workspace.packs.map(({ pack, use }) => ({
      name: pack.name,
      version: pack.version,
      digest: pack.digest,
      use,
    })),
  };
}
