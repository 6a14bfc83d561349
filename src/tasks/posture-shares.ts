import { hasRole, holdersOf } from "../facts/roles.ts";
import {
  type PostureCell,
  type PostureDomain,
  type PostureWork,
  postureChannels,
  postureDomains,
} from "../model/exchange.ts";
import { type Channel, type Holders, type Network, openSupplier } from "../model/network.ts";
import type { RawTrait } from "../model/ports/network.ts";
import { type Count, type PercentSpan, percentSpan, wideOpen } from "../model/share-span.ts";
import type { Resolver } from "./network-parties.ts";
import type { Kind, Stock } from "./posture-stock.ts";
import type { Told } from "./posture-told.ts";

type Known = boolean | "unknown";

/** What shares of a posture are counted from. */
export interface Counted {
  readonly stock: Stock;
  readonly network: Network;
  readonly resolver: Resolver;
  readonly told: Told;
}

/** Shares of the suppliers of a list role, by domain and channel. */
export function cellsOf(counted: Counted, role: string): readonly PostureCell[] {
  const { network, resolver } = counted;
  const holders = holdersOf(resolver.setting, role);
  const listed = network.suppliers.map((supplier) =>
    holders.kind === "unfilled" ? "unknown" : hasRole(resolver.setting, holders, supplier).known,
  );
  const isListed = ({ sure, open }: Holders): Known =>
    anyOf([...sure.map((supplier) => listed[supplier]!), open ? "unknown" : false]);
  return postureDomains.flatMap((domain) =>
    postureChannels.map((channel): PostureCell => {
      const count = countOf(counted.stock, domain, (kind) => anyOf(holdersIn(counted, kind, channel).map(isListed)));
      return { domain, channel, role, ...cellOf(count, counted.stock.isBlind(domain)) };
    }),
  );
}

/** One that holds is enough, and none that is not known may be passed over. */
function anyOf(answers: readonly Known[]): Known {
  if (answers.includes(true)) return true;
  return answers.includes("unknown") ? "unknown" : false;
}

/**
 * Who stands behind things of a kind, as each of their operators sees it. Naming some in `relations` says that it was nobody
 * else only under a register; of a line the tables tell who made it, and nothing else.
 */
function holdersIn({ network, told }: Counted, { traits, maker }: Kind, channel: Channel): readonly Holders[] {
  if (traits.length === 0) {
    const known = channel === "made" && maker !== openSupplier;
    return [known ? { sure: [maker], open: false } : { sure: [], open: true }];
  }
  return traits.map((at) => {
    const { operator, holders, managers } = network.traits[at]!;
    const { sure, open } = holders[channel];
    if (channel === "made" || channel === "contains") return { sure, open };
    const isTold =
      told.isTold(operator) && (managers.length === 0 || network.operators.every((_, one) => told.isTold(one)));
    return { sure, open: open || !isTold };
  });
}

/** From where people maintain or manage, and whether past the operator's own gateway. */
export function workIn(
  domain: PostureDomain,
  { stock, network, told }: Counted,
  raw: readonly RawTrait[],
  country: string | undefined,
): PostureWork {
  const unsaid = (at: number) => !told.isTold(network.traits[at]!.operator) || raw[at]!.managers.length > 0;
  const parties = (at: number) =>
    [...raw[at]!.maintainedBy, ...raw[at]!.managedBy].filter(({ access }) => access !== "none");
  const each = (of: (trait: number) => Known) =>
    countOf(stock, domain, ({ traits }) => (traits.length === 0 ? "unknown" : anyOf(traits.map(of))));
  const abroad = each((at) => {
    const places = parties(at).map(({ place }) => place);
    if (country !== undefined && places.some((place) => place !== null && place !== country)) return true;
    const open = places.some((place) => place === null || country === undefined);
    return open || unsaid(at) ? "unknown" : false;
  });
  const unmediated = each((at) => {
    if (parties(at).some(({ access }) => access === "unmediated")) return true;
    const { maybeUnmediated, unmediated: past } = network.traits[at]!;
    const open = parties(at).some(({ access }) => access === null) || maybeUnmediated.length > 0;
    return open || past.length > 0 || unsaid(at) ? "unknown" : false;
  });
  const isBlind = stock.isBlind(domain);
  const span = (count: Count): PercentSpan => (isBlind ? wideOpen : percentSpan(count));
  return { domain, base: abroad.base + abroad.loose, abroad: span(abroad), unmediated: span(unmediated) };
}

function cellOf(count: Count, isBlind: boolean): Pick<PostureCell, "base" | "undecided" | "best" | "worst"> {
  const base = count.base + count.loose;
  if (isBlind || count.base === 0) return { base, undecided: base, ...wideOpen };
  return { base, undecided: count.may + count.looseMay, ...percentSpan(count) };
}

/** Counts things by kind; what was not read may be anything anywhere, and what moved may be here or not. */
function countOf({ kinds, unread }: Stock, domain: PostureDomain, is: (kind: Kind) => Known): Count {
  const sum = { base: 0, sure: 0, may: 0, loose: unread, looseMay: unread };
  for (const kind of kinds) {
    const known = is(kind);
    const { count } = kind;
    const inside = domain === "any" || kind.domain === domain;
    if (inside && !kind.moved) {
      sum.base += count;
      if (known === true) sum.sure += count;
      if (known === "unknown") sum.may += count;
    } else if (inside || kind.domain === "unknown") {
      sum.loose += count;
      if (known !== false) sum.looseMay += count;
    }
  }
  return sum;
}
