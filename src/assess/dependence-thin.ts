import type { Network } from "../model/network.ts";
import type { Counted } from "./dependence-count.ts";
import type { Plan } from "./dependence-plan.ts";

/**
 * Where some places of a region may be radio places too, the region's people may be spread over those as well: with k radio
 * places and b that may be some, each of the k keeps at least k / (k + b) of its people. If an operator has none but may have one,
 * nothing about its people there is known, and for the nation nothing about anybody's.
 */
export function thinForPeople(
  { operators, regions }: Network,
  { operator, parts, slotStart }: Plan,
  { views, loss, units, squares, greatest, free }: Counted,
  view: number,
  region: number,
  traits: readonly number[],
): void {
  const { people, nation } = views[view]!;
  if (!people) return;
  const cells = operators.map((_, own) => own * regions.length + region);
  if (cells.every((cell) => people.maybe[cell] === 0)) return;
  const unclear = nation && cells.some((cell) => people.radio[cell] === 0 && people.maybe[cell]! > 0);
  const kept = cells.map((cell) => {
    const [k, b] = [people.radio[cell]!, people.maybe[cell]!];
    return unclear ? 0 : b === 0 ? 1 : k / (k + b);
  });
  for (const trait of traits) {
    const keep = kept[operator[trait]!]!;
    for (let slot = slotStart[trait]!; slot < slotStart[trait + 1]!; slot += 1) {
      const at = slot * views.length + view;
      loss[at] = units[at]! - (units[at]! - loss[at]!) * keep;
      squares[at]! *= keep ** 2;
      greatest[at]! *= keep;
    }
  }
  for (const [own, cell] of cells.entries())
    for (let part = 0; part < parts.length; part += 1) {
      const at = (view * operators.length + own) * parts.length + part;
      free[at] = free[at]! * kept[own]! + (1 - kept[own]!) * people.people[cell]!;
    }
}
