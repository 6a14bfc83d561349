import type { LineEnd, NetboxLine } from "../../readers/netbox.ts";
import { assignIds, slug } from "./ids.ts";
import { type Incoming, type IncomingRow, type Tally, tally } from "./incoming.ts";
import { linkRemarks, linkTable } from "./links.ts";
import { lookup, type NetboxMap } from "./map.ts";

/** What becomes of cables and circuits: rows of `links`, suppliers that the map names for them, and what has no row. */
export interface NetboxLinks {
  readonly taken: number;
  readonly tables: readonly Incoming[];
  readonly suppliers: readonly IncomingRow[];
  readonly setAside: readonly Tally[];
  readonly remarks: readonly Tally[];
}

/** Not there yet, or no longer. What fails or is switched off still stands in the network. */
const absent = new Set(["planned", "provisioning", "decommissioned"]);

/**
 * Cables and circuits that lead from one site to another, as links. A circuit's provider sells it and need not have made
 * the line, so it is its maker only where the map says so. NetBox's speeds are in no unit of demands and are left out.
 */
export function netboxLinks(
  lines: readonly NetboxLine[],
  sites: ReadonlyMap<number, string>,
  map: NetboxMap,
): NetboxLinks {
  const aside = new Map(lines.map((line) => [line, reasonAside(line, sites)]));
  const taken = lines.filter((line) => aside.get(line) === undefined);
  const wanted = taken.map((line) => [line, map.ids === "name" ? slug(line.label ?? "") : ""] as const);
  const ids = assignIds(new Map(wanted), ({ kind, pk }) => `${kind}-${pk}`);
  const rows = taken.map((line) => ({
    id: ids.get(line) ?? "",
    operator: operatorOf(line, map) ?? "",
    from: siteOf(line.ends[0], sites) ?? "",
    to: siteOf(line.ends[1], sites) ?? "",
    maker: lookup(map.providers, line.provider) ?? "",
  }));
  const makers = taken.flatMap(({ provider }) => {
    const id = lookup(map.providers, provider);
    return id === undefined || !provider ? [] : [{ values: { id, name: provider.name } }];
  });
  return {
    taken: taken.length,
    tables: linkTable(map.file ?? "netbox", rows, ["operator", "from", "to", ...(map.providers ? ["maker"] : [])]),
    suppliers: makers,
    setAside: tally([...aside.values()].filter((reason) => reason !== undefined)),
    remarks: [...tally(taken.flatMap((line) => remarksOn(line, map))), ...linkRemarks(rows)],
  };
}

function reasonAside(line: NetboxLine, sites: ReadonlyMap<number, string>): string | undefined {
  const { kind, ends, status, noTraffic } = line;
  if (noTraffic) return "cable for power or a console";
  if (status !== null && absent.has(status)) return `${kind} that is ${status}`;
  if (ends.includes("nothing")) return `${kind} with one end only`;
  if (ends.includes("provider")) return `${kind} into a provider's network`;
  const [from, to] = ends.map((end) => siteOf(end, sites));
  if (from === undefined || to === undefined) return `${kind}: the site of an end is not known`;
  return from === to ? `${kind} within one site` : undefined;
}

function siteOf(end: LineEnd, sites: ReadonlyMap<number, string>): string | undefined {
  return typeof end === "string" || end.site === null ? undefined : sites.get(end.site);
}

/** As for elements: a tenant that is not mapped is not the operator that the map names for the rest. */
function operatorOf({ tenant }: NetboxLine, map: NetboxMap): string | undefined {
  return tenant ? lookup(map.tenants, tenant) : map.operator;
}

function remarksOn(line: NetboxLine, map: NetboxMap): readonly string[] {
  const { kind, tenant, provider } = line;
  return [
    operatorOf(line, map) === undefined &&
      `${kind}: ${tenant ? `tenant \`${tenant.name}\` is not in the map` : "no tenant"}, so it is a link of whoever has equipment at both ends`,
    kind === "circuit" &&
      lookup(map.providers, provider) === undefined &&
      "circuit: maker unknown; a provider need not have made the line (`providers` of the map)",
  ].filter((remark) => typeof remark === "string");
}
