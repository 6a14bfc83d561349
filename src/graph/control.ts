/** Votes of one company in the hands of one holder. Companies and other holders are numbers below the size of the graph. */
export interface Stake {
  /** Number of the holder; `nobody` for votes that never control. */
  readonly owner: number;
  readonly owned: number;
  /** Share of the votes, 0 to 100; null: not known. What lies outside is not known either. */
  readonly percent: number | null;
  /** It decides whatever its share (golden share, contract, statute), and beats votes. */
  readonly decides: boolean;
}
export const nobody = -1;

/** Stakes made ready for questions about control. Votes are counted in millionths of a percent, so that sums are exact. */
export interface Ownerships {
  readonly size: number;
  readonly held: readonly Held[];
  /** Companies of which each holder has votes or decides. */
  readonly owns: readonly (readonly number[])[];
}

export interface Held {
  /** Holder -> votes. */
  readonly votes: ReadonlyMap<number, number>;
  /** Votes that are in no known hands. */
  readonly gap: number;
  /** Votes named above 100 percent: any holder may have that much less than the rows say. */
  readonly excess: number;
  /** Those who decide whatever the votes. */
  readonly deciding: ReadonlySet<number>;
}

const whole = 100_000_000;
export const half = whole / 2;
/** Percentages are rounded; above this, and the rows contradict each other. */
const rounding = 1_000_000;
const none: Held = { votes: new Map(), gap: whole, excess: 0, deciding: new Set() };

/** Makes stakes ready. Throws `RangeError` on a number that is not below `size`: a bug of the caller. */
export function ownerships(size: number, stakes: readonly Stake[]): Ownerships {
  const owns = Array.from({ length: size }, () => new Set<number>());
  for (const { owner, owned } of stakes) {
    if (!(owned >= 0 && owned < size && owner >= nobody && owner < size)) {
      throw new RangeError(`a stake of ${owner} in ${owned} among ${size}`);
    }
    if (owner !== nobody) owns[owner]!.add(owned);
  }
  const held = Array.from({ length: size }, () => none);
  for (const [owned, own] of Map.groupBy(stakes, (stake) => stake.owned)) held[owned] = heldBy(own);
  return { size, held, owns: owns.map((all) => [...all]) };
}

function heldBy(stakes: readonly Stake[]): Held {
  const byOwner = new Map<number, number>();
  for (const { owner, percent } of stakes) {
    const isShare = percent !== null && percent >= 0 && percent <= 100;
    const votes = isShare ? Math.round((percent * whole) / 100) : 0;
    byOwner.set(owner, (byOwner.get(owner) ?? 0) + votes);
  }
  const sum = byOwner.values().reduce((total, votes) => total + votes, 0);
  const deciding = stakes.filter(({ owner, decides }) => decides && owner !== nobody).map(({ owner }) => owner);
  byOwner.delete(nobody);
  return {
    votes: byOwner,
    gap: Math.max(0, whole - sum),
    excess: Math.max(0, sum - whole),
    deciding: new Set(deciding),
  };
}

/**
 * What some holders surely control together, themselves included, as bits: the least set that holds them and every company
 * more than half of whose votes, or all of whose deciding holders, lie in it. The "company control" problem as Magnanimi and
 * Iezzi state it (Banca d'Italia, EcoFinKG 2022), with golden shares.
 */
export function surelyControlled({ size, held, owns }: Ownerships, by: Iterable<number>): Uint8Array {
  const inside = new Uint8Array(size);
  const votes = new Float64Array(size);
  const deciding = new Int32Array(size);
  const queue: number[] = [];
  const enter = (company: number) => {
    if (inside[company]) return;
    inside[company] = 1;
    queue.push(company);
  };
  for (const holder of by) enter(holder);
  for (let at = 0; at < queue.length; at++) {
    const holder = queue[at]!;
    for (const company of owns[holder]!) {
      const own = held[company]!;
      if (own.deciding.has(holder)) deciding[company]! += 1;
      votes[company]! += own.votes.get(holder) ?? 0;
      const isDecided = own.deciding.size > 0;
      if (isDecided ? deciding[company] === own.deciding.size : votes[company]! - own.excess > half) enter(company);
    }
  }
  return inside;
}

/**
 * What some holders may control together, themselves included, as bits: everything left when again and again a company is
 * taken away that surely is not theirs. It is not, if less than half of its votes are in unknown hands or in those of
 * what is left, and its rows do not contradict each other; where somebody decides, if that one is taken away. So a gap in
 * the rows counts for the holders, and a circle of companies that hold each other by majorities is never cleared.
 *
 * @param ends holders (bits) behind whom nobody can stand but they themselves: a state, a family, a person
 */
export function maybeControlled({ size, held, owns }: Ownerships, by: Iterable<number>, ends?: Uint8Array): Uint8Array {
  const left = new Uint8Array(size).fill(1);
  const kept = new Uint8Array(size);
  for (const holder of by) kept[holder] = 1;
  const votes = Float64Array.from(held, votesInAnyHands);
  const queue: number[] = [];
  const leave = (company: number) => {
    if (!left[company] || kept[company]) return;
    left[company] = 0;
    queue.push(company);
  };
  const isTheirs = (company: number) => isInHands(held[company]!, votes[company]!, left);
  for (let company = 0; company < size; company++) if (ends?.[company] || !isTheirs(company)) leave(company);
  for (let at = 0; at < queue.length; at++) {
    const holder = queue[at]!;
    for (const company of owns[holder]!) {
      votes[company]! -= held[company]!.votes.get(holder) ?? 0;
      if (!isTheirs(company)) leave(company);
    }
  }
  return left;
}

/** Whether a company may be controlled by a set of holders (bits) that may cast so many of its votes. */
export function isInHands({ deciding, excess }: Held, votes: number, theirs: Uint8Array): boolean {
  if (deciding.size > 1) return true;
  for (const holder of deciding) return theirs[holder] === 1;
  return excess > rounding || votes >= half;
}

/** Votes of a company that somebody may cast: all but those in free float. */
export function votesInAnyHands({ votes, gap }: Held): number {
  return votes.values().reduce((sum, own) => sum + own, gap);
}
