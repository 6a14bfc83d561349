import type { Held } from "../model/measure.ts";
import type { SharedElement, SharedOut, Shares } from "../model/shares.ts";

/** Counts in which an element that several operators name stands once, and how many such elements there are. */
export interface CountedOnce {
  readonly files: readonly Shares[];
  readonly sharedOnce: number;
}

/**
 * Takes away what an operator names that another one named before: of all but the first, or all where they name two makers. Where
 * operators have no key in common, each element that they share may be one that another counts too: it counts surely for one
 * operator, and perhaps for the others.
 */
export function countOnce(files: readonly Shares[]): CountedOnce {
  const corrections = files.map((file) => new Corrections(file));
  const known = files.find(({ commonKey }) => commonKey !== undefined)?.commonKey;
  const comparable = (file: Shares) => file.commonKey !== undefined && file.commonKey === known;
  const apart = [...files.keys()].filter((at) => !comparable(files[at]!) && (files[at]!.shared?.length ?? 0) > 0);
  for (const at of known === undefined ? apart.slice(1) : apart)
    for (const one of files[at]!.shared!) corrections[at]!.maybe(one);
  const several = namedBySeveral(files, comparable);
  for (const named of several) settle(named, corrections);
  return { files: corrections.map((one) => one.corrected()), sharedOnce: several.length };
}

type Named = readonly { readonly at: number; readonly one: SharedElement }[];

function namedBySeveral(files: readonly Shares[], comparable: (file: Shares) => boolean): readonly Named[] {
  const all = files.flatMap((file, at) => (comparable(file) ? (file.shared ?? []).map((one) => ({ at, one })) : []));
  const byElement = Map.groupBy(all, ({ one }) => one.element);
  return [...byElement.values()].filter(({ length }) => length > 1);
}

function settle(named: Named, corrections: readonly Corrections[]): void {
  const makers = new Set(named.flatMap(({ one }) => one.maker ?? []));
  // They contradict each other, so nobody knows whose it is.
  const kept = makers.size > 1 ? undefined : (named.find(({ one }) => one.maker !== undefined) ?? named[0]);
  for (const { at, one } of named) if (at !== kept?.at) corrections[at]!.take(one);
  const [first] = named;
  if (!kept && first) corrections[first.at]!.open(first.one);
}

/** One file's counts by element, less what others have counted. */
class Corrections {
  readonly #file: Shares;
  readonly #changes = new Map<string, { units: number; may: number }>();

  constructor(file: Shares) {
    this.#file = file;
  }

  take(one: SharedElement): void {
    this.#change(one, -1, 0);
  }

  maybe(one: SharedElement): void {
    this.#change(one, -1, 1);
  }

  open(one: SharedElement): void {
    this.#change({ element: one.element, parts: one.parts, region: one.region }, 1, 0);
  }

  #change({ parts: own, region, maker, product }: SharedElement, units: number, may: number): void {
    const holder = maker !== undefined ? `maker ${maker}` : product !== undefined ? `group ${product}` : "single";
    for (const part of new Set(["", ...own])) {
      for (const where of [undefined, region]) {
        const key = JSON.stringify([part, where ?? null, holder]);
        const held = this.#changes.get(key) ?? { units: 0, may: 0 };
        this.#changes.set(key, { units: held.units + units, may: held.may + may });
      }
    }
  }

  corrected(): Shares {
    if (this.#changes.size === 0) return this.#file;
    const of = (out: SharedOut, holder: string) =>
      this.#changes.get(JSON.stringify([out.part, out.region ?? null, holder])) ?? { units: 0, may: 0 };
    const changed = <T extends Held>(held: T, { units, may }: { units: number; may: number }): T => {
      const left = Math.max(0, held.units + units);
      return { ...held, units: left, low: left, may: held.may + may };
    };
    const shares = (this.#file.shares ?? []).map((out): SharedOut => {
      if (out.base !== "element") return out;
      const single = of(out, "single");
      const units = Math.max(0, out.singles.units + single.units);
      return {
        ...out,
        holders: out.holders.map((one) => changed(one, of(out, `maker ${one.name}`))),
        groups: out.groups.map((one) =>
          changed(one, one.product === undefined ? { units: 0, may: 0 } : of(out, `group ${one.product}`)),
        ),
        singles: { units, low: units, squares: units, greatest: Math.min(1, units) },
        loose: out.loose + single.may,
      };
    });
    return { ...this.#file, shares };
  }
}
