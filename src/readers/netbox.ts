import type { Place, Problem } from "../model/problem.ts";
import { type Named, nameOf, reference, statusOf, text } from "./netbox-fields.ts";
import { circuitEnds, type NetboxLine, readLines } from "./netbox-lines.ts";
import { equipmentModels, isKey, type NetboxObject, type NetboxObjects, sortObjects } from "./netbox-objects.ts";
import { isRecord, problemAt } from "./records.ts";

export type { Named } from "./netbox-fields.ts";
export type { LineEnd, NetboxLine } from "./netbox-lines.ts";

/** A device type: what its manufacturer calls it. */
export interface NetboxType extends Named {
  readonly manufacturer: Named | null;
}

/** A device or a virtual machine; what the export leaves empty or broken is `null`. */
export interface NetboxElement {
  readonly kind: "device" | "vm";
  readonly pk: number;
  readonly name: string | null;
  readonly type: NetboxType | null;
  readonly role: Named | null;
  readonly tenant: Named | null;
  readonly platform: Named | null;
  /** Key of the site. */
  readonly site: number | null;
  readonly status: string | null;
  readonly customFields: Readonly<Record<string, string>>;
  /** Key of the device on which a virtual machine is pinned, or in whose bay a device sits. */
  readonly host: number | null;
  readonly place: Place;
}

export interface NetboxSite extends Named {
  /** The region, its parent, and so on up to the root. */
  readonly regions: readonly Named[];
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export interface NetboxExport {
  readonly elements: readonly NetboxElement[];
  readonly sites: readonly NetboxSite[];
  /** Cables and circuits. */
  readonly lines: readonly NetboxLine[];
  /** Records per model. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Whether a parsed JSON document looks like a NetBox export. */
export function recognises(value: unknown): boolean {
  const list = isRecord(value) ? value.results : value;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isRecord(first) && (isRecord(first.fields) ? typeof first.model === "string" : isKey(first.id));
}

/**
 * Reads a NetBox inventory (versions 3 and 4), with its cables and circuits: a Django fixture, or one list of the REST API with nested objects.
 * A reference that leads nowhere leaves its field `null` and is a problem; the element itself stays, since it exists.
 */
export function readNetbox(
  value: unknown,
  file: string,
): { readonly found?: NetboxExport; readonly problems: readonly Problem[] } {
  const objects = sortObjects(value, file);
  if ("problem" in objects) return { problems: [objects.problem] };
  const hosts = bays(objects);
  const elements = equipmentModels.flatMap((model) =>
    objects.of(model).map((object) => element(objects, object, hosts)),
  );
  const devices = elements.filter(({ kind }) => kind === "device");
  const lines = readLines(objects, new Map(devices.map(({ pk, site }) => [pk, site])));
  const sites = readSites(objects, elements);
  return { found: { elements, sites, lines, counts: objects.counts }, problems: withoutRepeats(objects.problems) };
}

/** A manufacturer with a broken name is met once per device; it is one problem. */
function withoutRepeats(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.place.pointer} ${problem.message}`, problem])).values()];
}

function element(objects: NetboxObjects, object: NetboxObject, hosts: ReadonlyMap<number, number>): NetboxElement {
  const { fields, pointer, pk } = object;
  const named = (model: string, field: string) => reference(objects, object, model, field, nameOf);
  const device = object.model === "dcim.device";
  const cluster = device ? null : reference(objects, object, "virtualization.cluster", "cluster", (found) => found);
  const ownSite = reference(objects, object, "dcim.site", "site", (found) => found.pk);
  const site = ownSite ?? (cluster && reference(objects, cluster, "dcim.site", "site", (found) => found.pk));
  return {
    kind: device ? "device" : "vm",
    pk,
    name: text(objects, object, "name"),
    type: device ? reference(objects, object, "dcim.devicetype", "device_type", typeOf) : null,
    // `device_role` until NetBox 3.5, `role` from 3.6 on.
    role: named("dcim.devicerole", "device_role" in fields ? "device_role" : "role"),
    tenant: named("tenancy.tenant", "tenant"),
    platform: named("dcim.platform", "platform"),
    site,
    status: statusOf(fields.status) ?? text(objects, object, "status"),
    customFields: customFields(objects, object),
    host: device ? (hosts.get(pk) ?? null) : reference(objects, object, "dcim.device", "device", (found) => found.pk),
    place: { file: objects.file, pointer },
  };
}

/** Device in a bay -> the device that has the bay. */
function bays(objects: NetboxObjects): ReadonlyMap<number, number> {
  const pairs = objects.of("dcim.devicebay").flatMap((bay) => {
    const { device, installed_device: installed } = bay.fields;
    return isKey(device) && isKey(installed) ? [[installed, device] as const] : [];
  });
  return new Map(pairs);
}

/** Sites listed in the export, and those that only stand nested in an element or a circuit's end. */
function readSites(objects: NetboxObjects, elements: readonly NetboxElement[]): readonly NetboxSite[] {
  const listed = objects.of("dcim.site").flatMap((object) => {
    const name = nameOf(object, objects);
    return name ? [siteOf(objects, object, name)] : [];
  });
  const known = new Set(listed.map(({ pk }) => pk));
  const nested = new Map<number, NetboxSite>();
  const owners = [
    ...elements.map(({ kind, pk }) =>
      objects.find(kind === "device" ? "dcim.device" : "virtualization.virtualmachine", pk),
    ),
    ...circuitEnds(objects),
  ];
  for (const owner of owners) {
    const site = owner?.fields.site;
    if (!owner || !isRecord(site) || !isKey(site.id) || known.has(site.id) || nested.has(site.id)) continue;
    const object = { model: "dcim.site", pk: site.id, fields: site, pointer: `${owner.pointer}/site` };
    const name = nameOf(object, objects);
    if (name) nested.set(site.id, siteOf(objects, object, name));
  }
  return [...listed, ...nested.values()].sort((a, b) => a.pk - b.pk);
}

function siteOf(objects: NetboxObjects, object: NetboxObject, name: Named): NetboxSite {
  const degrees = (field: "latitude" | "longitude", most: number) => {
    const value = object.fields[field];
    if (value === null || value === undefined || value === "") return null;
    const number = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
    if (Math.abs(number) <= most) return number;
    const message = `expected degrees from -${most} to ${most}`;
    objects.problems.push(problemAt(objects.file, `${object.pointer}/${field}`, "wrong-type", message, 0));
    return null;
  };
  return {
    ...name,
    regions: regionsOf(objects, object),
    latitude: degrees("latitude", 90),
    longitude: degrees("longitude", 180),
  };
}

function regionsOf(objects: NetboxObjects, site: NetboxObject): readonly Named[] {
  const chain: Named[] = [];
  let region = reference(objects, site, "dcim.region", "region", (found) => found);
  while (region) {
    const name = nameOf(region, objects);
    if (!name || chain.some(({ pk }) => pk === name.pk)) {
      if (name) objects.problems.push(problemAt(objects.file, region.pointer, "cycle", "a region lies in itself", 0));
      break;
    }
    chain.push(name);
    region = reference(objects, region, "dcim.region", "parent", (found) => found);
  }
  return chain;
}

function typeOf(object: NetboxObject, objects: NetboxObjects): NetboxType | null {
  const name = text(objects, object, "model");
  if (name === null) return null;
  const manufacturer = reference(objects, object, "dcim.manufacturer", "manufacturer", nameOf);
  return { pk: object.pk, name, slug: text(objects, object, "slug") ?? "", manufacturer };
}

function customFields(objects: NetboxObjects, object: NetboxObject): Readonly<Record<string, string>> {
  const holder = "custom_field_data" in object.fields ? "custom_field_data" : "custom_fields";
  const fields = object.fields[holder];
  if (!isRecord(fields)) return {};
  const inside: NetboxObject = { ...object, fields, pointer: `${object.pointer}/${holder}` };
  const entries = Object.keys(fields).flatMap((name) => {
    const value = typeof fields[name] === "object" ? null : text(objects, inside, name);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
