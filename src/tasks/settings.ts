import { stateOf } from "../facts/registers.ts";
import type { Setting } from "../facts/setting.ts";
import { UserError } from "../model/errors.ts";
import type { ParameterValue } from "../model/pack.ts";
import type { Action } from "../model/verdict.ts";
import type { UsedPack } from "./packs.ts";
import type { Workspace } from "./workspace.ts";

const mostRenewals = 12;

/** One way of asking: as configured, or with one thing different to count what hangs on it. */
export interface Way {
  readonly use: UsedPack["use"];
  readonly setting: Setting;
  readonly differs:
    | { readonly kind: "nothing" }
    | { readonly kind: "parameter"; readonly name: string; readonly value: string }
    | { readonly kind: "renewal"; readonly digest: string };
}

/**
 * For every pack that speaks of the action: as configured first, then with each other value of each parameter that no
 * source settles, then with each register renewed that is past due. Throws `UserError` if no binding pack speaks of it.
 */
export function waysOfAsking(workspace: Workspace, action: Action): readonly Way[] {
  if (!workspace.packs.some(({ pack, use }) => use === "binding" && pack.actions.includes(action))) {
    const hint = "`freigabe pack list` shows what each pack speaks of";
    throw new UserError(`no binding pack speaks of the action \`${action}\``, hint);
  }
  return workspace.packs
    .filter(({ pack }) => pack.actions.includes(action))
    .flatMap(({ pack, use }) => {
      const setting = settingOf(workspace, pack, action);
      const plain: Way = { use, setting, differs: { kind: "nothing" } };
      return [plain, ...otherValues(plain), ...renewals(workspace, plain)];
    });
}

/** How a workspace asks one of its packs about an action. */
export function settingOf(
  { asOf, knownAt, config, knowledge }: Pick<Workspace, "asOf" | "knownAt" | "config" | "knowledge">,
  pack: UsedPack["pack"],
  action: Action,
): Setting {
  return {
    action,
    asOf,
    knownAt,
    pack,
    parameters: pack.parameters,
    ...(config.country !== undefined && { country: config.country }),
    roles: config.roles ?? {},
    operatorRoles: config.operatorRoles ?? {},
    knowledge,
  };
}

function otherValues({ use, setting }: Way): readonly Way[] {
  return Object.entries(setting.pack.manifest.parameters ?? {})
    .filter(([, { confirmed }]) => !confirmed)
    .flatMap(([name, { values = [], minimum, maximum }]) => {
      const numbers =
        minimum !== undefined && maximum !== undefined && maximum - minimum <= 20 ? range(minimum, maximum) : [];
      const others: readonly ParameterValue[] = [...values, ...numbers].filter(
        (value) => value !== setting.parameters[name],
      );
      return others.map((value): Way => {
        const parameters = { ...setting.parameters, [name]: value };
        return { use, setting: { ...setting, parameters }, differs: { kind: "parameter", name, value: String(value) } };
      });
    });
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function renewals(workspace: Workspace, { use, setting }: Way): readonly Way[] {
  const due = workspace.knowledge.latest.filter((claim) => stateOf(setting, claim) === "stale");
  return due.slice(0, mostRenewals).map(({ by }): Way => {
    return { use, setting: { ...setting, renewed: by.digest }, differs: { kind: "renewal", digest: by.digest } };
  });
}
