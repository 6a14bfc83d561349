import type { Config } from "../model/config.ts";
import { type Day, dayOf } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import type { InventoryStore } from "../model/ports/store.ts";
import { type Standing, standingOf } from "./exceptions.ts";
import { type Ground, openGround, readConfig } from "./ground.ts";
import { type UsedPack, usePacks } from "./packs.ts";
import type { Shell } from "./shell.ts";

/** What the person at the keyboard may say about days. */
export interface Days {
  readonly asOf?: string;
  readonly knownAt?: string;
}

/** A workspace read and checked, its packs loaded: ready for questions. */
export interface Workspace extends Ground {
  readonly config: Config;
  readonly asOf: Day;
  readonly knownAt: Day;
  readonly packs: readonly UsedPack[];
  /** Every signed exception, and how it stands on the as-of day. */
  readonly exceptions: readonly Standing[];
}

/**
 * Opens a workspace: configuration, packs, tables, evidence. Unreadable rows and documents become problems; a missing
 * or broken `freigabe.yaml`, or a pack that does not load, is thrown as `UserError`. The sites of elements are kept if
 * asked for, and if a pack limits shares, which count sites too.
 */
export async function openWorkspace(
  shell: Shell,
  store: InventoryStore,
  days: Days,
  keep: { readonly sites?: boolean } = {},
): Promise<Workspace> {
  const config = readConfig(shell.workspace);
  const asOf = chooseDay("--as-of", days.asOf, config.value.days?.asOf, shell.now);
  const knownAt = chooseDay("--known-at", days.knownAt, config.value.days?.knownAt, shell.now);
  const packs = usePacks(config.value, shell.workspace, shell.shipped);
  shell.progress("reading tables and evidence");
  const sites = keep.sites === true || packs.some(({ pack }) => pack.actions.includes("depend"));
  const ground = await openGround(shell.workspace, store, config, { asOf, knownAt }, { sites, ledger: shell.ledger });
  const exceptions = standingOf(ground.knowledge.exceptions, packs, asOf);
  return { ...ground, config: config.value, asOf, knownAt, packs, exceptions };
}

/** Flag, else configuration, else today in UTC. */
function chooseDay(flag: string, given: string | undefined, configured: string | undefined, now: Date): Day {
  const text = given ?? configured ?? now.toISOString().slice(0, 10);
  const day = text.length === 10 ? dayOf(text) : undefined;
  if (day !== undefined) return day;
  throw new UserError(`expected a day for \`${flag}\`, got \`${text}\``, "write it as YYYY-MM-DD");
}
