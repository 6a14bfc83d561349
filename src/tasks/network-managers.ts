import type { Parties } from "./network-parties.ts";

/** Who can act on elements of one kind by themselves: for those managed by them, all of these can. */
export interface Manager {
  /** Traits of the elements that manage it. */
  readonly managers: readonly number[];
  readonly parties: readonly Parties[];
  readonly unmediated: ReadonlySet<string>;
  readonly maybeUnmediated: ReadonlySet<string>;
}

/** Who stands behind what manages something, however far. */
export interface Reach {
  readonly sure: ReadonlySet<string>;
  readonly open: boolean;
  readonly unmediated: ReadonlySet<string>;
  readonly maybeUnmediated: ReadonlySet<string>;
}

interface Group {
  readonly sure: Set<string>;
  readonly unmediated: Set<string>;
  readonly maybeUnmediated: Set<string>;
  open: boolean;
  /** Groups some of whose managers this one manages. */
  readonly below: Set<Group>;
}

/**
 * For each trait those who stand behind the elements that manage it, behind the elements that manage these, and so on; a
 * fix-point, so circles end. Traits with the same managers share one answer; of those without managers there is none.
 */
export function reachOfManagers(traits: readonly Manager[]): (trait: number) => Reach | undefined {
  const groups = new Map<string, Group>();
  const groupOf = traits.map(({ managers }) => {
    if (managers.length === 0) return undefined;
    const name = managers.join();
    const held = groups.get(name) ?? gather(managers.map((manager) => traits[manager]!));
    groups.set(name, held);
    return held;
  });
  for (const [name, group] of groups) {
    for (const manager of name.split(",")) groupOf[Number(manager)]?.below.add(group);
  }
  spread([...groups.values()]);
  return (trait) => groupOf[trait];
}

function gather(managers: readonly Manager[]): Group {
  const parties = managers.flatMap((manager) => manager.parties);
  return {
    sure: new Set(parties.flatMap(({ sure }) => [...sure])),
    open: parties.some(({ open }) => open),
    unmediated: new Set(managers.flatMap(({ unmediated }) => [...unmediated])),
    maybeUnmediated: new Set(managers.flatMap(({ maybeUnmediated }) => [...maybeUnmediated])),
    below: new Set(),
  };
}

/** Hands on what each group has to those below it until nobody gets anything new. */
function spread(groups: readonly Group[]): void {
  const queue = [...groups];
  for (let at = 0; at < queue.length; at++) {
    const from = queue[at]!;
    for (const to of from.below) if (merge(to, from)) queue.push(to);
  }
}

function merge(to: Group, from: Group): boolean {
  const size = () => to.sure.size + to.unmediated.size + to.maybeUnmediated.size + Number(to.open);
  const before = size();
  for (const name of ["sure", "unmediated", "maybeUnmediated"] as const) for (const id of from[name]) to[name].add(id);
  to.open ||= from.open;
  return size() > before;
}
