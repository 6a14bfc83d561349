import type { World } from "../../test/kit/world.ts";
import {
  asOf,
  certificate,
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
    days: { asOf, knownAt: asOf },
  },
  tables: {
    suppliers,
    owners,
    products,
    operators,
    sites: [
      { id: "hamburg-1", name: "Hamburg data centre", region: "Hamburg", latitude: 53.55, longitude: 9.99 },
      { id: "kiel-7", name: "Kiel mast 7", region: "Schleswig-Holstein", latitude: 54.32, longitude: 10.13 },
    ],
    elements: [
      element("DEMO-gnb-1", "kiel-7", "DEMO-lotus", "DEMO-radio", "V5.1", "gNB", "2023-04-03"),
      element(
        "DEMO-radio-manager-1",
        "hamburg-1",
        "DEMO-lotus",
        "DEMO-radio-manager",
        "V9",
        "RAN-management",
        "2026-02-02",
      ),
      element("DEMO-amf-1", "hamburg-1", "DEMO-nordwerk", "DEMO-core", "21.3", "AMF", "2026-03-02"),
      {
        ...element("DEMO-amf-2", "hamburg-1", "DEMO-nordwerk", "DEMO-core", "21.3.2", "AMF", "2026-03-02"),
        release_since: "2026-08-03",
      },
      element("DEMO-smf-1", "hamburg-1", "DEMO-nordwerk", "DEMO-core", "21.4", "SMF", "2026-05-04"),
      element("DEMO-upf-1", "hamburg-1", "DEMO-taiga", "DEMO-gateway", "7.0", "UPF", "2024-02-05"),
      {
        ...element("DEMO-upf-2", "hamburg-1", "DEMO-taiga", "DEMO-gateway", "7.2", "UPF", "2024-02-05"),
        release_since: "2026-04-06",
      },
      element("DEMO-udm-1", "hamburg-1", "DEMO-nordwerk", "DEMO-subscribers", "20.9", "UDM", undefined),
      element("DEMO-router-1", "kiel-7", "DEMO-taiga", "DEMO-router", "R12", "transport-router", "2026-06-01"),
      element("DEMO-switch-1", "kiel-7", "DEMO-lotus", "DEMO-switch", "3.3", "transport-switch", "2022-01-10"),
      element("DEMO-mast-power-1", "kiel-7", "DEMO-nordwerk", undefined, undefined, "server", "2023-13-01"),
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

function element(
  id: string,
  site: string,
  maker: string,
  product: string | undefined,
  release: string | undefined,
  functions: string,
  since: string | undefined,
) {
  return {
    id,
    operator: "DEMO-north",
    site,
    maker,
    product,
    release,
    functions,
    status: "active",
    in_service_since: since,
    release_since: since,
  };
}
