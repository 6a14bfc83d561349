import { stateOf } from "../facts/registers.ts";
import { type Day, daysBetween } from "../model/day.ts";
import type { Network } from "../model/network.ts";
import type { RawTrait } from "../model/ports/network.ts";
import type { RegisterPredicate } from "../model/statement.ts";
import type { Resolver } from "./network-parties.ts";
import type { Workspace } from "./workspace.ts";

/** What an operator's own register vouches for: that nobody stands behind its elements but whom `relations` name. */
export interface Told {
  /** Whether that is known of an operator, by its number. */
  readonly isTold: (operator: number) => boolean;
  /** Age at known-at of the oldest of these registers; absent unless there is one for each operator. */
  readonly oldest: number | undefined;
  /** For each operator of which it is not known: why. */
  readonly missing: readonly string[];
}

/**
 * Reads the registers of who works on the network. One counts on if it is complete, in time, and says of how many builders,
 * maintainers and managers it knows, and the tables name as many: a row that was taken away since then is missed.
 */
export function toldBy(
  { knowledge, knownAt }: Pick<Workspace, "knowledge" | "knownAt">,
  { closed, setting }: Resolver,
  network: Network,
  raw: readonly RawTrait[],
): Told {
  const named = countNamed(network, raw);
  const missing: string[] = [];
  const days = network.operators.map(({ id }, operator): Day | undefined => {
    if (!closed(id)) {
      missing.push(`${id}: no register in time says that the tables name everybody who works on its network`);
      return undefined;
    }
    const claims = knowledge.latest.filter(
      (claim) =>
        claim.says.register === "maintenance" && claim.says.operator === id && stateOf(setting, claim) === "fresh",
    );
    const fits = claims.length > 0 && claims.every(({ says }) => relationsIn(says) === named[operator]);
    if (fits) return claims.map(({ says }) => says.asOf).sort()[0];
    const said = claims.map(({ says }) => relationsIn(says) ?? "none").join(" and ");
    missing.push(
      `${id}: \`relations\` name ${named[operator]} for its elements, its register of maintenance says ${said || "none"}`,
    );
    return undefined;
  });
  const known = days.filter((day) => day !== undefined);
  return {
    missing,
    isTold: (operator) => days[operator] !== undefined,
    oldest:
      known.length === days.length && days.length > 0
        ? Math.max(0, ...known.map((day) => daysBetween(day, knownAt)))
        : undefined,
  };
}

function relationsIn({ entries }: RegisterPredicate): number | undefined {
  const counts = entries.flatMap((entry) => ("relations" in entry ? [entry.relations] : []));
  return counts.length === 1 ? counts[0] : undefined;
}

/** How many builders, maintainers and managers the tables name, by operator, once for each of its elements in use. */
function countNamed({ elements, traits, operators }: Network, raw: readonly RawTrait[]): readonly number[] {
  const named = operators.map(() => 0);
  for (const trait of elements.trait) {
    const { builtBy, maintainedBy, managedBy, managers } = raw[trait]!;
    named[traits[trait]!.operator]! += builtBy.length + maintainedBy.length + managedBy.length + managers.length;
  }
  return named;
}
