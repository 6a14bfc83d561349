import { type Component, type Parts, partsOf, type Stock } from "../assess/similarity.ts";
import { makerOfPart } from "../facts/contract-parts.ts";
import { speaksFor, vouchedDocuments } from "../facts/documents.ts";
import { forOperator } from "../facts/setting.ts";
import { identify } from "../facts/subject.ts";
import type { Bill, Part } from "../model/document.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import { type Resolver, resolverOf } from "./network-parties.ts";
import type { Workspace } from "./workspace.ts";

/**
 * What the equipment of each maker is made of, by the bills that count: vouched for by one who may speak of the release, surely
 * about it, and complete, for of a bill that leaves parts out nobody can tell how much of the whole the others are. Records that
 * could not be read may be anyone's, and made of anything.
 */
export async function stockOf(workspace: Workspace): Promise<readonly Stock[]> {
  const resolver = resolverOf(workspace);
  const componentsIn = reader(workspace, resolver);
  const known = new Map<string, Stock>();
  for (const key of await workspace.store.equipmentKeys()) {
    const { maker, product } = identify(resolver.setting, key);
    const name = JSON.stringify([key.operator, maker.id ?? null, product.id ?? key.product, key.release, key.digest]);
    const elements = key.elements + (known.get(name)?.elements ?? 0);
    const parts = known.get(name)?.parts ?? partsIn(resolver, componentsIn, { ...key, maker, product });
    known.set(name, { maker: maker.id ?? null, elements, parts });
  }
  const unread = workspace.loaded.setAside + workspace.loaded.usesSetAside;
  return [...known.values(), { maker: null, elements: unread, parts: null }];
}

type Identified = Pick<EquipmentKey, "operator" | "release" | "digest"> & ReturnType<typeof identify>;
type Components = (operator: string, bill: Bill) => readonly Component[];

function partsIn(resolver: Resolver, componentsIn: Components, asked: Identified): Parts | null {
  const { operator, maker, product, release, digest } = asked;
  const setting = forOperator(resolver.strictest, operator);
  const bills = vouchedDocuments(setting)
    .billsAbout({ product: product.id ?? null, release, digest })
    .filter((bill) => bill.confidence !== "product" && speaksFor(setting, bill, { maker }))
    .filter(({ document }) => document.completeness === "complete");
  return partsOf(bills.map(({ document }) => componentsIn(operator, document)));
}

/** Reads components of bills, each bill once for an operator. */
function reader({ knowledge }: Workspace, resolver: Resolver): Components {
  const { grammar } = knowledge.library;
  const read = new Map<Bill, Map<string, readonly Component[]>>();
  return (operator, bill) => {
    const own = read.get(bill) ?? new Map<string, readonly Component[]>();
    read.set(bill, own);
    const held = own.get(operator) ?? bill.parts.map((part) => ({ key: keyOf(operator, part), type: part.type }));
    own.set(operator, held);
    return held;
  };

  /** Supplier and name make a component one; without a supplier what its package URL names; else it is told from nothing. */
  function keyOf(operator: string, part: Part): string | null {
    const maker = makerOfPart(part);
    if (maker !== null) return JSON.stringify([resolver.supplier(operator, maker) ?? maker, part.name]);
    const [identified] = part.purls.flatMap((text) => grammar.identifier(text)?.product ?? []);
    return identified ?? null;
  }
}
