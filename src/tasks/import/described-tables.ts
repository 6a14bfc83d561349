import type { Named } from "../../readers/netbox.ts";
import type { Column, Taken } from "./described.ts";
import type { DescribedMap } from "./described-map.ts";
import { assignIds, slug } from "./ids.ts";
import type { Incoming, IncomingRow } from "./incoming.ts";
import { linkTable } from "./links.ts";
import { lookup } from "./map.ts";

type Values = Readonly<Record<string, string>>;

/** What a person has written about companies, products and sites is better than what an export says. */
const reference = { existing: "kept", owned: [], complete: false } as const;

/** The tables that an inventory fills; the columns the map names a source for are the source's, all others a person's. */
export function describedTables(
  taken: readonly Taken[],
  ties: readonly Values[],
  links: readonly Values[],
  mapped: readonly Column[],
  map: DescribedMap,
  file: string,
): readonly Incoming[] {
  const suppliers = supplierIds(taken, map);
  const products = productIds(taken, suppliers, map);
  const rows = taken.map((thing): IncomingRow => ({ values: elementValues(thing, suppliers, products, map) }));
  const relations = sortedOnce([...ties, ...workRows(taken, suppliers)]);
  const owned = [...new Set([...mapped, ...(map.operator === undefined ? [] : ["operator"])])];
  const relationsFile = { table: "relations", file: `relations/${file}.csv`, ...reference, complete: true } as const;
  return [
    { table: "suppliers", file: "suppliers.csv", rows: named(suppliers), ...reference },
    { table: "operators", file: "operators.csv", rows: operatorRows(taken, map), ...reference },
    { table: "products", file: "products.csv", rows: productRows(taken, suppliers, products), ...reference },
    { table: "sites", file: "sites.csv", rows: siteRows(taken), ...reference },
    { table: "elements", file: `elements/${file}.csv`, rows, existing: "updated", owned, complete: true },
    ...(relations.length > 0 ? [{ ...relationsFile, rows: relations.map((values) => ({ values })) }] : []),
    ...linkTable(file, links, ["operator", "from", "to", "weight", "capacity"]),
  ];
}

function elementValues(
  { id, said, functions, described }: Taken,
  suppliers: Ids,
  products: ReadonlyMap<string, string>,
  map: DescribedMap,
): Values {
  return {
    id,
    operator: operatorOf(said.operator, map) ?? "",
    site: said.site ? idOf(said.site) : "",
    maker: said.maker ? suppliers.of(said.maker) : "",
    product: said.product ? (products.get(productKey(said)) ?? "") : "",
    release: said.release ? (lookup(map.releases, said.release) ?? said.release.name) : "",
    digest: said.digest?.name ?? "",
    functions,
    status: lookup(map.statuses, said.status) ?? described.status ?? "",
    in_service_since: said.in_service_since?.name ?? "",
    release_since: said.release_since?.name ?? "",
  };
}

/** The operator that is named, if the map knows it; where none is named, the map's own. */
export function operatorOf(said: Named | null, map: DescribedMap): string | undefined {
  return said ? lookup(map.operators, said) : map.operator;
}

interface Ids {
  readonly names: ReadonlyMap<string, string>;
  of(text: Named): string;
}

/** Ids of makers and of those who work: as the map says, else from their names; equal names are one supplier. */
function supplierIds(taken: readonly Taken[], map: DescribedMap): Ids {
  const texts = taken.flatMap(({ said, described }) => [
    ...(said.maker ? [said.maker] : []),
    ...described.parties.map(({ party }) => party),
  ]);
  const byName = new Map(texts.map((text) => [text.name, text]));
  const rest = [...byName.values()].filter((text) => lookup(map.makers, text) === undefined);
  const made = assignIds(new Map(rest.map(({ name }) => [name, slug(name)])), (name) => name);
  const of = (text: Named) => lookup(map.makers, text) ?? made.get(text.name) ?? text.name;
  return { of, names: new Map([...byName.values()].map((text) => [of(text), text.name])) };
}

function named({ names }: Ids): readonly IncomingRow[] {
  return [...names].map(([id, name]) => ({ values: { id, name } }));
}

const productKey = ({ maker, product }: Taken["said"]) => JSON.stringify([maker?.name ?? "", product?.name ?? ""]);

function productIds(taken: readonly Taken[], suppliers: Ids, map: DescribedMap): ReadonlyMap<string, string> {
  const all = taken.filter(({ said }) => said.product !== null);
  const mapped = new Map<string, string>();
  const wanted = new Map<string, string>();
  for (const { said } of all) {
    const known = lookup(map.products, said.product);
    if (known !== undefined) mapped.set(productKey(said), known);
    else
      wanted.set(
        productKey(said),
        [said.maker && suppliers.of(said.maker), slug(said.product!.name)].filter((part) => part).join("-"),
      );
  }
  const names = new Map(
    all.map(({ said }) => [productKey(said), `${said.maker?.name ?? ""} ${said.product!.name}`.trim()]),
  );
  return new Map([...mapped, ...assignIds(wanted, (key) => names.get(key)!)]);
}

function productRows(
  taken: readonly Taken[],
  suppliers: Ids,
  products: ReadonlyMap<string, string>,
): readonly IncomingRow[] {
  return rowsById(
    taken.flatMap(({ said }) => {
      // A product without a maker cannot stand in the table.
      if (!said.product || !said.maker) return [];
      const id = products.get(productKey(said)) ?? "";
      return [{ id, supplier: suppliers.of(said.maker), name: said.product.name }];
    }),
  );
}

function operatorRows(taken: readonly Taken[], map: DescribedMap): readonly IncomingRow[] {
  const names = new Map<string, Set<string>>();
  for (const { said } of taken) {
    const id = operatorOf(said.operator, map);
    if (id === undefined) continue;
    names.set(id, (names.get(id) ?? new Set()).add(said.operator?.name ?? id));
  }
  // Several names of one operator: none of them is the operator's.
  return rowsById([...names].map(([id, own]) => ({ id, name: own.size === 1 ? [...own][0]! : id })));
}

function siteRows(taken: readonly Taken[]): readonly IncomingRow[] {
  return rowsById(taken.flatMap(({ said }) => (said.site ? [{ id: idOf(said.site), name: said.site.name }] : [])));
}

/** The id a word has in the source, else the word itself. */
export function idOf({ name, slug: id }: Named): string {
  return id === "" ? name : id;
}

function workRows(taken: readonly Taken[], suppliers: Ids): readonly Values[] {
  return taken.flatMap(({ id, described }) =>
    described.parties.map(({ kind, party }) => ({ from: id, kind, to: suppliers.of(party) })),
  );
}

function rowsById(rows: readonly Values[]): readonly IncomingRow[] {
  const first = new Map<string, Values>();
  for (const row of rows) if (!first.has(row.id ?? "")) first.set(row.id ?? "", row);
  return [...first.values()].map((values) => ({ values }));
}

function sortedOnce(rows: readonly Values[]): readonly Values[] {
  const keyed = new Map(rows.map((row) => [JSON.stringify([row.from, row.kind, row.to]), row]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
