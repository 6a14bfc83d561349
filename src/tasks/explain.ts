import { namedActions } from "../facts/actions.ts";
import { equipmentFacts, maintenanceFacts } from "../facts/catalogue.ts";
import type { FirstUses } from "../facts/first-use.ts";
import type { DaySpan } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import type { Explained, Explanation } from "../model/explanation.ts";
import type { Facts, Source } from "../model/fact.ts";
import type { ElementRow, EquipmentKey } from "../model/inventory.ts";
import type { Action, Verdict } from "../model/verdict.ts";
import { leastChange } from "../policy/change.ts";
import { advise, decide } from "../policy/decide.ts";
import { ofKey, usesOf } from "./equipment.ts";
import { combine } from "./judge.ts";
import { type Way, waysOfAsking } from "./settings.ts";
import type { Shell } from "./shell.ts";
import { type Days, openWorkspace, type Workspace } from "./workspace.ts";

/**
 * The chain behind the verdicts on one element: for each responsible operator, pack and function the facts with their
 * sources, the rules, and the least change. An element that was set aside answers with the problems that name it.
 * Throws `UserError`, with ids alike, if the inventory does not hold it.
 */
export async function explain(
  shell: Shell,
  element: string,
  options: Days & { readonly action?: Action } = {},
): Promise<Explanation> {
  const action = options.action ?? "operate";
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, options);
    const { asOf, knownAt, config } = workspace;
    const rows = await store.element(element);
    const aside = workspace.loaded.setAsideIds.filter(({ id }) => id === element);
    if (rows.length === 0 && aside.length === 0) throw await noSuchElement(workspace, element);
    const keys = await store.equipmentKeys();
    const ways = waysOfAsking(workspace, action).filter(({ differs }) => differs.kind === "nothing");
    const uses = ways.map((way) => usesOf(way.setting, keys, asOf));
    const operators = rows.map((row) => ({
      row,
      chains: ways.flatMap((way, index) => chainsOf(workspace, way, keys, uses[index]!, row)),
    }));
    return {
      kind: "explanation",
      element,
      action,
      asOf,
      knownAt,
      demo: config.demo === true,
      operators: operators.map(({ row, chains }) => {
        const binding = chains.filter(({ use }) => use === "binding").map(({ verdict }) => verdict);
        const { outcome, basis, bases } = combine(binding);
        return { operator: row.operator, row, outcome, basis, bases, chains };
      }),
      setAside: aside.map(({ code }) => code),
      problems: workspace.problems.filter(
        ({ message, place, record }) =>
          record === element ||
          message.includes(`\`${element}\``) ||
          rows.some((row) => row.file === place.file && row.line === place.line),
      ),
    };
  } finally {
    await store.close();
  }
}

function chainsOf(
  workspace: Workspace,
  way: Way,
  keys: readonly EquipmentKey[],
  uses: FirstUses,
  row: ElementRow,
): readonly Explained[] {
  const key = keys.find((one) => one.key === row.equipment);
  if (!key) throw new Error(`the store names key ${row.equipment} for \`${row.id}\` and does not list it`);
  const { setting, use } = way;
  const { pack } = setting;
  const own: DaySpan =
    row.inServiceSince === null ? { to: setting.asOf } : { from: row.inServiceSince, to: row.inServiceSince };
  const maintenance = maintenanceFacts(setting, row.operator, row.parties);
  return ofKey(workspace, way, key, uses, own).map((equipment): Explained => {
    const facts = locate({ ...equipmentFacts(setting, equipment), ...maintenance }, row);
    const verdict = sinceFirstUse(decide(pack, setting, facts), row);
    return {
      pack: pack.name,
      packTitle: pack.title,
      use,
      function: equipment.function ?? null,
      verdict,
      advice: advise(pack, setting, facts),
      rules: pack.rules,
      definitions: pack.facts.filter(({ name }) => name in verdict.facts || name in facts),
      facts: { ...facts, ...verdict.facts },
      change:
        verdict.outcome === "admitted"
          ? { remedies: [] }
          : leastChange(pack, setting, facts, namedActions(setting, facts)),
    };
  });
}

/** Refused since the rule's or the order's day, but not before the element was there. */
function sinceFirstUse(verdict: Verdict, { inServiceSince }: ElementRow): Verdict {
  if (verdict.since === undefined || inServiceSince === null || inServiceSince <= verdict.since) return verdict;
  return { ...verdict, since: inServiceSince };
}

/** Facts know that something stands in the element's record; where that record lies, only its row can say. */
function locate(facts: Facts, { file, line, partyPlaces }: ElementRow): Facts {
  const place = (source: Source, index: number): Source => {
    if (source.kind !== "row") return source;
    if (source.file === "elements") return { ...source, file, line };
    // Facts list parties first, in the order of the element's row.
    return source.file === "relations" ? { ...source, ...partyPlaces[index] } : source;
  };
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, { ...fact, sources: fact.sources.map(place) }]),
  );
}

async function noSuchElement(workspace: Workspace, element: string): Promise<UserError> {
  const alike = await workspace.store.similarIds(element);
  const hint =
    alike.length > 0
      ? `did you mean ${alike.map((id) => `\`${id}\``).join(", ")}?`
      : "`assess --output csv` lists every element";
  return new UserError(`no element \`${element}\` is in use on ${workspace.asOf}`, hint);
}
