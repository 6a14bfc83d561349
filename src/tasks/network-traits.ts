import { segmentOf } from "../facts/segment.ts";
import { identify } from "../facts/subject.ts";
import type { Resolved } from "../facts/suppliers.ts";
import { domainOf, splitFunctions } from "../model/functions.ts";
import type { Channel, Trait } from "../model/network.ts";
import type { RawParty, RawTrait } from "../model/ports/network.ts";
import { type Manager, reachOfManagers } from "./network-managers.ts";
import { anybody, type Parties, partiesOf, type Resolver } from "./network-parties.ts";
import { partMakers } from "./network-parts.ts";

/** A kind of element with the suppliers behind it by id: `Trait` before suppliers have numbers. */
export interface NamedTrait extends Omit<Trait, "operator" | "holders" | "unmediated" | "maybeUnmediated"> {
  readonly operator: string;
  readonly holders: Readonly<Record<Channel, Parties>>;
  readonly unmediated: ReadonlySet<string>;
  readonly maybeUnmediated: ReadonlySet<string>;
}

/** Reads every kind of element: what it is, and who stands behind it in each channel (`Trait` says by what rules). */
export function readTraits(resolver: Resolver, raw: readonly RawTrait[]): readonly NamedTrait[] {
  const whatOf = identifier(resolver);
  const makersOfParts = partMakers(resolver);
  const own = raw.map((trait) => ({ trait, ...whatOf(trait), ...workersOf(resolver, trait) }));
  const reachOf = reachOfManagers(own.map(asManager));
  return own.map(({ trait, maker, product, made, maintained, managed, unmediated, maybeUnmediated }, at) => {
    const { operator, release, digest, managers } = trait;
    const built = partiesOf(resolver, operator, trait.builtBy, trait.builtBy.length === 0);
    const contains = makersOfParts({ operator, maker, product: product.id ?? null, release, digest });
    const above = reachOf(at);
    const past = union(unmediated, above?.unmediated);
    return {
      operator,
      ...placeOf(trait.functions),
      moved: trait.moved,
      product: product.id ?? trait.product,
      release: wordsOf(resolver, product.id ?? trait.product, release),
      holders: { made, built, maintained, managed: withReach(managed, above), contains },
      unmediated: past,
      maybeUnmediated: union(maybeUnmediated, above?.maybeUnmediated).difference(past),
      managers,
    };
  });
}

/** Functions by name, and in what part of the network they work. */
function placeOf(text: string | null): Pick<Trait, "functions" | "domain" | "segments"> {
  const functions = splitFunctions(text);
  const segments = functions.length > 0 ? functions.map((name) => segmentOf(name) ?? null) : [null];
  return { functions, domain: domainOf(text), segments: [...new Set(segments)] };
}

function wordsOf({ setting }: Resolver, product: string | null, release: string | null): string | null {
  const name = product === null ? null : (setting.knowledge.companies.products.get(product)?.name ?? product);
  const words = [name, release].filter((word) => word !== null);
  return words.length > 0 ? words.join(" ") : null;
}

interface What {
  readonly maker: Resolved;
  readonly product: Resolved;
  readonly made: Parties;
}

/** Maker and product of a trait as facts see them, each combination of texts once. */
function identifier({ setting }: Resolver): (trait: RawTrait) => What {
  const known = new Map<string, What>();
  return (trait) => {
    const name = JSON.stringify([trait.operator, trait.maker, trait.product]);
    const held = known.get(name);
    if (held) return held;
    const { maker, product } = identify(setting, trait);
    const made = maker.id === undefined ? anybody : { sure: new Set([maker.id]), open: false };
    known.set(name, { maker, product, made });
    return { maker, product, made };
  };
}

/** Who maintains and manages it, as far as relations name suppliers. Naming nobody says something only under a register. */
function workersOf(resolver: Resolver, { operator, maintainedBy, managedBy, managers }: RawTrait) {
  const texts = (parties: readonly RawParty[]) => parties.map(({ supplier }) => supplier);
  const silent = (parties: readonly unknown[]) => parties.length === 0 && !resolver.closed(operator);
  const past = [...maintainedBy, ...managedBy].filter(({ access }) => access === "unmediated");
  const maybePast = [...maintainedBy, ...managedBy].filter(({ access }) => access === null);
  return {
    maintained: partiesOf(resolver, operator, texts(maintainedBy), silent(maintainedBy)),
    managed: partiesOf(resolver, operator, texts(managedBy), silent([...managedBy, ...managers])),
    unmediated: partiesOf(resolver, operator, texts(past), false).sure,
    maybeUnmediated: partiesOf(resolver, operator, texts(maybePast), false).sure,
  };
}

function asManager({
  trait,
  made,
  maintained,
  managed,
  ...past
}: What & ReturnType<typeof workersOf> & { readonly trait: RawTrait }): Manager {
  return { managers: trait.managers, parties: [made, maintained, managed], ...past };
}

function withReach(managed: Parties, above: Parties | undefined): Parties {
  return above ? { sure: union(managed.sure, above.sure), open: managed.open || above.open } : managed;
}

function union(own: ReadonlySet<string>, more: ReadonlySet<string> | undefined): ReadonlySet<string> {
  return more && more.size > 0 ? own.union(more) : own;
}
