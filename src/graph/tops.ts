import { type Held, half, isInHands, maybeControlled, type Ownerships, votesInAnyHands } from "./control.ts";

/**
 * Who stands at the top of each company: the holder that surely controls it and is itself surely controlled by nobody; it
 * itself if that is so. -1: not known, for somebody might. One pass for all of them.
 *
 * @param ends holders (bits) who are a top by what they are, whatever the rows leave open
 */
export function tops(graph: Ownerships, ends: Uint8Array): Int32Array {
  const heads = headsOf(graph);
  const free = uncontrolled(graph, heads, ends);
  return heads.map((head) => (free[head] ? head : -1));
}

/** The head of the group that each company surely belongs to: groups grow as long as one surely controls the head of another. */
function headsOf({ size, held }: Ownerships): Int32Array {
  const head = Int32Array.from({ length: size }, (_, company) => company);
  const find = (company: number): number => {
    let top = company;
    while (head[top] !== top) top = head[top]!;
    for (let at = company; at !== top; ) {
      const next = head[at]!;
      head[at] = top;
      at = next;
    }
    return top;
  };
  for (let grew = true; grew; ) {
    grew = false;
    for (let company = 0; company < size; company++) {
      if (head[company] !== company) continue;
      const above = controllerOf(held[company]!, company, find);
      if (above === undefined) continue;
      head[company] = above;
      grew = true;
    }
  }
  return head.map((_, company) => find(company));
}

function controllerOf({ votes, deciding, excess }: Held, company: number, find: (holder: number) => number) {
  if (deciding.size > 0) {
    const [only, ...others] = new Set([...deciding].map(find));
    return others.length === 0 && only !== company ? only : undefined;
  }
  const byHead = new Map<number, number>();
  for (const [holder, own] of votes) byHead.set(find(holder), (byHead.get(find(holder)) ?? 0) + own);
  for (const [above, own] of byHead) if (above !== company && own - excess > half) return above;
  return undefined;
}

/** Heads of groups that surely nobody else controls, as bits. */
function uncontrolled(graph: Ownerships, heads: Int32Array, ends: Uint8Array): Int32Array {
  const { held } = graph;
  const somebody = maybeControlled(graph, [], ends);
  const free = heads.map((head, company) => Number(head === company && (ends[company] || !somebody[company])));
  // Of most heads even all known holders together have less than half.
  const asked = [...free.keys()].filter((company) => {
    const own = held[company]!;
    return free[company] && !ends[company] && (own.deciding.size > 0 || votesInAnyHands(own) >= half);
  });
  const theirsOf = joining(graph, somebody, ends);
  for (const holder of above(graph, asked)) for (const company of theirsOf(holder)) free[company] = 0;
  return free;
}

/**
 * Which companies a holder may control beyond those that anybody may (`somebody`), itself left out: what `maybeControlled`
 * answers, looking only at companies to which a chain of its stakes leads.
 */
function joining({ size, held, owns }: Ownerships, somebody: Uint8Array, ends: Uint8Array) {
  const left = Uint8Array.from(somebody);
  const votes = new Float64Array(size);
  return (holder: number): readonly number[] => {
    const below = enter(holder);
    for (const company of below) votes[company] = votesInHands(held[company]!, left);
    const queue: number[] = [];
    const leave = (company: number) => {
      if (!left[company] || somebody[company] || company === holder) return;
      if (isInHands(held[company]!, votes[company]!, left)) return;
      left[company] = 0;
      queue.push(company);
    };
    for (const company of below) leave(company);
    for (let at = 0; at < queue.length; at++) {
      for (const company of owns[queue[at]!]!) {
        votes[company]! -= held[company]!.votes.get(queue[at]!) ?? 0;
        leave(company);
      }
    }
    const theirs = below.filter((company) => left[company] && company !== holder);
    for (const company of below) left[company] = somebody[company]!;
    return theirs;
  };

  /** Takes in the holder, and all to which a chain of stakes leads from it. */
  function enter(holder: number): readonly number[] {
    const below = [holder];
    left[holder] = 1;
    for (let at = 0; at < below.length; at++) {
      for (const company of owns[below[at]!]!) {
        if (left[company] || ends[company]) continue;
        left[company] = 1;
        below.push(company);
      }
    }
    return below;
  }
}

function votesInHands({ votes, gap }: Held, theirs: Uint8Array): number {
  return votes.entries().reduce((sum, [holder, own]) => sum + (theirs[holder] ? own : 0), gap);
}

/** Everybody from whom a chain of stakes leads to one of the companies. */
function above({ held }: Ownerships, companies: readonly number[]): ReadonlySet<number> {
  const met = new Set<number>();
  const queue = [...companies];
  for (let at = 0; at < queue.length; at++) {
    const { votes, deciding } = held[queue[at]!]!;
    for (const holder of [...votes.keys(), ...deciding]) {
      if (met.has(holder)) continue;
      met.add(holder);
      queue.push(holder);
    }
  }
  return met;
}
