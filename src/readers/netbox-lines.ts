import type { Place } from "../model/problem.ts";
import { type Named, nameOf, reference, statusOf, text } from "./netbox-fields.ts";
import { isKey, type NetboxObject, type NetboxObjects } from "./netbox-objects.ts";
import { isRecord, problemAt } from "./records.ts";

/** Where a line ends: at a site (`null`: the export does not say which), in a provider's network, or nowhere. */
export type LineEnd = { readonly site: number | null } | "provider" | "nothing";

/** A cable, or a circuit bought from a provider. */
export interface NetboxLine {
  readonly kind: "cable" | "circuit";
  readonly pk: number;
  /** Label of the cable, number of the circuit. */
  readonly label: string | null;
  readonly status: string | null;
  readonly tenant: Named | null;
  readonly provider: Named | null;
  /** A cable that carries power, or the console of a machine. */
  readonly noTraffic: boolean;
  readonly ends: readonly [LineEnd, LineEnd];
  readonly place: Place;
}

/** One end of a cable, as the export writes it: a type, and a key or the object itself. */
interface Termination {
  readonly model: string | undefined;
  readonly key: unknown;
  readonly object: unknown;
  readonly pointer: string;
}

const carriers = ["dcim.interface", "dcim.frontport", "dcim.rearport", "circuits.circuittermination"];

/**
 * Cables and circuits with the sites at which they end. `sites`: site of each device. A cable of which an end leads to
 * nothing in the export, or to several sites, is set aside: nobody can tell what it connects.
 */
export function readLines(objects: NetboxObjects, sites: ReadonlyMap<number, number | null>): readonly NetboxLine[] {
  const bound = terminationsByCable(objects);
  const cables = objects.of("dcim.cable").flatMap((cable) => {
    const sides = (["A", "B"] as const).map((side) => terminationsOf(objects, cable, side, bound));
    const ends = sides.map((side) => endOf(objects, cable, side, sites));
    const [a, b] = ends;
    if (!a || !b) return [];
    const models = sides.flat().map(({ model }) => model ?? "");
    const noTraffic = models.length > 0 && !models.some((model) => carriers.includes(model));
    return [{ ...common(objects, cable, "cable", "label"), noTraffic, ends: [a, b] as const }];
  });
  const circuits = objects.of("circuits.circuit").map((circuit) => {
    const ends = circuitSides(objects, circuit).map((end) => circuitEnd(objects, end));
    const [a = "nothing", z = "nothing"] = ends;
    return { ...common(objects, circuit, "circuit", "cid"), noTraffic: false, ends: [a, z] as const };
  });
  return [...cables, ...circuits];
}

/** Ends of circuits, listed or nested in their circuit. */
export function circuitEnds(objects: NetboxObjects): readonly NetboxObject[] {
  const nested = objects.of("circuits.circuit").flatMap((circuit) => circuitSides(objects, circuit));
  return [...objects.of("circuits.circuittermination"), ...nested];
}

function common(objects: NetboxObjects, line: NetboxObject, kind: NetboxLine["kind"], label: string) {
  return {
    kind,
    pk: line.pk,
    label: text(objects, line, label),
    status: statusOf(line.fields.status) ?? text(objects, line, "status"),
    tenant: reference(objects, line, "tenancy.tenant", "tenant", nameOf),
    provider: kind === "circuit" ? reference(objects, line, "circuits.provider", "provider", nameOf) : null,
    place: { file: objects.file, pointer: line.pointer },
  };
}

/** Cable -> its terminations as records of their own (a dump of NetBox 3.3 or later). */
function terminationsByCable(objects: NetboxObjects): ReadonlyMap<unknown, readonly NetboxObject[]> {
  return Map.groupBy(objects.of("dcim.cabletermination"), ({ fields }) => fields.cable);
}

function terminationsOf(
  objects: NetboxObjects,
  cable: NetboxObject,
  side: "A" | "B",
  bound: ReadonlyMap<unknown, readonly NetboxObject[]>,
): readonly Termination[] {
  const { fields, pointer } = cable;
  const [list, single] = [`${side.toLowerCase()}_terminations`, `termination_${side.toLowerCase()}`];
  const listed = fields[list];
  if (Array.isArray(listed))
    return listed.filter(isRecord).map((one, index) => ({
      model: modelOf(objects, one.object_type),
      key: one.object_id,
      object: one.object,
      pointer: `${pointer}/${list}/${index}`,
    }));
  if (`${single}_type` in fields) {
    const model = modelOf(objects, fields[`${single}_type`]);
    return [{ model, key: fields[`${single}_id`], object: fields[single], pointer: `${pointer}/${single}_id` }];
  }
  return (bound.get(cable.pk) ?? [])
    .filter((one) => one.fields.cable_end === side)
    .map((one) => ({
      model: modelOf(objects, one.fields.termination_type),
      key: one.fields.termination_id,
      object: undefined,
      pointer: `${one.pointer}/termination_id`,
    }));
}

/** A content type as the REST API writes it, by its natural key, or by its key. */
function modelOf(objects: NetboxObjects, type: unknown): string | undefined {
  if (typeof type === "string") return type.toLowerCase();
  if (Array.isArray(type)) return type.join(".").toLowerCase();
  const listed = isKey(type) ? objects.find("contenttypes.contenttype", type)?.fields : undefined;
  return listed ? `${listed.app_label}.${listed.model}`.toLowerCase() : undefined;
}

/** The one end of a cable's terminations; undefined, with a problem, if it cannot be told. */
function endOf(
  objects: NetboxObjects,
  cable: NetboxObject,
  side: readonly Termination[],
  sites: ReadonlyMap<number, number | null>,
): LineEnd | undefined {
  if (side.length === 0) return "nothing";
  const ends = side.map((one) => terminationEnd(objects, one, sites));
  const lost = ends.indexOf(undefined);
  if (lost >= 0) {
    const { model = "?", pointer } = side[lost]!;
    const message = `expected the end of cable ${cable.pk} (\`${model.slice(0, 60)}\`) in the export, found none`;
    objects.problems.push(problemAt(objects.file, pointer, "dangling-reference", message, 1));
    return undefined;
  }
  const [first, ...others] = ends;
  if (first !== undefined && others.every((other) => JSON.stringify(other) === JSON.stringify(first))) return first;
  const message = `expected the terminations on one end of cable ${cable.pk} to be at one site`;
  objects.problems.push(problemAt(objects.file, cable.pointer, "wrong-shape", message, 1));
  return undefined;
}

function terminationEnd(
  objects: NetboxObjects,
  { model, key, object: given, pointer }: Termination,
  sites: ReadonlyMap<number, number | null>,
): LineEnd | undefined {
  const listed = model !== undefined && isKey(key) ? objects.find(model, key) : undefined;
  const nested =
    isRecord(given) && isKey(given.id) ? { model: model ?? "?", pk: given.id, fields: given, pointer } : undefined;
  const object = listed ?? nested;
  if (!object) return undefined;
  if (model === "circuits.circuittermination") return circuitEnd(objects, ofItsCircuit(objects, object));
  const { device, power_panel: panel } = object.fields;
  const owner = isRecord(device) ? device.id : device;
  if (isKey(owner)) return sites.has(owner) ? { site: sites.get(owner) ?? null } : undefined;
  const feeder = isKey(panel) ? objects.find("dcim.powerpanel", panel) : undefined;
  return { site: feeder ? siteOf(objects, feeder) : null };
}

/** A circuit's end that stands in a cable says less than the one that stands in its circuit. */
function ofItsCircuit(objects: NetboxObjects, end: NetboxObject): NetboxObject {
  const circuit = end.fields.circuit;
  const known = isRecord(circuit) && isKey(circuit.id) ? objects.find("circuits.circuit", circuit.id) : undefined;
  return (known && circuitSides(objects, known).find(({ pk }) => pk === end.pk)) ?? end;
}

/** Both sides of a circuit: nested in it, or records that it names. */
function circuitSides(objects: NetboxObjects, circuit: NetboxObject): readonly NetboxObject[] {
  const model = "circuits.circuittermination";
  return ["termination_a", "termination_z"].flatMap((field) => {
    const value = circuit.fields[field];
    if (isRecord(value) && isKey(value.id)) {
      const listed = objects.find(model, value.id);
      return [listed ?? { model, pk: value.id, fields: value, pointer: `${circuit.pointer}/${field}` }];
    }
    return reference(objects, circuit, model, field, (found) => found) ?? [];
  });
}

/** A site, the site of a location, or a provider's network (`site` until NetBox 4.1, `termination` from 4.2 on). */
function circuitEnd(objects: NetboxObjects, end: NetboxObject): LineEnd {
  const { fields } = end;
  if (fields.provider_network !== null && fields.provider_network !== undefined) return "provider";
  const site = siteOf(objects, end);
  if (site !== null) return { site };
  const type = modelOf(objects, fields.termination_type);
  if (type === "circuits.providernetwork") return "provider";
  const { termination: nested, termination_id: key } = fields;
  const target = isRecord(nested) && isKey(nested.id) ? nested.id : key;
  if (!isKey(target)) return { site: null };
  if (type === "dcim.site") return { site: target };
  const location = type === "dcim.location" ? objects.find("dcim.location", target) : undefined;
  return { site: location ? siteOf(objects, location) : null };
}

function siteOf(objects: NetboxObjects, object: NetboxObject): number | null {
  return reference(objects, object, "dcim.site", "site", ({ pk }) => pk);
}
