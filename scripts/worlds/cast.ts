import { register, type Signatory, type Signed } from "../../test/kit/world.ts";

/** Days on which the example worlds stand still. */
export const asOf = "2026-11-20";

/** The invented parties of the example worlds. */
export const suppliers = [
  { id: "DEMO-nordwerk", name: "DEMO Nordwerk AG", seat: "DE" },
  { id: "DEMO-taiga", name: "DEMO Taiga Systems Oy", seat: "FI" },
  { id: "DEMO-lotus", name: "DEMO Lotus Telecom Ltd", seat: "XL" },
  { id: "DEMO-fieldcare", name: "DEMO Fieldcare Services Ltd", seat: "XL" },
];

export const owners = [
  { owner: "free-float", owned: "DEMO-nordwerk", percent: 100 },
  { owner: "free-float", owned: "DEMO-taiga", percent: 100 },
  { owner: "DEMO Lotus Holding", owned: "DEMO-lotus", percent: 100 },
];

export const products = [
  { id: "DEMO-radio", supplier: "DEMO-lotus", name: "Radio 5" },
  { id: "DEMO-radio-manager", supplier: "DEMO-lotus", name: "Radio Manager" },
  { id: "DEMO-core", supplier: "DEMO-nordwerk", name: "Core Functions" },
  { id: "DEMO-subscribers", supplier: "DEMO-nordwerk", name: "Subscriber Registers" },
  { id: "DEMO-gateway", supplier: "DEMO-taiga", name: "User Plane Gateway" },
  { id: "DEMO-router", supplier: "DEMO-taiga", name: "Edge Router" },
  { id: "DEMO-switch", supplier: "DEMO-lotus", name: "Aggregation Switch" },
];

export const operators = [{ id: "DEMO-north", name: "DEMO Nordnetz GmbH", increased_risk: "yes" }];

export const keys: readonly Signatory[] = [
  { id: "DEMO-body", party: "DEMO certification body", role: "body" },
  { id: "DEMO-ministry", party: "DEMO ministry", role: "authority" },
  { id: "DEMO-lab", party: "DEMO test lab", role: "lab" },
  { id: "DEMO-north-security", party: "DEMO-north", role: "operator" },
  { id: "DEMO-north-approver", party: "DEMO-north", role: "approver" },
  { id: "DEMO-nordwerk-key", party: "DEMO-nordwerk", role: "maker" },
  { id: "DEMO-taiga-key", party: "DEMO-taiga", role: "maker" },
];

/** A row of the elements table, in service and on its release since one day unless `other` says otherwise. */
export function element(
  id: string,
  what: { readonly maker: string; readonly product: string; readonly release: string; readonly functions: string },
  since: string | undefined,
  other: Readonly<Record<string, string | undefined>> = {},
) {
  const { maker, product, release, functions } = what;
  const equipment = { maker, product, release, functions, status: "active" };
  return { id, operator: "DEMO-north", ...equipment, in_service_since: since, release_since: since, ...other };
}

/** A certificate of the invented body. */
export function certificate(file: string, predicate: Readonly<Record<string, unknown>>): Signed {
  const says = { kind: "certificate", predicate: { status: "issued", ...predicate } } as const;
  return { file: `evidence/${file}.json`, by: ["DEMO-body"], on: String(predicate.issued), says };
}

/** What the invented lab signed after its test of a maker's products. */
export function labTested(maker: string): Signed {
  const predicate = { maker, level: 3, basis: "product tests by the lab" };
  return {
    file: `evidence/oversight-${maker}.json`,
    by: ["DEMO-lab"],
    on: "2026-02-10",
    says: { kind: "oversight", predicate },
  };
}

/** The ministry's register of orders, complete and in time unless `fields` say otherwise. */
export function ordersRegister(
  fields: {
    readonly asOf?: string;
    readonly nextDue?: string;
    readonly edition?: number;
    readonly entries?: readonly Readonly<Record<string, unknown>>[];
  } = {},
): Signed {
  const { edition = 1, asOf: day = "2026-11-02", nextDue = "2027-01-31", entries = [] } = fields;
  const says = register({ register: "orders", edition, asOf: day, nextDue, entries: entries as never });
  return { file: `registers/orders-${edition}.json`, by: ["DEMO-ministry"], on: day, says };
}

/** What an operator declares to be complete. */
export function ownRegister(
  kind: "certificates" | "notices" | "guarantees" | "maintenance",
  entries: readonly Readonly<Record<string, unknown>>[] = [],
  operator = "DEMO-north",
): Signed {
  const says = register({
    register: kind,
    operator,
    edition: 1,
    asOf: "2026-11-10",
    nextDue: "2027-01-31",
    entries: entries as never,
  });
  return { file: `registers/${kind}-${operator}.json`, by: [`${operator}-security`], on: "2026-11-10", says };
}
