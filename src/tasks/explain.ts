import { UserError } from "../model/errors.ts";
import type { Explained, Explanation, ShownException } from "../model/explanation.ts";
import type { Action } from "../model/verdict.ts";
import { chainsOf } from "./chains.ts";
import { usesOf } from "./equipment.ts";
import { combine } from "./judge.ts";
import { waysOfAsking } from "./settings.ts";
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
        const { outcome, basis, bases, exceptions, underlying } = combine(binding);
        const without = exceptions && underlying && { exceptions, underlying };
        return { operator: row.operator, row, outcome, basis, bases, ...without, chains };
      }),
      exceptions: shownExceptions(
        workspace,
        operators.flatMap(({ chains }) => chains),
      ),
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

/** The exceptions that turned something in one of the chains, sorted by id. */
function shownExceptions({ exceptions }: Workspace, chains: readonly Explained[]): readonly ShownException[] {
  const turned = new Set(chains.flatMap(({ verdict }) => verdict.exceptions ?? []));
  return exceptions
    .filter(({ state, claim }) => state === "in-force" && turned.has(claim.says.exceptionId))
    .map(({ claim: { says, by } }) => {
      const { exceptionId: id, pack, rules, reason, owner, until } = says;
      return { id, pack, rules, reason, owner, approvers: by.signers.map((key) => key.id), until, file: by.file };
    });
}

async function noSuchElement(workspace: Workspace, element: string): Promise<UserError> {
  const alike = await workspace.store.similarIds(element);
  const hint =
    alike.length > 0
      ? `did you mean ${alike.map((id) => `\`${id}\``).join(", ")}?`
      : "`assess --output csv` lists every element";
  return new UserError(`no element \`${element}\` is in use on ${workspace.asOf}`, hint);
}
