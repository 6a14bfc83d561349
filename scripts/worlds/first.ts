import type { World } from "../../test/kit/world.ts";
import {
  asOf,
  certificate,
  element,
  keys,
  operators,
  ordersRegister,
  owners,
  ownRegister,
  products,
  suppliers,
} from "./cast.ts";

const notice = {
  declarationId: "DEMO-notice-1",
  declaration: "notice",
  operator: "DEMO-north",
  product: "DEMO-gateway",
  functions: ["UPF"],
  given: "2023-11-06",
};
const guarantee = {
  declarationId: "DEMO-guarantee-1",
  declaration: "guarantee",
  maker: "DEMO-taiga",
  product: "DEMO-gateway",
  given: "2023-10-20",
};
const order = {
  orderId: "DEMO-order-1",
  law: "BSIG 41(1)",
  status: "in-force",
  operators: ["DEMO-north"],
  makers: ["DEMO-lotus"],
  products: ["DEMO-switch"],
  issued: "2026-09-01",
  effective: "2026-10-01",
};

const core = { maker: "DEMO-nordwerk", product: "DEMO-core" };
const gateway = { maker: "DEMO-taiga", product: "DEMO-gateway", functions: "UPF" };
const lotus = { maker: "DEMO-lotus" };
const hamburg = { site: "hamburg-1" };
const kiel = { site: "kiel-7" };
const towardsCore = { from: "kiel-7", to: "hamburg-1", kind: "uplink" };

/** Every outcome and basis that people meet first, one element each. */
export const first: World = {
  config: {
    name: "first",
    title: "DEMO Nordnetz: a first look",
    country: "DE",
    demo: true,
    binding: [{ pack: "de-2026" }],
    compare: [{ pack: "de-2019" }],
    roles: { "de-2024-contract-maker": [{ supplier: "DEMO-lotus", source: "invented for this example" }] },
    operatorRoles: {
      "de-2024-contract-operator": [{ operator: "DEMO-north", source: "invented for this example" }],
    },
    days: { asOf, knownAt: asOf },
  },
  tables: {
    suppliers,
    owners,
    products,
    operators: operators.map((operator) => ({ ...operator, customers: 400_000 })),
    sites: [
      { id: "hamburg-1", name: "Hamburg data centre", region: "Hamburg", latitude: 53.55, longitude: 9.99 },
      { id: "kiel-7", name: "Kiel mast 7", region: "Schleswig-Holstein", latitude: 54.32, longitude: 10.13 },
    ],
    regions: [
      { name: "Hamburg", people: 1_892_122, year: 2022, source: "Destatis, 31 December 2022" },
      { name: "Schleswig-Holstein", people: 2_953_270, year: 2022, source: "Destatis, 31 December 2022" },
    ],
    // Two lines side by side, one of them leased; what both carry turns in the data centre.
    links: [
      { id: "fibre", ...towardsCore, capacity: 10_000, protection: "ipsec" },
      { id: "leased", ...towardsCore, capacity: 1_000, maker: "DEMO-nordwerk" },
    ],
    pools: [
      { id: "amf", operator: "DEMO-north", function: "AMF", needed: 1 },
      { id: "smf", operator: "DEMO-north", function: "SMF", needed: 1 },
      { id: "upf", operator: "DEMO-north", function: "UPF", members: "DEMO-upf-1;DEMO-upf-2", needed: 1 },
      { id: "udm", operator: "DEMO-north", function: "UDM", needed: 1 },
    ],
    demands: [
      { from: "kiel-7", to: "hamburg-1", value: 400 },
      { from: "hamburg-1", to: "kiel-7", value: 1_200 },
    ],
    elements: [
      element("DEMO-gnb-1", { ...lotus, product: "DEMO-radio", release: "V5.1", functions: "gNB" }, "2023-04-03", kiel),
      element(
        "DEMO-radio-manager-1",
        { ...lotus, product: "DEMO-radio-manager", release: "V9", functions: "RAN-management" },
        "2026-02-02",
        hamburg,
      ),
      element("DEMO-amf-1", { ...core, release: "21.3", functions: "AMF" }, "2026-03-02", hamburg),
      element("DEMO-amf-2", { ...core, release: "21.3.2", functions: "AMF" }, "2026-03-02", {
        ...hamburg,
        release_since: "2026-08-03",
      }),
      element("DEMO-smf-1", { ...core, release: "21.4", functions: "SMF" }, "2026-05-04", hamburg),
      element("DEMO-upf-1", { ...gateway, release: "7.0" }, "2024-02-05", hamburg),
      element("DEMO-upf-2", { ...gateway, release: "7.2" }, "2024-02-05", { ...hamburg, release_since: "2026-04-06" }),
      element(
        "DEMO-udm-1",
        { ...core, product: "DEMO-subscribers", release: "20.9", functions: "UDM" },
        undefined,
        hamburg,
      ),
      element(
        "DEMO-router-1",
        { maker: "DEMO-taiga", product: "DEMO-router", release: "R12", functions: "transport-router" },
        "2026-06-01",
        kiel,
      ),
      element(
        "DEMO-switch-1",
        { ...lotus, product: "DEMO-switch", release: "3.3", functions: "transport-switch" },
        "2022-01-10",
        kiel,
      ),
      // A day that does not exist: the row is set aside, and counts as undecided.
      element("DEMO-mast-power-1", { ...core, product: "", release: "", functions: "server" }, "2023-13-01", kiel),
    ],
    relations: [
      { from: "DEMO-amf-1", kind: "maintained-by", to: "DEMO-nordwerk", place: "DE", access: "mediated" },
      { from: "DEMO-radio-manager-1", kind: "maintained-by", to: "DEMO-fieldcare", place: "XL", access: "unmediated" },
    ],
  },
  keys,
  signed: [
    certificate("certificate-amf", {
      ...{
        certificateId: "DEMO-NESAS-0001",
        scheme: "NESAS-CCS-GI",
        holder: "DEMO-nordwerk",
        product: "DEMO-core",
        release: "21.3",
      },
      ...{ documents: ["TS 33.512"], lab: "DEMO test lab", issued: "2026-01-15", until: "2028-01-14" },
    }),
    certificate("certificate-upf", {
      ...{
        certificateId: "DEMO-NESAS-0002",
        scheme: "NESAS-CCS-GI",
        holder: "DEMO-taiga",
        product: "DEMO-gateway",
        release: "7.2",
      },
      ...{ documents: ["TS 33.513"], lab: "DEMO test lab", issued: "2024-11-19", until: "2026-11-18" },
    }),
    certificate("certificate-router", {
      ...{
        certificateId: "DEMO-BSZ-0001",
        scheme: "BSZ",
        holder: "DEMO-taiga",
        product: "DEMO-router",
        release: "R12",
      },
      ...{ issued: "2026-05-04", until: "2028-05-03" },
    }),
    ordersRegister({ entries: [order] }),
    ownRegister("certificates"),
    ownRegister("notices", [notice]),
    {
      file: "evidence/guarantee-upf.json",
      by: ["DEMO-taiga-key"],
      on: "2023-10-20",
      says: { kind: "declaration", predicate: guarantee },
    },
    {
      file: "evidence/oversight-core.json",
      by: ["DEMO-lab"],
      on: "2026-02-10",
      says: {
        kind: "oversight",
        predicate: {
          maker: "DEMO-nordwerk",
          product: "DEMO-core",
          level: 3,
          basis: "product test against the SCAS documents",
        },
      },
    },
  ],
  files: {
    "order.csv": `line,operator,maker,product,release,functions,quantity,maintained_by,place,access
certified-amf,DEMO-north,DEMO-nordwerk,DEMO-core,21.3,AMF,2,DEMO-nordwerk,DE,mediated
newer-amf,DEMO-north,DEMO-nordwerk,DEMO-core,21.3.2,AMF,1,DEMO-nordwerk,DE,mediated
uncertified-smf,DEMO-north,DEMO-nordwerk,DEMO-core,21.4,SMF,1,,,
barred-switch,DEMO-north,DEMO-lotus,DEMO-switch,3.4,transport-switch,6,DEMO-fieldcare,XL,unmediated
radios,DEMO-north,DEMO-lotus,DEMO-radio,V5.2,gNB,120,,,
`,
  },
};
