import type { World } from "../../test/kit/world.ts";
import {
  asOf,
  certificate,
  element,
  keys,
  labTested,
  operators,
  ordersRegister,
  owners,
  ownRegister,
  products,
  suppliers,
} from "./cast.ts";

const order = {
  orderId: "DEMO-order-1",
  law: "BSIG 41(1)",
  status: "in-force",
  operators: ["DEMO-north"],
  makers: ["DEMO-lotus"],
  products: ["DEMO-switch"],
  issued: "2026-05-04",
  effective: "2026-06-01",
};

const core = { maker: "DEMO-nordwerk", product: "DEMO-core", release: "21.3" };
const gateway = { maker: "DEMO-taiga", product: "DEMO-gateway", release: "7.2", functions: "UPF" };
const router = { maker: "DEMO-taiga", product: "DEMO-router", release: "R12", functions: "transport-router" };
const nesas = { scheme: "NESAS-CCS-GI", lab: "DEMO test lab", issued: "2026-01-15", until: "2028-01-14" };
const bsz = { scheme: "BSZ", issued: "2026-01-20", until: "2028-01-19" };
const held = ["DEMO-NESAS-0001", "DEMO-NESAS-0002", "DEMO-NESAS-0003", "DEMO-BSZ-0001", "DEMO-BSZ-0002"] as const;

/** Everything is certified and in order, but the register of orders is past its day: unknown is not green. */
export const staleRegister: World = {
  config: {
    name: "stale-register",
    title: "DEMO Nordnetz: one register past its day",
    country: "DE",
    demo: true,
    binding: [{ pack: "de-2026" }],
    roles: { "de-2024-contract-maker": [] },
    days: { asOf, knownAt: asOf },
  },
  tables: {
    suppliers,
    owners,
    products,
    operators,
    elements: [
      element("DEMO-amf-1", { ...core, functions: "AMF" }, "2026-03-02"),
      element("DEMO-amf-2", { ...core, functions: "AMF" }, "2026-03-02"),
      element("DEMO-smf-1", { ...core, functions: "SMF" }, "2026-03-02"),
      element("DEMO-udm-1", { ...core, product: "DEMO-subscribers", release: "20.9", functions: "UDM" }, "2026-04-13"),
      element("DEMO-upf-1", gateway, "2026-03-09"),
      element("DEMO-upf-2", gateway, "2026-05-04"),
      element("DEMO-router-1", router, "2026-06-01"),
      element("DEMO-router-2", router, "2026-06-01"),
      element(
        "DEMO-switch-1",
        { maker: "DEMO-lotus", product: "DEMO-switch", release: "3.3", functions: "transport-switch" },
        "2026-02-09",
      ),
      element(
        "DEMO-gnb-1",
        { maker: "DEMO-lotus", product: "DEMO-radio", release: "V5.1", functions: "gNB" },
        "2023-04-03",
      ),
    ],
  },
  keys,
  signed: [
    certificate("certificate-core", {
      ...{ ...nesas, certificateId: held[0], holder: "DEMO-nordwerk", product: "DEMO-core", release: "21.3" },
      documents: ["TS 33.512", "TS 33.515"],
    }),
    certificate("certificate-gateway", {
      ...{ ...nesas, certificateId: held[1], holder: "DEMO-taiga", product: "DEMO-gateway", release: "7.2" },
      documents: ["TS 33.513"],
    }),
    certificate("certificate-subscribers", {
      ...{ ...nesas, certificateId: held[2], holder: "DEMO-nordwerk", product: "DEMO-subscribers", release: "20.9" },
      documents: ["TS 33.514"],
    }),
    certificate("certificate-router", {
      ...{ ...bsz, certificateId: held[3], holder: "DEMO-taiga", product: "DEMO-router", release: "R12" },
    }),
    certificate("certificate-switch", {
      ...{ ...bsz, certificateId: held[4], holder: "DEMO-lotus", product: "DEMO-switch", release: "3.3" },
    }),
    ...["DEMO-nordwerk", "DEMO-taiga", "DEMO-lotus"].map(labTested),
    ownRegister("maintenance"),
    ordersRegister({ asOf: "2026-07-01", nextDue: "2026-09-30", entries: [order] }),
    { ...ordersRegister({ edition: 2, asOf: "2026-11-16", entries: [order] }), file: "renewed/orders-2.json" },
  ],
};
