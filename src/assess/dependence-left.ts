import type { Network } from "../model/network.ts";
import type { Part } from "./dependence-plan.ts";
import { type Beside, type Cut, type Source, slotOf, traitsIn } from "./dependence-tally.ts";

/**
 * What stands nowhere that is counted and may belong to a part of an operator's network (null: of all): records that could not be
 * read, of anybody anywhere; and what has left the tables, where it last stood and by who last made it. It may be there or gone.
 */
export function looseIn({ unread, left }: Network, operator: string | null, part: Part): Beside["loose"] {
  const anywhere = unread - left.reduce((sum, { units }) => sum + units, 0);
  const own = leftIn(left, operator, part).map(({ maker, units }) => ({ maker, units }));
  return anywhere > 0 ? [{ maker: null, units: anywhere }, ...own] : own;
}

/** Whose it was could not be read: it may have been anybody's. */
const unknownOperator = "";

/** What has left an operator's part (null: that of all), or may have been in it. */
export function leftIn(left: Network["left"], operator: string | null, { kind, name }: Part): Network["left"] {
  return left.filter((one) => {
    if (operator !== null && one.operator !== operator && one.operator !== unknownOperator) return false;
    if (kind === "all" || one.segments.includes(null)) return true;
    return kind === "segment" ? one.segments.includes(name) : one.functions.includes(name);
  });
}

/** Elements of a part of an operator's network (null: of all) that the tables have here now and the ledger has otherwise. */
export function movedIn(source: Source, cut: Pick<Cut, "operator" | "part">): number {
  const { plan, counted } = source;
  if (!plan.moved.includes(1)) return 0;
  const count = cut.operator === null ? counted.once : counted.every;
  return traitsIn(source, cut).reduce(
    (sum, trait) => sum + (plan.moved[trait] && slotOf(plan, trait, cut.part) !== undefined ? count[trait]! : 0),
    0,
  );
}
