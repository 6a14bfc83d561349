/** The invented cast of generated worlds: who makes, sells, operates and signs what. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Signatory } from "./world.ts";

/** The day on which generated worlds are asked, and up to which their statements are known. */
export const today = "2026-11-20";

/** The operators that stand in the table; elements may name another. */
export const operatorIds = ["DEMO-north", "DEMO-south"] as const;
export const releases = ["1.0", "1.1", "2.0"] as const;

/** A kind of equipment: its product, who sells it, what it does, and what certifies it. */
export interface Kind {
  readonly product: string;
  readonly maker: string;
  readonly functions: string;
  readonly scheme: string;
  readonly documents?: readonly string[];
}

export const nesas = "NESAS-CCS-GI";
export const kinds: readonly Kind[] = [
  { product: "DEMO-core", maker: "DEMO-nord", functions: "AMF", scheme: nesas, documents: ["TS 33.512"] },
  { product: "DEMO-gateway", maker: "DEMO-taiga", functions: "UPF", scheme: nesas, documents: ["TS 33.513"] },
  { product: "DEMO-router", maker: "DEMO-taiga", functions: "transport-router", scheme: "BSZ" },
  { product: "DEMO-manager", maker: "DEMO-subsidiary", functions: "RAN-management", scheme: nesas },
  { product: "DEMO-radio", maker: "DEMO-lotus", functions: "gNB", scheme: nesas },
];
/** Kinds that something can certify come up more often: elsewhere little can be learned from evidence. */
export const anyKind = fc.constantFrom(...kinds, kinds[0]!, kinds[1]!, kinds[2]!);

export const keys: readonly Signatory[] = [
  { id: "DEMO-body", party: "DEMO body", role: "body" },
  { id: "DEMO-body-2", party: "DEMO other body", role: "body" },
  { id: "DEMO-lab", party: "DEMO lab", role: "lab" },
  { id: "DEMO-lab-2", party: "DEMO other lab", role: "lab" },
  { id: "DEMO-ministry", party: "DEMO ministry", role: "authority" },
  { id: "DEMO-approver-1", party: "DEMO-north", role: "approver" },
  { id: "DEMO-approver-2", party: "DEMO-north", role: "approver" },
  ...operatorIds.map((operator): Signatory => ({ id: `${operator}-key`, party: operator, role: "operator" })),
  ...[...new Set(kinds.map(({ maker }) => maker))].map(
    (maker): Signatory => ({ id: `${maker}-key`, party: maker, role: "maker" }),
  ),
];
export const copyists = ["DEMO-approver-1", "DEMO-approver-2"];

/** The first value nine times in ten: what is odd about a world should mostly be odd alone. */
export const often = <T>(value: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 9 * others.length, arbitrary: fc.constant(value) }, ...others.map((other) => fc.constant(other)));

/** The digest that statements about a release have as their subject. */
export function manifestOf(name: string): string {
  return createHash("sha256").update(`manifest of ${name}`).digest("hex");
}
