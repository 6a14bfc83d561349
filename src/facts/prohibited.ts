import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import type { OrderClaim } from "../model/statement.ts";
import { graded, type Known } from "./build.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { belongsTo, successorOn } from "./suppliers.ts";

export const prohibited: FactDefinition = {
  name: "prohibited",
  mode: "graded",
  values: [true, false],
  labels: ["an order forbids it", "no order forbids it"],
  question: "Does an order in force forbid this to the operator?",
  subject: "element",
  who: ["authority", "operator"],
};

/** An order that is known counts whatever registers say; that there is none is known only from a fresh register. */
export function deriveProhibited(setting: Setting, equipment: Equipment): GradedFact {
  const orders = inForce(setting);
  const matched = orders.map((order) => [order, reaches(setting, order.says, equipment)] as const);
  const hits = matched.filter(([, known]) => known === true).map(([order]) => order);
  if (hits.length > 0) return graded(true, true, hits.map(asSource));
  const whole = closure(setting, "orders", equipment.operator);
  const doubtful = matched.filter(([, known]) => known === "unknown");
  const why: Why[] = [...(whole.closed ? [] : [whole.why]), ...doubtful.map(([order]) => doubt(order.says, equipment))];
  return graded(why.length > 0, false, whole.closed ? whole.sources : doubtful.map(([order]) => asSource(order)), why);
}

/** The latest word on each order, where it is in force on the as-of day and speaks of the action. */
function inForce(setting: Setting): readonly Claim<OrderClaim>[] {
  const { asOf, action } = setting;
  const latest = new Map<string, Claim<OrderClaim>>();
  for (const claim of accepted(setting, "order", setting.knowledge.orders)) {
    const held = latest.get(claim.says.orderId);
    if (!held || supersedes(claim, held)) latest.set(claim.says.orderId, claim);
  }
  return [...latest.values()].filter(({ says }) => {
    const { status, effective, until, actions } = says;
    const speaksOf =
      actions === undefined || actions.some((word) => word === (action === "update" ? "deploy" : action));
    return status === "in-force" && effective <= asOf && (until === undefined || asOf <= until) && speaksOf;
  });
}

/** Only the order's own signer can repeal it; of two words of one signer, the later counts. */
function supersedes(claim: Claim<OrderClaim>, held: Claim<OrderClaim>): boolean {
  const parties = ({ by }: Claim<OrderClaim>) => by.signers.map(({ party }) => party).join();
  if (parties(claim) !== parties(held)) return held.says.status === "repealed" && claim.says.status === "in-force";
  return claim.by.signedOn > held.by.signedOn;
}

function reaches(setting: Setting, order: OrderClaim, equipment: Equipment): Known {
  if (order.operators !== "all" && !order.operators.includes(equipment.operator)) return false;
  if (order.functions && equipment.function !== undefined && !order.functions.includes(equipment.function))
    return false;
  if (order.products && equipment.product.id !== undefined && !order.products.includes(equipment.product.id))
    return false;
  const maker = fromMaker(setting, order, equipment);
  if (maker === false) return false;
  const open =
    (order.functions && equipment.function === undefined) || (order.products && equipment.product.id === undefined);
  return open ? "unknown" : maker;
}

function fromMaker(setting: Setting, order: OrderClaim, { maker }: Equipment): Known {
  if (order.makers === "all") return true;
  if (maker.id === undefined) return "unknown";
  const named = new Set(order.makers.map((id) => successorOn(setting.knowledge, id, setting.asOf)));
  if (named.has(maker.id)) return true;
  return order.subsidiaries === true ? belongsTo(setting.knowledge, maker.id, named, setting.asOf) : false;
}

function doubt(order: OrderClaim, { maker, product }: Equipment): Why {
  const why = maker.id === undefined ? maker.why : product.id === undefined ? product.why : undefined;
  const text = `order \`${order.orderId}\` may reach it: ${why?.text ?? `owners or function are not known`}`;
  return { code: why?.code ?? "missing", text, who: "operator" };
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
