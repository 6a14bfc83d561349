import { seenBy } from "../facts/knowledge.ts";
import { closure } from "../facts/registers.ts";
import { forOperator, lowestGrade, type Setting } from "../facts/setting.ts";
import { resolve, successorOn } from "../facts/suppliers.ts";
import { atLeast } from "../model/evidence.ts";
import { settingOf } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** Suppliers of the as-of day who stand behind something, by id; `open`: somebody else may too. */
export interface Parties {
  readonly sure: ReadonlySet<string>;
  readonly open: boolean;
}
export const anybody: Parties = { sure: new Set(), open: true };

/** How texts of the tables are read as suppliers, each text once. */
export interface Resolver {
  /** Any setting of a binding pack: for what is asked of knowledge alone. */
  readonly setting: Setting;
  /** The one whose pack takes the fewest documents: what counts for it counts for all. */
  readonly strictest: Setting;
  /** The supplier that an operator's text means; `undefined`: it is not known whom. */
  supplier(operator: string, text: string): string | undefined;
  /** Whether it is known, by every binding pack, that nobody works on an operator's elements but whom the tables name. */
  closed(operator: string): boolean;
  /** Rows of `relations` were lost: what they do not say may have been among them. */
  readonly lost: boolean;
}

/** Reads texts as the workspace's binding packs do on its as-of day. */
export function resolverOf(
  workspace: Pick<Workspace, "asOf" | "knownAt" | "config" | "knowledge" | "packs">,
): Resolver {
  const { knowledge, asOf } = workspace;
  const binding = workspace.packs.filter(({ use }) => use === "binding");
  const settings = binding.map(({ pack }) => settingOf(workspace, pack, "operate"));
  const grade = (setting: Setting) => lowestGrade(setting, "document");
  const strictest = settings.reduce((a, b) => (atLeast(grade(b), grade(a)) ? b : a));
  const suppliers = new Map<string, Map<string, string | undefined>>();
  const shut = new Map<string, boolean>();
  const lost = knowledge.damaged.has("relations");
  return { setting: settings[0]!, strictest, supplier, closed, lost };

  function supplier(operator: string, text: string): string | undefined {
    const own = suppliers.get(operator) ?? new Map<string, string | undefined>();
    suppliers.set(operator, own);
    if (own.has(text)) return own.get(text);
    const { id } = resolve(seenBy(knowledge, operator), "supplier", text, asOf);
    const today = id === undefined ? undefined : successorOn(knowledge, id, asOf);
    own.set(text, today);
    return today;
  }

  function closed(operator: string): boolean {
    const isShut = () => settings.every((one) => closure(forOperator(one, operator), "maintenance", operator).closed);
    const known = shut.get(operator) ?? (!lost && isShut());
    shut.set(operator, known);
    return known;
  }
}

/** The suppliers that some texts mean; open if one of them means nobody known, or `open` says so anyway. */
export function partiesOf(resolver: Resolver, operator: string, texts: readonly string[], open: boolean): Parties {
  const meant = texts.map((text) => resolver.supplier(operator, text));
  return {
    sure: new Set(meant.filter((id) => id !== undefined)),
    open: open || resolver.lost || meant.includes(undefined),
  };
}
