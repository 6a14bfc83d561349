import type { Seen } from "../model/exposure.ts";
import type { Share } from "./exposure.ts";
import type { Look } from "./exposure-lens.ts";

/** Percent by which sums of millions of parts may miss each other in rounding. */
const rounding = 1e-5;

/**
 * Checks what holds of shares in any network: least <= most, must <= expected <= may, and who holds all that another holds sees no
 * less than the other.
 * @throws RangeError naming the two numbers that break it: then something was counted wrongly, and no number is told.
 */
export function assertSound(looks: readonly Look[], shares: readonly (readonly Share[])[]): void {
  for (const [at, look] of looks.entries()) {
    const name = look.watcher.suspect.name;
    for (const share of shares[at]!)
      for (const seen of [share.traffic, share.people]) if (seen) assertOrdered(name, seen);
    for (const [other, wider] of looks.entries())
      if (other !== at && holdsAllOf(wider, look))
        assertNoLess(wider.watcher.suspect.name, name, shares[other]!, shares[at]!);
  }
}

const parts = ["must", "expected", "may"] as const;

function assertOrdered(name: string, seen: Seen): void {
  for (const part of parts) rising(`\`${name}\`, ${part}`, seen[part].least, seen[part].most);
  for (const end of ["least", "most"] as const) {
    rising(`\`${name}\`, must and expected`, seen.must[end], seen.expected[end]);
    rising(`\`${name}\`, expected and may`, seen.expected[end], seen.may[end]);
  }
}

function holdsAllOf(wider: Look, { watcher, view, only }: Look): boolean {
  const within = (few: readonly number[], many: readonly number[]) => few.every((one) => many.includes(one));
  const other = wider.watcher;
  return (
    wider.view === view &&
    wider.only === only &&
    other.mediated === watcher.mediated &&
    within(watcher.suspect.sure, other.suspect.sure) &&
    within(watcher.suspect.may, [...other.suspect.may, ...other.suspect.sure]) &&
    watcher.channels.every((channel) => other.channels.includes(channel))
  );
}

function assertNoLess(wider: string, name: string, most: readonly Share[], least: readonly Share[]): void {
  for (const share of least) {
    const other = most.find(({ scope, name: part }) => scope === share.scope && part === share.name);
    for (const load of ["traffic", "people"] as const) {
      const [small, large] = [share[load], other?.[load]];
      if (!small || !large) continue;
      for (const part of parts)
        for (const end of ["least", "most"] as const)
          rising(`${part} of \`${name}\` and of \`${wider}\``, small[part][end], large[part][end]);
    }
  }
}

function rising(what: string, low: number, high: number): void {
  if (!(low <= high + rounding)) throw new RangeError(`${what}: expected ${low} to be at most ${high}`);
}
