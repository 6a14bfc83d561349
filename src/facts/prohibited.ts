import { atLeast } from "../model/evidence.ts";
import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import type { OrderClaim } from "../model/statement.ts";
import { graded, type Known } from "./build.ts";
import { type Claim, type Knowledge, sourceOf } from "./knowledge.ts";
import { belongsTo } from "./owners.ts";
import { closure } from "./registers.ts";
import { lowestGrade, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve, successorOn } from "./suppliers.ts";

export const prohibited: FactDefinition = {
  name: "prohibited",
  mode: "graded",
  values: [true, false],
  labels: ["an order forbids it", "no order forbids it"],
  question: "Does an order in force forbid this to the operator?",
  subject: "element",
  who: ["authority", "operator"],
};

export const orderOnFile: FactDefinition = {
  ...prohibited,
  name: "orderOnFile",
  labels: ["an order on file forbids it", "no order on file forbids it"],
  question: "Does an order that is on file, and in force, forbid this to the operator?",
};

/** An order that is known counts whatever registers say; that there is none is known only from a fresh register. */
export function deriveProhibited(setting: Setting, equipment: Equipment): GradedFact {
  const onFile = deriveOrderOnFile(setting, equipment);
  if (onFile.best === true) return onFile;
  const whole = closure(setting, "orders", equipment.operator);
  const why = [...(whole.closed ? [] : [whole.why]), ...onFile.why];
  return graded(why.length > 0, false, whole.closed ? whole.sources : onFile.sources, why);
}

/** The orders on file alone, each within its own scope: what a register lacks, or whether there is one, is not asked. */
export function deriveOrderOnFile(setting: Setting, equipment: Equipment): GradedFact {
  const matched = inForce(setting).map((order) => [order, bars(setting, order, equipment)] as const);
  const hits = matched.filter(([, known]) => known === true).map(([order]) => order);
  if (hits.length > 0) return graded(true, true, hits.map(asSource));
  const doubtful = matched.filter(([, known]) => known === "unknown").map(([order]) => order);
  const why = doubtful.map((order) => doubt(setting, order, equipment));
  return graded(why.length > 0, false, doubtful.map(asSource), why);
}

/** Each signer's latest word on each order, where it is in force on the as-of day and speaks of the action. */
function inForce(setting: Setting): readonly Claim<OrderClaim>[] {
  const { asOf, action } = setting;
  const latest = new Map<string, Claim<OrderClaim>>();
  for (const claim of setting.knowledge.orders) {
    const name = JSON.stringify([claim.says.orderId, claim.by.signers.map(({ party }) => party)]);
    const held = latest.get(name);
    if (!held || inOrder(claim) > inOrder(held)) latest.set(name, claim);
  }
  return [...latest.values()].filter(({ says }) => {
    const { status, effective, until, actions } = says;
    const speaksOf =
      actions === undefined || actions.some((word) => word === (action === "update" ? "deploy" : action));
    return status === "in-force" && effective <= asOf && (until === undefined || asOf <= until) && speaksOf;
  });
}

/** By day of signing; of two words of one day the order stands. A repeal counts only for the order's own signer. */
function inOrder({ says, by }: Claim<OrderClaim>): string {
  return `${by.signedOn} ${says.status === "in-force" ? 1 : 0} ${by.digest}`;
}

/** An order below the grade that the pack takes does not refuse, and does not go unheard either. */
function bars(setting: Setting, order: Claim<OrderClaim>, equipment: Equipment): Known {
  const known = reaches(setting, order.says, equipment);
  return known === true && !isTaken(setting, order) ? "unknown" : known;
}

/** What a register lists is taken as the register is: an operator declares itself which orders it received. */
function isTaken(setting: Setting, { by }: Claim<OrderClaim>): boolean {
  return atLeast(by.grade, lowestGrade(setting, by.statement.kind === "register" ? "register-orders" : "order"));
}

function reaches(setting: Setting, order: OrderClaim, equipment: Equipment): Known {
  const parts = [
    order.operators === "all" || order.operators.includes(equipment.operator),
    toFunction(order, equipment),
    toProduct(setting, order, equipment),
    fromMaker(setting, order, equipment),
  ];
  if (parts.includes(false)) return false;
  return parts.includes("unknown") ? "unknown" : true;
}

function toFunction({ functions }: OrderClaim, { function: name }: Equipment): Known {
  if (functions === undefined) return true;
  return name === undefined ? "unknown" : functions.includes(name);
}

function toProduct(setting: Setting, { products, issued }: OrderClaim, { product }: Equipment): Known {
  if (products === undefined) return true;
  if (product.id === undefined) return "unknown";
  const named = products.map((text) => resolve(setting.knowledge, "product", text, issued).id);
  return named.includes(product.id) || (named.includes(undefined) ? "unknown" : false);
}

/** A maker whose name nobody here can place might be any: an order must not miss because of a spelling. */
function fromMaker(setting: Setting, order: OrderClaim, { maker }: Equipment): Known {
  const { knowledge, asOf } = setting;
  if (order.makers === "all") return true;
  if (maker.id === undefined) return "unknown";
  const named = order.makers.map((text) => resolve(knowledge, "supplier", text, order.issued).id);
  const ids = new Set(named.flatMap((id) => (id === undefined ? [] : successorOn(knowledge, id, asOf))));
  if (ids.has(maker.id)) return true;
  const owned = order.subsidiaries === true ? belongsTo(knowledge, maker.id, ids, asOf) : false;
  const lost = named.includes(undefined) || knowledge.damaged.has("succession");
  return owned === false && lost ? "unknown" : owned;
}

function doubt(setting: Setting, order: Claim<OrderClaim>, { maker, product }: Equipment): Why {
  const { orderId } = order.says;
  if (!isTaken(setting, order)) {
    const text = `order \`${orderId}\` may bar it: it is on file as ${order.by.grade}, which the pack does not take`;
    return { code: "missing", text, who: "authority" };
  }
  const strange = () => strangeName(setting.knowledge, order.says);
  const why = maker.id === undefined ? maker.why : product.id === undefined ? product.why : strange();
  const text = `order \`${orderId}\` may reach it: ${why?.text ?? "owners or function are not known"}`;
  return { code: why?.code ?? "missing", text, who: "operator" };
}

/** Why the first name in an order that means nobody here does not. */
function strangeName(knowledge: Knowledge, { makers, products, issued }: OrderClaim): Why | undefined {
  const named = [
    ...(makers === "all" ? [] : makers.map((text) => resolve(knowledge, "supplier", text, issued))),
    ...(products ?? []).map((text) => resolve(knowledge, "product", text, issued)),
  ];
  return named.flatMap((one) => (one.id === undefined ? [one.why] : []))[0];
}

function asSource(claim: Claim<OrderClaim>) {
  const { orderId, law, effective, operators } = claim.says;
  const scope = operators === "all" ? "all operators" : operators.join(", ");
  return sourceOf(
    claim,
    orderId,
    `order \`${orderId}\` under ${law}, in force since ${effective}, to ${scope}`,
    effective,
  );
}
