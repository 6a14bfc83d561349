import { atLeast } from "../model/evidence.ts";
import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import type { OrderClaim } from "../model/statement.ts";
import { graded, type Known } from "./build.ts";
import { type Claim, type Knowledge, sourceOf } from "./knowledge.ts";
import { isAmong, isKnown, unplaced } from "./meaning.ts";
import { belongsTo } from "./owners.ts";
import { closure, takenBack, unreadOf } from "./registers.ts";
import { lowestGrade, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolve, resolveToday, sourcesOf } from "./suppliers.ts";
import { type Words, wordsOn } from "./words.ts";

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
  return graded(why.length > 0, false, [...(whole.closed ? whole.sources : []), ...onFile.sources], why);
}

/** The orders on file alone, each within its own scope: what a register lacks, or whether there is one, is not asked. */
export function deriveOrderOnFile(setting: Setting, equipment: Equipment): GradedFact {
  const words = wordsIn(setting);
  const orders = words.flatMap(({ last }) => last.filter((order) => isInForce(setting, order)));
  const matched = orders.map((order) => [order, bars(setting, order, equipment)] as const);
  const hits = matched.filter(([, known]) => known === true).map(([order]) => order);
  if (hits.length > 0) return graded(true, true, [...hits.map(asSource), ...namesIn(setting, hits)]);
  const doubtful = matched.filter(([, known]) => known === "unknown").map(([order]) => order);
  const why = [...unreadOf(setting, "order"), ...doubtful.map((order) => doubt(setting, order, equipment))];
  const mayBar = (order: Claim<OrderClaim>) => isInForce(setting, order) && bars(setting, order, equipment) !== false;
  const sources = [
    ...doubtful.map(asSource),
    ...words.filter(({ replaced }) => replaced.some(mayBar)).flatMap(({ last }) => last.map(asSource)),
    ...takenBack(setting, "orders", mayBar),
    ...namesIn(
      setting,
      orders.filter((order) => bars(setting, anyName(order), equipment) !== false),
    ),
  ];
  return graded(why.length > 0, false, sources, why);
}

const memo = new WeakMap<Knowledge["orders"], readonly Words<OrderClaim>[]>();

/** Each signer's words on each order: of two of one day the order stands, and a repeal counts only for its own signer. */
function wordsIn({ knowledge: { orders } }: Pick<Setting, "knowledge">): readonly Words<OrderClaim>[] {
  const held = memo.get(orders) ?? wordsOn(orders, nameOf, ({ status }) => status === "in-force");
  memo.set(orders, held);
  return held;
}

/** Each signer's latest word on each order. */
export function latestOrders(knowledge: Knowledge): readonly Claim<OrderClaim>[] {
  return wordsIn({ knowledge }).flatMap(({ last }) => last);
}

function nameOf({ orderId }: OrderClaim): string {
  return orderId;
}

/** Whether it is in force on the as-of day and speaks of the action. */
function isInForce({ asOf, action }: Setting, { says }: Claim<OrderClaim>): boolean {
  const { status, effective, until, actions } = says;
  const speaksOf = !actions?.length || actions.some((word) => word === (action === "update" ? "deploy" : action));
  return status === "in-force" && effective <= asOf && (until === undefined || asOf <= until) && speaksOf;
}

/** The order as if its names could be anybody and anything: whether it matters what they mean. */
function anyName(order: Claim<OrderClaim>): Claim<OrderClaim> {
  const { products: _products, functions: _functions, ...says } = order.says;
  return { ...order, says: { ...says, operators: "all", makers: "all" } };
}

/** By which aliases and successions the names in orders mean whom they mean. */
function namesIn({ knowledge, asOf }: Setting, orders: readonly Claim<OrderClaim>[]): readonly Source[] {
  const each = orders.flatMap(({ says: { operators, makers, products, functions, issued } }) => [
    ...(operators === "all" ? [] : operators.map((text) => resolve(knowledge, "operator", text, issued))),
    ...(functions ?? []).map((text) => resolve(knowledge, "function", text, issued)),
    ...(makers === "all" ? [] : makers.map((text) => resolveToday(knowledge, text, issued, asOf))),
    ...(products ?? []).map((text) => resolve(knowledge, "product", text, issued)),
  ]);
  return sourcesOf(...each);
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
  const { operators, functions, products, actions, issued } = order;
  const parts = [
    operators === "all" || isAmong(setting, "operator", operators, equipment.operator, issued),
    functions === undefined || isAmong(setting, "function", functions, equipment.function, issued),
    products === undefined || isAmong(setting, "product", products, equipment.product.id, issued),
    fromMaker(setting, order, equipment),
  ];
  if (parts.includes(false)) return false;
  return parts.includes("unknown") || actions?.length === 0 ? "unknown" : true;
}

/** A maker whose name nobody here can place might be any: an order must not miss because of a spelling. */
function fromMaker(setting: Setting, order: OrderClaim, { maker }: Equipment): Known {
  const { knowledge, asOf } = setting;
  if (order.makers === "all") return true;
  if (maker.id === undefined) return "unknown";
  const named = order.makers.map((text) => resolveToday(knowledge, text, order.issued, asOf).id);
  const ids = new Set(named.flatMap((id) => id ?? []));
  if (ids.has(maker.id)) return true;
  const owned = order.subsidiaries === true ? belongsTo(knowledge, maker.id, ids, asOf) : false;
  const lost = named.length === 0 || named.includes(undefined) || knowledge.damaged.has("succession");
  return owned === false && lost ? "unknown" : owned;
}

function doubt(setting: Setting, order: Claim<OrderClaim>, equipment: Equipment): Why {
  const { orderId } = order.says;
  if (!isTaken(setting, order)) {
    const text = `order \`${orderId}\` may bar it: it is on file as ${order.by.grade}, which the pack does not take`;
    return { code: "missing", text, who: "authority" };
  }
  const why = unnamed(equipment) ?? strangeName(setting, order.says) ?? unregistered(setting, equipment);
  const text = `order \`${orderId}\` may reach it: ${why?.text ?? "owners or function are not known"}`;
  return { code: why?.code ?? "missing", text, who: "operator" };
}

function unnamed({ maker, product }: Equipment): Why | undefined {
  if (maker.id === undefined) return maker.why;
  return product.id === undefined ? product.why : undefined;
}

/** Why the first name in an order that means nobody here does not. */
function strangeName(
  setting: Setting,
  { operators, makers, products, functions, issued }: OrderClaim,
): Why | undefined {
  return (
    (operators === "all" ? undefined : unplaced(setting, "operator", operators, issued)) ??
    (makers === "all" ? undefined : unplaced(setting, "supplier", makers, issued)) ??
    (products && unplaced(setting, "product", products, issued)) ??
    (functions && unplaced(setting, "function", functions, issued))
  );
}

/** What the tables do not have may be what an order names, spelt another way. */
function unregistered(setting: Setting, { operator, function: name }: Equipment): Why | undefined {
  const strange = !isKnown(setting, "operator", operator)
    ? `operators.csv does not have the operator \`${operator}\``
    : name !== undefined && !isKnown(setting, "function", name)
      ? `\`${name}\` is no function we know`
      : undefined;
  return strange === undefined ? undefined : { code: "identity", text: strange, who: "operator" };
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
