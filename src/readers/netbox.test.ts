import assert from "node:assert/strict";
import { test } from "node:test";
import { readNetbox, recognises } from "./netbox.ts";

const base = [
  { model: "dcim.manufacturer", pk: 1, fields: { name: "DEMO Maker", slug: "demo-maker" } },
  { model: "dcim.devicetype", pk: 2, fields: { manufacturer: 1, model: "R-1", slug: "r-1" } },
  { model: "dcim.devicerole", pk: 3, fields: { name: "Router", slug: "router" } },
  { model: "dcim.region", pk: 4, fields: { name: "Land", slug: "land", parent: null } },
  { model: "dcim.region", pk: 5, fields: { name: "Town", slug: "town", parent: 4 } },
  {
    model: "dcim.site",
    pk: 6,
    fields: { name: "Mast 1", slug: "mast-1", region: 5, latitude: "52.5", longitude: "13.4" },
  },
];
const device = (pk: number, fields: object = {}) => ({
  model: "dcim.device",
  pk,
  fields: {
    name: `r${pk}`,
    device_type: 2,
    role: 3,
    site: 6,
    status: "active",
    created: "2020-01-01T00:00:00Z",
    ...fields,
  },
});
const read = (records: readonly unknown[]) => readNetbox(records, "export.json");
const codes = (records: readonly unknown[]) => read(records).problems.map(({ code, rows }) => [code, rows]);

test("follows the references of a fixture, and the regions up to the root", () => {
  const { found, problems } = read([...base, device(9)]);
  assert.deepEqual(problems, []);
  const [element] = found!.elements;
  assert.equal(element?.type?.name, "R-1");
  assert.equal(element?.type?.manufacturer?.slug, "demo-maker");
  assert.equal(element?.role?.name, "Router");
  assert.deepEqual(
    found!.sites[0]?.regions.map(({ name }) => name),
    ["Town", "Land"],
  );
  assert.equal(found!.sites[0]?.latitude, 52.5);
});

test("reads the role of NetBox before 3.6, custom fields, bays and machines with a host", () => {
  const { found } = read([
    ...base,
    device(9, {
      role: undefined,
      device_role: 3,
      custom_field_data: { since: "2023-01-02", nothing: null, list: ["x"] },
    }),
    device(10),
    { model: "dcim.devicebay", pk: 1, fields: { device: 9, installed_device: 10 } },
    { model: "virtualization.virtualmachine", pk: 1, fields: { name: "vm", role: null, status: "active", device: 9 } },
  ]);
  assert.equal(found!.elements[0]?.role?.name, "Router");
  assert.deepEqual(found!.elements[0]?.customFields, { since: "2023-01-02" });
  assert.deepEqual(
    found!.elements.map(({ kind, host }) => [kind, host]),
    [
      ["device", null],
      ["device", 9],
      ["vm", 9],
    ],
  );
});

test("reads a list of the REST API with nested objects, and refuses one page of several", () => {
  const nested = {
    id: 9,
    name: "r9",
    device_type: { id: 2, model: "R-1", slug: "r-1", manufacturer: { id: 1, name: "DEMO Maker", slug: "demo-maker" } },
    role: { id: 3, name: "Router", slug: "router" },
    site: { id: 6, name: "Mast 1", slug: "mast-1" },
    status: { value: "planned", label: "Planned" },
    custom_fields: { since: "2023-01-02" },
  };
  const { found, problems } = readNetbox({ count: 1, next: null, results: [nested] }, "devices.json");
  assert.deepEqual(problems, []);
  assert.equal(found!.elements[0]?.type?.manufacturer?.name, "DEMO Maker");
  assert.equal(found!.elements[0]?.status, "planned");
  assert.equal(found!.sites[0]?.name, "Mast 1");
  const page = readNetbox({ count: 3, next: "https://netbox.example/?offset=1", results: [nested] }, "devices.json");
  assert.deepEqual(
    page.problems.map(({ code, rows, place }) => [code, rows, place.pointer]),
    [["record-count", 2, "/next"]],
  );
});

test("a reference into nothing leaves the field unknown, once as a problem; the element stays", () => {
  const { found, problems } = read([...base.slice(1), device(9), device(10)]);
  assert.equal(found!.elements.length, 2);
  assert.equal(found!.elements[0]?.type?.manufacturer, null);
  assert.deepEqual(
    problems.map(({ code, place, rows }) => [code, place.pointer, rows]),
    [["dangling-reference", "/0/fields/manufacturer", 0]],
  );
  assert.deepEqual(codes([...base, device(9, { device_type: 77 })]), [["dangling-reference", 0]]);
  assert.deepEqual(codes([...base, device(9, { device_type: ["r-1"] })]), [["wrong-type", 0]]);
});

test("of two records with one key none is used", () => {
  const { found, problems } = read([...base, device(9), device(9, { name: "other" }), device(10)]);
  assert.deepEqual(
    found!.elements.map(({ pk }) => pk),
    [10],
  );
  assert.deepEqual(
    problems.map(({ code, rows, place }) => [code, rows, place.pointer]),
    [["duplicate-id", 2, "/7/fields"]],
  );
  const maker = read([...base, base[0], device(9)]);
  assert.equal(maker.found!.elements[0]?.type?.manufacturer, null);
  assert.deepEqual(
    maker.problems.map(({ code, rows }) => [code, rows]),
    [
      ["duplicate-id", 0],
      ["dangling-reference", 0],
    ],
  );
});

test("records without key or fields, and other shapes, are problems and never thrown", () => {
  assert.deepEqual(codes([...base, { model: "dcim.device", fields: {} }]), [["wrong-shape", 1]]);
  assert.deepEqual(codes([...base, { model: "dcim.device", pk: 9 }]), [["wrong-shape", 1]]);
  assert.deepEqual(codes([{ model: "dcim.device", pk: "9", fields: {} }, 7, null]), [
    ["wrong-shape", 1],
    ["wrong-shape", 1],
    ["wrong-shape", 1],
  ]);
  assert.deepEqual(codes([{ model: "contenttypes.contenttype", fields: {} }]), []);
  for (const value of [undefined, null, 7, "x", {}, { results: 1 }]) {
    assert.deepEqual(
      readNetbox(value, "x.json").problems.map(({ code }) => code),
      ["wrong-shape"],
    );
    assert.equal(recognises(value), false);
  }
  assert.equal(recognises(base), true);
});

test("a region within itself, degrees beyond the poles and texts that are none do no harm", () => {
  const loop = [
    { model: "dcim.region", pk: 4, fields: { name: "Land", slug: "land", parent: 5 } },
    { model: "dcim.region", pk: 5, fields: { name: "Town", slug: "town", parent: 4 } },
    { model: "dcim.site", pk: 6, fields: { name: "Mast", slug: "mast", region: 5, latitude: 91, longitude: "east" } },
    { model: "dcim.device", pk: 1, fields: { name: "a\u0000b", status: "active" } },
    { model: "dcim.device", pk: 2, fields: { name: "x".repeat(500), status: "active" } },
  ];
  const { found, problems } = read(loop);
  assert.equal(found!.elements.length, 2);
  assert.equal(found!.sites[0]?.regions.length, 2);
  assert.deepEqual([found!.sites[0]?.latitude, found!.sites[0]?.longitude], [null, null]);
  assert.deepEqual(problems.map(({ code }) => code).sort(), [
    "cycle",
    "wrong-type",
    "wrong-type",
    "wrong-type",
    "wrong-type",
  ]);
});
