import { addDays, addMonths } from "../src/model/day.ts";
import type { OrderClaim } from "../src/model/statement.ts";
import { register, type Signed, type World, writeWorld } from "../test/kit/world.ts";
import { type EvidenceHook, functionOf, makerOf, releaseOf } from "./generate.ts";

const products = 100;
const releases = 4;
const operators = 4;
const asOf = "2026-11-23";
const schemes: Readonly<Record<string, string>> = {
  AMF: "NESAS-CCS-GI",
  SMF: "NESAS-CCS-GI",
  UPF: "NESAS-CCS-GI",
  UDM: "NESAS-CCS-GI",
  "transport-router": "BSZ",
};
const documents: Readonly<Record<string, string>> = {
  AMF: "TS 33.512",
  SMF: "TS 33.515",
  UPF: "TS 33.513",
  UDM: "TS 33.514",
};

/** A folder of signed evidence for a generated inventory: certificates of about half the releases, with terms all over two years, and registers. */
export const evidence: EvidenceHook = async (folder) => {
  const pairs = Array.from(
    { length: products * releases },
    (_, at) => [Math.floor(at / releases), at % releases] as const,
  );
  const world: World = {
    config: {
      name: "DEMO-bench",
      title: "Invented inventory for measuring",
      country: "DE",
      demo: true,
      binding: [{ pack: "de-2026" }],
      roles: { "de-2024-contract-maker": [{ supplier: "DEMO-maker-3", source: "invented" }] },
      days: { asOf, knownAt: asOf },
    },
    tables: {
      owners: Array.from({ length: 40 }, (_, at) => ({ owner: "free-float", owned: `DEMO-maker-${at}`, percent: 100 })),
    },
    keys: [
      { id: "DEMO-body", party: "DEMO certification body", role: "body" },
      { id: "DEMO-ministry", party: "DEMO ministry", role: "authority" },
      ...Array.from({ length: operators }, (_, at) => ({
        id: `DEMO-key-${at}`,
        party: `DEMO-operator-${at}`,
        role: "operator" as const,
      })),
    ],
    signed: [
      ...pairs.flatMap(([product, release]) => certificate(product, release)),
      orders(),
      ...Array.from({ length: operators }, (_, at) => own(at)).flat(),
    ],
  };
  writeWorld(folder, world);
};

function certificate(product: number, release: number): readonly Signed[] {
  const name = functionOf(product);
  const scheme = schemes[name];
  if (scheme === undefined || (product + release) % 2 === 0) return [];
  const issued = addDays("2024-10-01", (product * 37 + release * 101) % 760);
  const predicate = {
    ...{
      certificateId: `DEMO-${product}-${release}`,
      scheme,
      status: "issued",
      holder: makerOf(product),
      product: `DEMO-product-${product}`,
    },
    ...{ release: releaseOf(product, release), issued, until: addDays(addMonths(issued, 24), -1) },
    ...(documents[name] !== undefined && { documents: [documents[name]] }),
  };
  return [
    {
      file: `evidence/certificate-${product}-${release}.json`,
      by: ["DEMO-body"],
      on: issued,
      says: { kind: "certificate", predicate },
    },
  ];
}

const days = { edition: 1, asOf: "2026-11-02", nextDue: "2027-01-31" } as const;

function orders(): Signed {
  const order: OrderClaim = {
    ...{ orderId: "DEMO-order-1", law: "BSIG 41(1)", status: "in-force", operators: "all", makers: ["DEMO-maker-7"] },
    ...{ functions: ["transport-router"], issued: "2026-09-01", effective: "2026-10-01" },
  } as const;
  return {
    file: "registers/orders.json",
    by: ["DEMO-ministry"],
    on: days.asOf,
    says: register({ register: "orders", ...days, entries: [order] }),
  };
}

/** What an operator declares: three of four hold no certificates beyond those on file, every second knows its notices. */
function own(at: number): readonly Signed[] {
  const operator = `DEMO-operator-${at}`;
  const signed = (kind: "certificates" | "notices" | "guarantees" | "maintenance"): Signed => ({
    ...{ file: `registers/${kind}-${at}.json`, by: [`DEMO-key-${at}`], on: days.asOf },
    says: register({ register: kind, operator, ...days, entries: [] }),
  });
  return [
    ...(at < 3 ? [signed("certificates")] : []),
    ...(at % 2 === 0 ? [signed("notices"), signed("guarantees")] : []),
    signed("maintenance"),
  ];
}
