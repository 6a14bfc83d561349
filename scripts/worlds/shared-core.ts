import type { Signed, World } from "../../test/kit/world.ts";
import { asOf, certificate, element, keys, labTested, ordersRegister, ownRegister } from "./cast.ts";

const nesas = { scheme: "NESAS-CCS-GI", lab: "DEMO test lab", until: "2028-01-14" };

const certificates = [
  certificate("certificate-core", {
    ...{ ...nesas, certificateId: "DEMO-NESAS-0001", holder: "DEMO-borealis", product: "DEMO-core", release: "21.3" },
    ...{ documents: ["TS 33.512", "TS 33.515", "TS 33.518"], issued: "2026-01-15" },
  }),
  certificate("certificate-subscribers", {
    ...{ ...nesas, certificateId: "DEMO-NESAS-0002", holder: "DEMO-fjord", product: "DEMO-subscribers" },
    ...{ release: "20.9", documents: ["TS 33.514", "TS 33.516"], issued: "2026-02-02" },
  }),
  certificate("certificate-gateway", {
    ...{ ...nesas, certificateId: "DEMO-NESAS-0003", holder: "DEMO-taiga", product: "DEMO-gateway", release: "7.2" },
    ...{ documents: ["TS 33.513"], issued: "2026-01-15" },
  }),
  certificate("certificate-edge", {
    ...{ ...nesas, certificateId: "DEMO-NESAS-0004", holder: "DEMO-fjord", product: "DEMO-edge", release: "4.0" },
    ...{ documents: ["TS 33.517"], issued: "2026-02-02" },
  }),
];

const orders = [
  {
    orderId: "DEMO-order-1",
    ...{ law: "BSIG 41(1)", status: "in-force", operators: ["DEMO-south"], makers: ["DEMO-taiga"] },
    ...{ products: ["DEMO-gateway"], issued: "2026-08-03", effective: "2026-09-01" },
  },
  {
    orderId: "DEMO-order-2",
    ...{ law: "BSIG 41(1)", status: "in-force", operators: "all", makers: ["DEMO-fjord"] },
    ...{ products: ["DEMO-edge"], issued: "2026-05-04", effective: "2026-06-01" },
  },
];

const alias: Signed = {
  file: "evidence/alias-borealis.json",
  by: ["DEMO-north-approver", "DEMO-south-security"],
  on: "2026-02-16",
  says: {
    kind: "alias",
    predicate: {
      ...{ text: "Borealis Networks", aliasOf: "supplier", id: "DEMO-borealis" },
      reason: "the name on the delivery notes",
    },
  },
};

const core = { maker: "DEMO-borealis", product: "DEMO-core", release: "21.3" };
const subscribers = { maker: "DEMO-fjord", product: "DEMO-subscribers", release: "20.9" };
const gateway = { maker: "DEMO-taiga", product: "DEMO-gateway", release: "7.2", functions: "UPF" };
const edge = { maker: "DEMO-taiga", product: "DEMO-edge", release: "4.0", functions: "SEPP" };
const shared = { operator: undefined };
const south = { operator: "DEMO-south" };

/** A core two operators share, whose makers were renamed and merged: each sharer answers for itself, names follow. */
export const sharedCore: World = {
  config: {
    name: "shared-core",
    title: "DEMO Nordnetz and DEMO Suednetz: a core shared by two",
    country: "DE",
    demo: true,
    binding: [{ pack: "de-2026" }],
    roles: { "de-2024-contract-maker": [] },
    days: { asOf, knownAt: asOf },
  },
  tables: {
    suppliers: [
      { id: "DEMO-borealis", name: "DEMO Borealis Networks AB", seat: "SE" },
      { id: "DEMO-nordwerk", name: "DEMO Nordwerk AG", seat: "DE" },
      { id: "DEMO-fjord", name: "DEMO Fjord Data AS", seat: "NO" },
      { id: "DEMO-taiga", name: "DEMO Taiga Systems Oy", seat: "FI" },
    ],
    owners: [
      { owner: "free-float", owned: "DEMO-nordwerk", percent: 100 },
      { owner: "free-float", owned: "DEMO-taiga", percent: 100 },
    ],
    succession: [
      { predecessor: "DEMO-borealis", successor: "DEMO-nordwerk", day: "2026-04-01" },
      { predecessor: "DEMO-fjord", successor: "DEMO-taiga", day: "2026-07-01" },
    ],
    products: [
      { id: "DEMO-core", supplier: "DEMO-nordwerk", name: "Core Functions" },
      { id: "DEMO-subscribers", supplier: "DEMO-taiga", name: "Subscriber Registers" },
      { id: "DEMO-gateway", supplier: "DEMO-taiga", name: "User Plane Gateway" },
      { id: "DEMO-edge", supplier: "DEMO-taiga", name: "Edge Proxy" },
    ],
    operators: [
      { id: "DEMO-north", name: "DEMO Nordnetz GmbH", increased_risk: "yes" },
      { id: "DEMO-south", name: "DEMO Suednetz AG", increased_risk: "yes" },
    ],
    elements: [
      element("DEMO-amf-1", { ...core, functions: "AMF" }, "2026-03-02", shared),
      element("DEMO-amf-2", { ...core, maker: "Borealis Networks", functions: "AMF" }, "2026-03-02", shared),
      element("DEMO-smf-1", { ...core, maker: "Borealis Netw.", functions: "SMF" }, "2026-03-02", shared),
      element("DEMO-nrf-1", { ...core, maker: "DEMO-nordwerk", functions: "NRF" }, "2026-05-04", shared),
      element("DEMO-udm-1", { ...subscribers, functions: "UDM" }, "2026-04-13", shared),
      element("DEMO-ausf-1", { ...subscribers, maker: "DEMO-taiga", functions: "AUSF" }, "2026-08-03", shared),
      element("DEMO-upf-1", gateway, "2026-03-09", shared),
      element("DEMO-upf-2", gateway, "2026-03-09"),
      element("DEMO-upf-3", gateway, "2026-03-09", south),
      element("DEMO-sepp-1", edge, "2026-03-09", south),
    ],
    uses: ["DEMO-amf-1", "DEMO-amf-2", "DEMO-smf-1", "DEMO-nrf-1", "DEMO-udm-1", "DEMO-ausf-1", "DEMO-upf-1"].flatMap(
      (name) => [
        { operator: "DEMO-north", element: name, kind: "shared", share: 60 },
        { operator: "DEMO-south", element: name, kind: "shared", share: 40 },
      ],
    ),
  },
  keys: [...keys, { id: "DEMO-south-security", party: "DEMO-south", role: "operator" }],
  signed: [
    ...certificates,
    ...["DEMO-nordwerk", "DEMO-taiga"].map(labTested),
    alias,
    ordersRegister({ entries: orders }),
    ...["DEMO-north", "DEMO-south"].flatMap((operator) => [
      ownRegister("certificates", [], operator),
      ownRegister("maintenance", [], operator),
    ]),
  ],
};
