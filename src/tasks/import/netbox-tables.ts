import type { NetboxElement, NetboxExport, NetboxSite } from "../../readers/netbox.ts";
import type { Incoming, IncomingRow } from "./incoming.ts";
import { lookup, type NetboxMap } from "./map.ts";
import type { Ids } from "./netbox-ids.ts";
import type { NetboxLinks } from "./netbox-links.ts";

/** What a person has written about companies and products is better than what an export says. */
const reference = { existing: "kept", owned: [], complete: false } as const;

/** The tables an export fills: who makes and operates, what is made, where it stands, what there is, and what links it. */
export function tablesOf(
  found: NetboxExport,
  taken: readonly NetboxElement[],
  map: NetboxMap,
  ids: Ids,
  rows: readonly IncomingRow[],
  links: NetboxLinks,
): readonly Incoming[] {
  const file = map.file ?? "netbox";
  const knowsRelease = map.platforms !== undefined || map.customFields?.release !== undefined;
  const owned = [
    ...["operator", "site", "maker", "product", "functions", "status"],
    ...(knowsRelease ? ["release"] : []),
    ...Object.keys(map.customFields ?? {}),
  ];
  const relations = relationRows(taken, ids);
  return [
    {
      table: "suppliers",
      file: "suppliers.csv",
      rows: rowsById([...supplierRows(taken, ids), ...links.suppliers]),
      ...reference,
    },
    { table: "operators", file: "operators.csv", rows: operatorRows(taken, map), ...reference },
    { table: "products", file: "products.csv", rows: productRows(taken, map, ids), ...reference },
    { table: "sites", file: "sites.csv", rows: siteRows(found.sites, map, ids), ...reference, existing: "updated" },
    {
      table: "elements",
      file: `elements/${file}.csv`,
      rows,
      existing: "updated",
      owned: [...new Set(owned)],
      complete: true,
    },
    ...(relations.length > 0
      ? [{ table: "relations", file: `relations/${file}.csv`, rows: relations, ...reference, complete: true } as const]
      : []),
    ...links.tables,
  ];
}

function supplierRows(taken: readonly NetboxElement[], ids: Ids): readonly IncomingRow[] {
  const makers = taken.flatMap(({ type }) => type?.manufacturer ?? []);
  return rowsById(makers.map(({ pk, name }) => ({ values: { id: ids.suppliers.get(pk) ?? "", name } })));
}

function operatorRows(taken: readonly NetboxElement[], map: NetboxMap): readonly IncomingRow[] {
  const named = new Map<string, Set<string>>();
  for (const { tenant } of taken) {
    const id = tenant ? lookup(map.tenants, tenant) : map.operator;
    if (id === undefined) continue;
    const names = named.get(id) ?? new Set<string>();
    named.set(id, tenant ? names.add(tenant.name) : names);
  }
  return rowsById(
    [...named].map(([id, names]) => {
      // Several tenants of one operator: none of their names is the operator's.
      const [only] = names;
      return { values: { id, name: names.size === 1 && only ? only : id } };
    }),
  );
}

function productRows(taken: readonly NetboxElement[], map: NetboxMap, ids: Ids): readonly IncomingRow[] {
  return rowsById(
    taken.flatMap(({ type, platform }) => {
      // A product without a maker cannot stand in the table; software the map names has no maker we know of.
      if (!type?.manufacturer || lookup(map.platforms, platform)?.product !== undefined) return [];
      const supplier = ids.suppliers.get(type.manufacturer.pk) ?? "";
      return [{ values: { id: ids.products.get(type.pk) ?? "", supplier, name: type.name } }];
    }),
  );
}

function siteRows(sites: readonly NetboxSite[], map: NetboxMap, ids: Ids): readonly IncomingRow[] {
  return rowsById(
    sites.map(({ pk, name, regions, latitude, longitude }) => {
      const mapped = regions.map((region) => lookup(map.regions, region)).find((region) => region !== undefined);
      const position = { latitude: latitude?.toString() ?? "", longitude: longitude?.toString() ?? "" };
      return {
        values: { id: ids.sites.get(pk) ?? "", name, region: mapped ?? regions.at(-1)?.name ?? "", ...position },
      };
    }),
  );
}

/** A machine pinned to a device runs on it; a device in another's bay is part of it. */
function relationRows(taken: readonly NetboxElement[], ids: Ids): readonly IncomingRow[] {
  const devices = new Map(taken.filter(({ kind }) => kind === "device").map((device) => [device.pk, device]));
  const rows = taken.flatMap((element) => {
    const host = element.host === null ? undefined : devices.get(element.host);
    if (!host || host === element) return [];
    const kind = element.kind === "vm" ? "runs-on" : "part-of";
    return [{ values: { from: ids.elements.get(element) ?? "", kind, to: ids.elements.get(host) ?? "" } }];
  });
  return rows.sort((a, b) => (a.values.from < b.values.from ? -1 : 1));
}

function rowsById(rows: readonly IncomingRow[]): readonly IncomingRow[] {
  const first = new Map<string, IncomingRow>();
  for (const row of rows) if (!first.has(row.values.id ?? "")) first.set(row.values.id ?? "", row);
  return [...first.values()];
}
