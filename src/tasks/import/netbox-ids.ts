import type { Named, NetboxElement, NetboxExport, NetboxType } from "../../readers/netbox.ts";
import { assignIds, slug } from "./ids.ts";
import { lookup, type NetboxMap } from "./map.ts";

/** Our ids for the things of an export; all but the elements by their key. */
export interface Ids {
  readonly elements: ReadonlyMap<NetboxElement, string>;
  readonly sites: ReadonlyMap<number, string>;
  readonly suppliers: ReadonlyMap<number, string>;
  readonly products: ReadonlyMap<number, string>;
}

/** Ids for all that was taken: those of the map, else slugs; elements by key, or by name if the map wants it. */
export function idsOf(found: NetboxExport, taken: readonly NetboxElement[], map: NetboxMap): Ids {
  const types = new Map(taken.flatMap(({ type }) => (type ? [[type.pk, type] as const] : [])));
  const makers = new Map(
    [...types.values()].flatMap(({ manufacturer: maker }) => (maker ? [[maker.pk, maker] as const] : [])),
  );
  const suppliers = assign(makers, "supplier", (maker) => lookup(map.manufacturers, maker));
  const wanted = map.ids === "name" ? taken.map(({ name }) => slug(name ?? "")) : taken.map(() => "");
  return {
    suppliers,
    products: assign(
      types,
      "product",
      (type) => lookup(map.deviceTypes, type),
      (type) => productSlug(type, suppliers),
    ),
    sites: assign(new Map(found.sites.map((site) => [site.pk, site])), "site", () => undefined),
    elements: assignIds(
      new Map(taken.map((element, index) => [element, wanted[index]!])),
      ({ kind, pk }) => `${kind}-${pk}`,
    ),
  };
}

/** Ids by key: those a map names (several things may be the same one), then slugs, which must be unique. */
function assign<T extends Named>(
  things: ReadonlyMap<number, T>,
  kind: string,
  mapped: (thing: T) => string | undefined,
  wanted: (thing: T) => string = (thing) => slug(thing.slug || thing.name),
): ReadonlyMap<number, string> {
  const named = [...things].flatMap(([pk, thing]) => {
    const id = mapped(thing);
    return id === undefined ? [] : [[pk, id] as const];
  });
  const known = new Map(named);
  const rest = [...things].filter(([pk]) => !known.has(pk));
  return new Map([
    ...named,
    ...assignIds(new Map(rest.map(([pk, thing]) => [pk, wanted(thing)])), (pk) => `${kind}-${pk}`),
  ]);
}

function productSlug(type: NetboxType, suppliers: ReadonlyMap<number, string>): string {
  const own = slug(type.slug || type.name);
  const maker = type.manufacturer && suppliers.get(type.manufacturer.pk);
  return !maker || own === "" || own.startsWith(`${maker}-`) ? own : `${maker}-${own}`;
}
