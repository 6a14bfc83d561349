import assert from "node:assert/strict";
import { test } from "node:test";
import { readNetbox } from "./netbox.ts";

const record = (model: string, pk: number, fields: object) => ({ model, pk, fields });
const sites = [1, 2].map((pk) => record("dcim.site", pk, { name: `Mast ${pk}`, slug: `mast-${pk}` }));
const devices = [
  record("dcim.device", 1, { name: "a", site: 1 }),
  record("dcim.device", 2, { name: "b", site: 2 }),
  record("dcim.device", 3, { name: "c", site: null }),
];
const ports = [1, 2, 3].map((pk) => record("dcim.interface", pk, { device: pk, name: "1/1" }));
const cable = (pk: number, fields: object = {}) =>
  record("dcim.cable", pk, { label: "", status: "connected", ...fields });
let next = 0;
const end = (cable: number, side: string, id: number, type: unknown = ["dcim", "interface"]) =>
  record("dcim.cabletermination", ++next, { cable, cable_end: side, termination_type: type, termination_id: id });
const base = [...sites, ...devices, ...ports];
const read = (records: readonly unknown[]) => readNetbox(records, "export.json");
const endsOf = (records: readonly unknown[]) => read(records).found?.lines.map(({ ends }) => ends);
const faults = (records: readonly unknown[]) =>
  read(records).problems.map(({ code, rows, place }) => [code, rows, place.pointer]);

test("cables of a dump: terminations are records (3.3 on) or fields (before); types by natural key or by key", () => {
  const between = [[{ site: 1 }, { site: 2 }]];
  assert.deepEqual(endsOf([...base, cable(1), end(1, "A", 1), end(1, "B", 2)]), between);
  const type = record("contenttypes.contenttype", 40, { app_label: "dcim", model: "interface" });
  assert.deepEqual(endsOf([...base, type, cable(1), end(1, "A", 1, 40), end(1, "B", 2, 40)]), between);
  const old = {
    termination_a_type: ["dcim", "interface"],
    termination_a_id: 1,
    termination_b_type: 40,
    termination_b_id: 2,
  };
  assert.deepEqual(endsOf([...base, type, cable(1, old)]), between);
  assert.deepEqual(endsOf([...base, cable(1), end(1, "A", 1), end(1, "B", 3)]), [[{ site: 1 }, { site: null }]]);
  assert.deepEqual(endsOf([...base, cable(1), end(1, "A", 1)]), [[{ site: 1 }, "nothing"]]);
});

test("cables and circuits of the REST API name their devices and sites", () => {
  const device = (id: number) => ({
    id,
    name: `d${id}`,
    device_type: { id: 1, model: "R" },
    site: { id, name: `Mast ${id}`, slug: `m-${id}` },
  });
  const port = (id: number) => ({
    object_type: "dcim.interface",
    object_id: 70 + id,
    object: { id: 70 + id, device: { id, name: `d${id}` } },
  });
  const wire = {
    id: 5,
    label: "F 1",
    status: { value: "connected", label: "Connected" },
    a_terminations: [port(1)],
    b_terminations: [port(2)],
  };
  const side = (id: number, site: number) => ({ id, site: { id: site, name: `Mast ${site}`, slug: `m-${site}` } });
  const circuit = {
    id: 6,
    cid: "LW-1",
    provider: { id: 1, name: "DEMO Werk", slug: "werk" },
    status: { value: "active" },
    termination_a: side(1, 1),
    termination_z: side(2, 9),
  };
  const newer = {
    id: 7,
    cid: "LW-2",
    termination_a: { id: 3, termination_type: "dcim.site", termination: { id: 1 } },
    termination_z: { id: 4, termination_type: "circuits.providernetwork", termination: { id: 1 } },
  };
  const patch = {
    id: 8,
    a_terminations: [port(1)],
    b_terminations: [
      {
        object_type: "circuits.circuittermination",
        object_id: 2,
        object: { id: 2, circuit: { id: 6, cid: "LW-1" }, term_side: "Z" },
      },
    ],
  };
  const { found, problems } = read([device(1), device(2), wire, circuit, newer, patch]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    found?.lines.map(({ kind, pk, label, status, provider, ends }) => [
      kind,
      pk,
      label,
      status,
      provider?.name,
      ...ends,
    ]),
    [
      ["cable", 5, "F 1", "connected", undefined, { site: 1 }, { site: 2 }],
      ["cable", 8, null, null, undefined, { site: 1 }, { site: 9 }],
      ["circuit", 6, "LW-1", "active", "DEMO Werk", { site: 1 }, { site: 9 }],
      ["circuit", 7, "LW-2", null, undefined, { site: 1 }, "provider"],
    ],
  );
  assert.deepEqual(
    found?.sites.map(({ pk }) => pk),
    [1, 2, 9],
  );
});

test("circuits of a dump end at sites, at a location's site, in a provider's network, or nowhere", () => {
  const circuit = (pk: number, a: number | null, z: number | null) =>
    record("circuits.circuit", pk, { cid: `C${pk}`, status: "active", termination_a: a, termination_z: z });
  const side = (pk: number, fields: object) => record("circuits.circuittermination", pk, fields);
  const records = [
    ...base,
    record("dcim.location", 4, { name: "Room", slug: "room", site: 2 }),
    side(1, { site: 1 }),
    side(2, { site: 2 }),
    side(3, { site: null, provider_network: 1 }),
    side(4, { termination_type: ["dcim", "site"], termination_id: 2 }),
    side(5, { termination_type: ["dcim", "location"], termination_id: 4 }),
    side(6, { termination_type: ["dcim", "region"], termination_id: 4 }),
    ...[circuit(1, 1, 2), circuit(2, 1, 3), circuit(3, 1, 4), circuit(4, 1, 5), circuit(5, 1, 6), circuit(6, null, 1)],
  ];
  assert.deepEqual(endsOf(records), [
    [{ site: 1 }, { site: 2 }],
    [{ site: 1 }, "provider"],
    [{ site: 1 }, { site: 2 }],
    [{ site: 1 }, { site: 2 }],
    [{ site: 1 }, { site: null }],
    [{ site: 1 }, "nothing"],
  ]);
  assert.deepEqual(
    endsOf([...records, cable(9), end(9, "A", 2, ["circuits", "circuittermination"]), end(9, "B", 1)])?.[0],
    [{ site: 2 }, { site: 1 }],
  );
});

test("power and consoles carry no traffic", () => {
  const power = [
    record("dcim.powerport", 1, { device: 1, name: "p" }),
    record("dcim.poweroutlet", 1, { device: 2, name: "o" }),
  ];
  const { found } = read([
    ...base,
    ...power,
    cable(1),
    end(1, "A", 1, ["dcim", "powerport"]),
    end(1, "B", 1, ["dcim", "poweroutlet"]),
  ]);
  assert.equal(found?.lines[0]?.noTraffic, true);
  assert.equal(read([...base, cable(1), end(1, "A", 1), end(1, "B", 2)]).found?.lines[0]?.noTraffic, false);
});

test("a cable of which nobody can tell what it connects is a problem with its pointer, and the others stay", () => {
  const good = [cable(1), end(1, "A", 1), end(1, "B", 2)];
  assert.deepEqual(faults([...base, ...good, cable(2), end(2, "A", 77), end(2, "B", 2)]), [
    ["dangling-reference", 1, "/12/fields/termination_id"],
  ]);
  assert.deepEqual(faults([...base, ...good, cable(2), end(2, "A", 1), end(2, "A", 2), end(2, "B", 2)]), [
    ["wrong-shape", 1, "/11/fields"],
  ]);
  assert.deepEqual(faults([...base, ...good, cable(2), cable(2)]), [["duplicate-id", 2, "/12/fields"]]);
  assert.deepEqual(faults([...base, ...good, { model: "dcim.cable", fields: {} }]), [["wrong-shape", 1, "/11"]]);
  assert.equal(endsOf([...base, ...good, cable(2), end(2, "A", 77)])?.length, 1);
});
