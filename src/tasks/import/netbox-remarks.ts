import { domainOfFunction } from "../../model/functions.ts";
import type { Named, NetboxElement, NetboxExport } from "../../readers/netbox.ts";
import { equipmentModels, lineModels } from "../../readers/netbox-objects.ts";
import { type Tally, tally } from "./incoming.ts";
import { keyOf, lookup, type NetboxMap } from "./map.ts";
import { statusOf } from "./netbox-status.ts";

/** What stays unknown about the elements taken, and why. */
export function remarksOf(taken: readonly NetboxElement[], map: NetboxMap): readonly Tally[] {
  const said = taken.flatMap((element) => {
    const { role, tenant, type, platform, status } = element;
    const functions = lookup(map.roles, role);
    const strange = (functions ?? []).filter((name) => !domainOfFunction.has(name));
    return [
      role
        ? !functions && `function unknown: role \`${role.name}\` is not in the map`
        : "function unknown: no role in the export",
      ...strange.map((name) => `function \`${name}\` is none that rules know`),
      tenant && !lookup(map.tenants, tenant) && `operator unknown: tenant \`${tenant.name}\` is not in the map`,
      !tenant && map.operator === undefined && "operator unknown: no tenant, and the map names no `operator`",
      element.kind === "vm" && "maker unknown: NetBox knows none of a virtual machine",
      element.kind === "device" &&
        !type?.manufacturer &&
        "maker unknown: no device type or manufacturer that can be read",
      platform &&
        !lookup(map.platforms, platform) &&
        `release unknown: platform \`${platform.name}\` is not in the map`,
      !platform && !map.customFields?.release && "release unknown: no platform in the export",
      status !== null &&
        statusOf(element, map) === undefined &&
        `status \`${status}\` is not in the map: taken as active`,
    ].filter((remark) => typeof remark === "string");
  });
  return tally(said);
}

/** Words of the map that speak of nothing in the export: probably misspelt. */
export function unusedNames(found: NetboxExport, map: NetboxMap): readonly Tally[] {
  const { elements } = found;
  const roles = elements.map(({ role }) => role);
  const types = elements.map(({ type }) => type);
  const makers = types.map((type) => type?.manufacturer ?? null);
  const providers = found.lines.map(({ provider }) => provider);
  const places = found.sites.flatMap(({ regions }) => regions);
  const checks: readonly (readonly [string, readonly string[] | undefined, readonly (Named | null)[]])[] = [
    ["roles", Object.keys(map.roles ?? {}), roles],
    ["setAside/roles", map.setAside?.roles, roles],
    ["setAside/manufacturers", map.setAside?.manufacturers, makers],
    ["setAside/deviceTypes", map.setAside?.deviceTypes, types],
    ["tenants", Object.keys(map.tenants ?? {}), elements.map(({ tenant }) => tenant)],
    ["manufacturers", Object.keys(map.manufacturers ?? {}), makers],
    ["deviceTypes", Object.keys(map.deviceTypes ?? {}), types],
    ["platforms", Object.keys(map.platforms ?? {}), elements.map(({ platform }) => platform)],
    ["providers", Object.keys(map.providers ?? {}), providers],
    ["regions", Object.keys(map.regions ?? {}), places],
  ];
  return checks.flatMap(([part, keys, things]) => {
    const met = new Set(things.map((thing) => thing && keyOf(keys ?? [], thing)));
    const unused = (keys ?? []).filter((key) => !met.has(key));
    return unused.map((key) => ({
      reason: `\`${key}\` under \`${part}\` of the map is met nowhere in the export`,
      records: 0,
    }));
  });
}

const partModels: Readonly<Record<string, string>> = {
  "dcim.module": "module: part of a device that has its own row",
  "dcim.inventoryitem": "inventory item: part of a device that has its own row",
};

/** Records that are parts of devices, counted but not taken. */
export function partsOf(counts: ReadonlyMap<string, number>): readonly Tally[] {
  const parts = Object.entries(partModels).map(([model, reason]) => ({ reason, records: counts.get(model) ?? 0 }));
  return parts.filter(({ records }) => records > 0);
}

/** How many records of the export are neither equipment nor lines. */
export function others(counts: ReadonlyMap<string, number>): readonly Tally[] {
  const read = [...equipmentModels, ...lineModels, ...Object.keys(partModels)];
  const rest = [...counts].filter(([model]) => !read.includes(model));
  const records = rest.reduce((sum, [, count]) => sum + count, 0);
  const reason = `records of ${rest.length} other models (interfaces, addresses ...) are neither equipment nor links`;
  return records > 0 ? [{ reason, records }] : [];
}
