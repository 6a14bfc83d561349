import type { SharedElement, SharedOut, Shares, TouchedOut } from "../model/shares.ts";
import { segments } from "./dependence-plan.ts";

/** What single elements change for one holder in one cell: a part, of one region or of all, in one base. */
interface Change {
  readonly part: string;
  readonly region: string | undefined;
  readonly base: "element" | "site";
  readonly maker?: string | undefined;
  readonly product?: string | undefined;
  units: number;
  low: number;
  may: number;
  adrift: number;
}

const others: readonly TouchedOut["channel"][] = ["built", "maintained", "managed", "contains"];

/**
 * One file's counts with what single elements change in them, as further rows that are added to those. By element a change is exact.
 * By site it is not known what stands beside the element, nor in other channels who touches it: these numbers widen.
 */
export class Corrections {
  readonly #file: Shares;
  readonly #changes = new Map<string, Change>();
  readonly #touched = new Map<string, TouchedOut>();

  constructor(file: Shares) {
    this.#file = file;
  }

  /** It counts here after all. */
  comeBack(one: SharedElement): void {
    this.#byElement(one, 1, 0);
    this.#arrives(one, true);
  }

  /** It counts here or for another operator. */
  mayComeBack(one: SharedElement): void {
    this.#byElement(one, 0, 1);
    this.#arrives(one, false);
  }

  /** It is counted here, and by another operator too. In the other channels it stays. */
  take(one: SharedElement): void {
    this.#byElement(one, -1, 0);
    this.#leaves(one);
  }

  /** It is counted here, and nobody knows whose it is. */
  open(one: SharedElement): void {
    this.give(one, undefined);
    this.#leaves(one);
  }

  /** It is counted here, and another operator knows whose it is. */
  give(one: SharedElement, maker: string | undefined): void {
    const { product: _, maker: __, ...rest } = one;
    this.#byElement(one, -1, 0);
    this.#byElement({ ...rest, ...(maker !== undefined && { maker }) }, 1, 0);
  }

  /** The file with rows added: several for one part. */
  corrected(): Shares {
    const { shares = [], touched = [] } = this.#file;
    if (this.#changes.size === 0) return this.#file;
    const rows = [...this.#changes.values()].map(asRow);
    return { ...this.#file, shares: [...shares, ...rows], touched: [...touched, ...this.#touched.values()] };
  }

  #byElement(one: SharedElement, units: number, may: number): void {
    for (const cell of cellsOf(one)) this.#change(cell, "element", one, { units, low: units, may, adrift: 0 });
    if (!one.loose) return;
    for (const cell of furtherCellsOf(one))
      this.#change(cell, "element", one, { units: 0, low: 0, may: units + may, adrift: 0 });
  }

  /** It joins a site that is counted, or brings one; somebody may stand behind it in each channel. */
  #arrives(one: SharedElement, surely: boolean): void {
    for (const cell of cellsOf(one)) this.#arrivesIn(cell, surely);
    if (one.loose) for (const cell of furtherCellsOf(one)) this.#arrivesIn(cell, false);
  }

  #arrivesIn({ part, region }: Cell, surely: boolean): void {
    this.#change({ part, region }, "site", {}, { units: 0, low: 0, may: 0, adrift: 1 });
    const where = { part, ...(region !== undefined && { region }) };
    for (const channel of others) {
      const key = JSON.stringify([part, region ?? null, channel]);
      const { total, loose } = this.#touched.get(key) ?? { total: 0, loose: 0 };
      const sure = total + Number(surely);
      const counts = { total: sure, unknown: sure, open: sure, loose: loose + Number(!surely) };
      this.#touched.set(key, { ...where, channel, ...counts, holders: [] });
    }
  }

  /** Its holder has up to one site less, and those beside it up to one more. */
  #leaves(one: SharedElement): void {
    for (const cell of cellsOf(one)) this.#change(cell, "site", one, { units: 0, low: -1, may: 0, adrift: 1 });
  }

  #change(
    { part, region }: Cell,
    base: Change["base"],
    { maker, product }: Partial<SharedElement>,
    more: Pick<Change, "units" | "low" | "may" | "adrift">,
  ): void {
    const key = JSON.stringify([
      part,
      region ?? null,
      base,
      maker ?? null,
      maker === undefined ? (product ?? null) : null,
    ]);
    const held = this.#changes.get(key) ?? { part, region, base, maker, product, units: 0, low: 0, may: 0, adrift: 0 };
    held.units += more.units;
    held.low += more.low;
    held.may += more.may;
    held.adrift += more.adrift;
    this.#changes.set(key, held);
  }
}

interface Cell {
  readonly part: string;
  readonly region: string | undefined;
}

function cellsOf({ parts, region }: SharedElement): readonly Cell[] {
  return ["", ...parts].flatMap((part) => [undefined, region].map((where) => ({ part, region: where })));
}

function furtherCellsOf({ parts, region }: SharedElement): readonly Cell[] {
  const further = segments.filter((segment) => !parts.includes(segment));
  return further.flatMap((part) => [undefined, region].map((where) => ({ part, region: where })));
}

/** The change as a row of counts, some of them below zero. */
function asRow({ part, region, base, maker, product, units, low, may, adrift }: Change): SharedOut {
  const single = maker === undefined && product === undefined;
  return {
    part,
    ...(region !== undefined && { region }),
    base,
    holders: maker === undefined ? [] : [{ name: maker, units, low, may }],
    groups: maker !== undefined || product === undefined ? [] : [{ product, units, low, may }],
    singles: single
      ? { units, low, squares: base === "element" ? units : 0, greatest: units > 0 ? 1 : 0 }
      : { units: 0, low: 0, squares: 0, greatest: 0 },
    loose: single ? may : 0,
    ...{ free: 0, adrift, joins: 0, adds: 0 },
  };
}
