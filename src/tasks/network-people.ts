import type { Region } from "../model/network.ts";
import type { RawElements, RawPlaces } from "../model/ports/network.ts";
import type { TableRow } from "../model/ports/store.ts";
import { isWithin } from "./companies.ts";

/** Regions in the order of their numbers, with what the table `regions` says of each. What is no count of people is not known. */
export function readRegions(names: readonly string[], rows: readonly TableRow[]): readonly Region[] {
  const said = new Map(rows.map(({ values }) => [String(values.name), values]));
  return names.map((name): Region => {
    const { people = null, year = null, source = null } = said.get(name) ?? {};
    return {
      name,
      people: isWithin(people) ? Number(people) : null,
      year: typeof year === "number" ? year : null,
      source: source === null ? null : String(source),
    };
  });
}

/** Places where some element, part of another or not, bears one of the functions of a trait that `bears` says. */
export function placesBearing(places: number, { place, trait }: RawElements, bears: readonly boolean[]): Uint8Array {
  const wanted = Uint8Array.from(bears, Number);
  const found = new Uint8Array(places);
  for (let at = 0; at < place.length; at++) if (wanted[trait[at]!]) found[place[at]!] = 1;
  return found;
}

/** People of each region spread evenly over the radio places that an operator has there: once for each operator. */
export function apportion(
  { count, operator, region }: RawPlaces,
  regions: readonly Region[],
  operators: number,
  radio: Uint8Array,
): Float64Array {
  const cells = new Float64Array(operators * regions.length);
  const cell = (at: number) => operator[at]! * regions.length + region[at]!;
  for (let at = 0; at < count; at++) cells[cell(at)]! += radio[at]!;
  const people = Float64Array.from(regions, (one) => one.people ?? 0);
  const found = new Float64Array(count);
  for (let at = 0; at < count; at++) if (radio[at]) found[at] = people[region[at]!]! / cells[cell(at)]!;
  return found;
}
