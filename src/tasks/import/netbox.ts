import { dayOf } from "../../model/day.ts";
import { sha256In } from "../../model/digest.ts";
import { documentProblem, type Problem } from "../../model/problem.ts";
import type { Named, NetboxElement, NetboxExport } from "../../readers/netbox.ts";
import { type IncomingRow, type Translated, tally } from "./incoming.ts";
import { joinFunctions, keyOf, lookup, type NetboxMap } from "./map.ts";
import { type Ids, idsOf } from "./netbox-ids.ts";
import { netboxLinks } from "./netbox-links.ts";
import { others, partsOf, remarksOf, unusedNames } from "./netbox-remarks.ts";
import { statusOf } from "./netbox-status.ts";
import { tablesOf } from "./netbox-tables.ts";

/**
 * A NetBox export in the words of the workspace, as a person's map says. What neither the export nor the map knows
 * (release, first day of use, digest, who owns, who maintains) stays empty: unknown, never assumed.
 */
export function translateNetbox(found: NetboxExport, map: NetboxMap): Translated {
  const aside = new Map(found.elements.map((element) => [element, reasonAside(element, map)]));
  const taken = found.elements.filter((element) => aside.get(element) === undefined);
  const ids = idsOf(found, taken, map);
  const rows = taken.map((element) => elementRow(element, map, ids));
  const links = netboxLinks(found.lines, ids.sites, map);
  const parts = partsOf(found.counts);
  const gone = [...aside.values()].filter((reason) => reason !== undefined);
  return {
    examined: found.elements.length + found.lines.length + parts.reduce((sum, { records }) => sum + records, 0),
    taken: taken.length + links.taken,
    setAside: [...tally(gone), ...parts, ...links.setAside],
    remarks: [...remarksOf(taken, map), ...links.remarks, ...unusedNames(found, map), ...others(found.counts)],
    problems: rows.flatMap(({ problems }) => problems),
    tables: tablesOf(
      found,
      taken,
      map,
      ids,
      rows.map(({ row }) => row),
      links,
    ),
  };
}

function reasonAside({ role, type }: NetboxElement, { setAside = {} }: NetboxMap): string | undefined {
  const listed = (keys: readonly string[] | undefined, thing: Named | null | undefined) =>
    thing && keyOf(keys ?? [], thing) !== undefined;
  if (listed(setAside.roles, role)) return `role \`${role?.name}\``;
  if (listed(setAside.deviceTypes, type)) return `device type \`${type?.name}\``;
  if (listed(setAside.manufacturers, type?.manufacturer)) return `manufacturer \`${type?.manufacturer?.name}\``;
  return undefined;
}

function elementRow(
  element: NetboxElement,
  map: NetboxMap,
  ids: Ids,
): { row: IncomingRow; problems: readonly Problem[] } {
  const { type, role, tenant, platform, site } = element;
  const software = lookup(map.platforms, platform);
  const functions = lookup(map.roles, role);
  const custom = customColumns(element, map);
  const values: Record<string, string> = {
    id: ids.elements.get(element) ?? "",
    operator: (tenant ? lookup(map.tenants, tenant) : map.operator) ?? "",
    site: (site !== null && ids.sites.get(site)) || "",
    maker: (type?.manufacturer && ids.suppliers.get(type.manufacturer.pk)) ?? "",
    product: software?.product ?? (type && ids.products.get(type.pk)) ?? "",
    release: software?.release ?? "",
    functions: functions ? joinFunctions(functions) : "",
    status: statusOf(element, map) ?? "",
    ...custom.values,
  };
  return { row: { values }, problems: custom.problems };
}

function customColumns(element: NetboxElement, map: NetboxMap) {
  const values: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const [column, field] of Object.entries(map.customFields ?? {})) {
    const said = Object.hasOwn(element.customFields, field) ? (element.customFields[field] ?? "") : "";
    if (said === "") continue;
    const value = readCustom(column, said);
    if (value !== undefined) values[column] = value;
    else {
      const wanted = column === "digest" ? "64 hex digits" : "a day `YYYY-MM-DD`";
      const message = `expected custom field \`${field}\` to be ${wanted}, got \`${said.slice(0, 60)}\`; \`${column}\` stays unknown`;
      problems.push(documentProblem("wrong-type", message, element.place));
    }
  }
  return { values, problems };
}

function readCustom(column: string, said: string): string | undefined {
  if (column === "release") return said;
  if (column === "digest") return sha256In(said);
  return dayOf(said);
}
