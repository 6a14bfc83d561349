import type { Claim } from "../facts/knowledge.ts";
import type { Assessment } from "../model/assessment.ts";
import { type Domain, domains } from "../model/functions.ts";
import type { IdSet } from "../model/ports/store.ts";
import type { RegisterPredicate } from "../model/statement.ts";
import type { Workspace } from "./workspace.ts";

type Completeness = Assessment["completeness"];
type Register = Claim<RegisterPredicate>;

const gone = "elements that the ledger has seen are not in the tables any more";
/** In a row's place where all domains are meant. */
const everything = "all";

/**
 * Whether each operator has signed that the tables hold all of its elements, and they are still the ones it signed: a register
 * of kind `inventory`, for all or for each domain, fresh, complete, without a gap, of as many elements with these ids. What has
 * left ends it. Until then nobody can tell what was never entered, and no sentence may say that a network is in order.
 */
export async function completenessOf(workspace: Workspace): Promise<Completeness> {
  const { knowledge, store } = workspace;
  const registers = knowledge.latest.filter(({ says }) => says.register === "inventory");
  const keys = await store.equipmentKeys();
  const left = new Set(keys.flatMap((key) => (key.left ? [key.operator] : [])));
  const unknown = left.has("") ? [{ operator: "", domain: everything, why: gone }] : [];
  const names = [...knowledge.companies.operators.keys(), ...keys.map(({ operator }) => operator)];
  const operators = new Set([
    ...names.filter((name) => name !== ""),
    ...registers.flatMap(({ says }) => says.operator ?? []),
  ]);
  const sound = registers.filter((claim) => whyUnsound(workspace, claim) === undefined);
  const sets = await store.idSets(
    sound.map(({ says }) => ({ operator: says.operator!, domain: says.domain ?? null, until: says.asOf })),
  );
  const held = new Map(sound.map((claim, at) => [claim, sets[at]!]));
  const named = [...operators].sort().flatMap((operator) => {
    const own = registers.filter(({ says }) => says.operator === operator);
    const whyNot = (claim: Register) => whyUnsound(workspace, claim) ?? whyOther(claim, held.get(claim)!);
    if (left.has(operator)) return [{ operator, domain: everything, why: gone }];
    return openOf(operator, own, whyNot);
  });
  const open = [...unknown, ...named];
  return { vouched: open.length === 0 && operators.size > 0, open };
}

/** What of an operator's network nobody vouches for; nothing if one register does for all, or one for each domain. */
function openOf(
  operator: string,
  registers: readonly Register[],
  whyNot: (claim: Register) => string | undefined,
): Completeness["open"] {
  const of = (domain: Domain | undefined) => registers.filter(({ says }) => says.domain === domain);
  const whole = of(undefined);
  if (whole.some((claim) => whyNot(claim) === undefined)) return [];
  const reason = (some: readonly Register[]) => some.flatMap((claim) => whyNot(claim) ?? [])[0];
  const none = "no register of the inventory is on file";
  if (registers.length === whole.length) return [{ operator, domain: everything, why: reason(whole) ?? none }];
  return domains.flatMap((domain) => {
    const own = of(domain);
    if (own.some((claim) => whyNot(claim) === undefined)) return [];
    return [{ operator, domain, why: reason(own) ?? none }];
  });
}

/** Why a register says nothing about today. */
function whyUnsound({ knowledge, knownAt }: Workspace, claim: Register): string | undefined {
  const { says, by } = claim;
  const fault = knowledge.faults.get(claim);
  if (fault) return fault.text;
  if (!says.complete) return `the register in \`${by.file}\` does not say that it is complete`;
  if (says.asOf > knownAt) return `the register in \`${by.file}\` stands for a day that has not come`;
  return says.nextDue < knownAt ? `the register in \`${by.file}\` was good until ${says.nextDue}` : undefined;
}

/** Why the tables are not what was signed. */
function whyOther({ says, by }: Register, held: IdSet): string | undefined {
  if (says.count !== held.count)
    return `the register in \`${by.file}\` counts ${says.count} elements, the tables have ${held.count}`;
  return says.digest?.sha256 === held.sha256
    ? undefined
    : `the register in \`${by.file}\` and the tables have as many elements, with other ids`;
}
