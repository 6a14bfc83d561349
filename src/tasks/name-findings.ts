import type { Claim } from "../facts/knowledge.ts";
import { perhapsWithdrawnBy } from "../facts/perhaps-withdrawn.ts";
import { latestOrders } from "../facts/prohibited.ts";
import type { Setting } from "../facts/setting.ts";
import type { Evidence } from "../model/evidence.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import { fold } from "../model/name.ts";
import { type NamedKind, type NamedText, namesIn } from "../model/named.ts";
import type { Finding } from "../model/problem.ts";
import { type KnownNames, knownNames, tableOf } from "./known-names.ts";
import type { Workspace } from "./workspace.ts";

const mostTexts = 5;
const mostTold = 50;

/**
 * Names that nobody can place: in orders and withdrawals, where they keep verdicts open; in what would grant something,
 * where they grant nothing; operators of elements that no table has; and ids that differ by habit of writing alone. Each
 * tells the text, the file and the id most like it. From the likeness nothing follows.
 */
export function nameFindings(
  workspace: Workspace,
  setting: Setting,
  keys: readonly EquipmentKey[],
): readonly Finding[] {
  const known = knownNames(workspace.knowledge, workspace.packs);
  return [
    ...unplacedStatements(workspace, known),
    ...withdrawals(workspace, setting),
    ...repeals(workspace),
    ...roles(workspace, known),
    ...signers(workspace),
    ...operators(workspace, keys, known),
    ...alike(workspace),
  ];
}

/** Names in statements: each statement tells those of one kind once. */
export function unplacedStatements(workspace: Workspace, known: KnownNames): readonly Finding[] {
  return statements(workspace).flatMap((by) => unplacedIn(by, known));
}

/** The statements whose names matter: of registers the latest edition, of orders each signer's latest word. */
function statements({ evidence, knowledge }: Workspace): readonly Evidence[] {
  const latest = new Set<unknown>([
    ...knowledge.latest.map(({ by }) => by),
    ...latestOrders(knowledge).map(({ by }) => by),
  ]);
  return evidence.filter((by) => {
    const { kind } = by.statement;
    return (kind !== "register" && kind !== "order") || latest.has(by);
  });
}

function unplacedIn(by: Evidence, known: KnownNames): readonly Finding[] {
  const strange = namesIn(by.statement).filter((name) => isStrange(by, name, known));
  return [...Map.groupBy(strange, ({ kind }) => kind)].map(([kind, names]) => {
    const texts = [...new Set(names.map(({ text }) => text))];
    return finding(
      `\`${by.file}\` names ${words[kind]} that nobody here can place: ${quoted(texts, kind, known)}`,
      `${effect(by)}; ${mend(kind)}`,
      by.file,
      binds(by) ? "authority" : "operator",
    );
  });
}

/** A list of everything that somebody certifies names much that is not ours; only what is almost ours is told of it. */
function isStrange(by: Evidence, { kind, text }: NamedText, known: KnownNames): boolean {
  if (!known.any(kind) || kind === "element" || known.has(kind, text, by.signedOn)) return false;
  if (by.statement.kind !== "register" || by.statement.predicate.register === "orders") return true;
  const near = known.nearest(kind, text);
  return near !== undefined && fold(near) === fold(text);
}

function binds({ statement }: Evidence): boolean {
  return statement.kind === "order" || (statement.kind === "register" && statement.predicate.register === "orders");
}

function effect(by: Evidence): string {
  if (binds(by)) return "it may mean anybody, so whatever else it says fits stays open";
  return "it grants nothing, and takes nothing back, until it can be placed";
}

const words: Readonly<Record<NamedKind, string>> = {
  ...{ supplier: "a supplier", product: "a product", operator: "an operator", function: "a function" },
  ...{ scheme: "a scheme", pack: "a pack", element: "an element" },
};

function mend(kind: NamedKind): string {
  if (kind === "scheme" || kind === "pack") return `it is none of ${tableOf[kind]}`;
  const signed = `\`freigabe certify alias --set aliasOf=${kind} --set text=... --set id=...\` signs what a text means`;
  return kind === "function" ? signed : `${signed}, or add it to ${tableOf[kind]} if it is another`;
}

/** Texts, each with the id most like it. */
function quoted(texts: readonly string[], kind: NamedKind, known: KnownNames): string {
  const told = texts.slice(0, mostTexts).map((text) => {
    const near = known.nearest(kind, text);
    return `\`${text}\` (${near === undefined ? "nothing like it" : `nearest: \`${near}\``})`;
  });
  const more = texts.length - told.length;
  return `${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Withdrawals whose number is that of no certificate on file, each with the one it may be meant for. */
function withdrawals({ knowledge }: Workspace, setting: Setting): readonly Finding[] {
  const told = new Map<Claim<unknown>, string>();
  for (const claim of knowledge.certificates.filter(({ says }) => says.status === "issued"))
    for (const word of perhapsWithdrawnBy(setting, claim)) told.set(word, claim.says.certificateId);
  return [...told].map(([{ by, says }, nearest]) => {
    const { certificateId } = says as { certificateId: string };
    return finding(
      `\`${by.file}\` speaks against certificate \`${certificateId}\`, which is not on file (nearest: \`${nearest}\`)`,
      "it may be meant for that one, which is contested until it is clear",
      by.file,
      "body",
    );
  });
}

/** A repeal under another number repeals nothing. */
function repeals({ knowledge }: Workspace): readonly Finding[] {
  const latest = latestOrders(knowledge);
  const inForce = latest.filter(({ says }) => says.status === "in-force");
  return latest.flatMap(({ says, by }) => {
    if (says.status !== "repealed" || knowledge.orders.some((one) => isOther(one, says.orderId))) return [];
    const near = inForce.find((one) => fold(one.says.orderId) === fold(says.orderId))?.says.orderId;
    const title = `\`${by.file}\` repeals order \`${says.orderId}\`, which is not on file`;
    const nearest = near === undefined ? "" : ` (nearest: \`${near}\`)`;
    return [finding(`${title}${nearest}`, "it repeals nothing", by.file, "authority")];
  });
}

function isOther({ says }: Claim<{ orderId: string; status: string }>, orderId: string): boolean {
  return says.orderId === orderId && says.status === "in-force";
}

/** Who has a role binds: a listed name that means nobody keeps the role open for everybody. */
function roles({ config, knowledge, asOf }: Workspace, known: KnownNames): readonly Finding[] {
  const holders = new Set(knowledge.companies.owners.map(({ owner }) => owner));
  return Object.entries(config.roles ?? {}).flatMap(([role, listed]) => {
    const strange = listed
      .map(({ supplier }) => supplier)
      .filter((text) => !holders.has(text) && !known.has("supplier", text, asOf));
    if (strange.length === 0) return [];
    const title = `freigabe.yaml gives the role \`${role}\` to whom nobody here can place: ${quoted(strange, "supplier", known)}`;
    return [
      finding(title, `it may be anybody, so the role stays open; ${mend("supplier")}`, "freigabe.yaml", "operator"),
    ];
  });
}

/** A key whose party is almost an operator or supplier of the tables speaks for nobody's elements. */
function signers({ trust, knowledge }: Workspace): readonly Finding[] {
  const { operators, suppliers } = knowledge.companies;
  return trust.flatMap(({ id, party, role }) => {
    if (role !== "operator" && role !== "approver" && role !== "maker") return [];
    const table = role === "maker" ? suppliers : operators;
    if (table.has(party)) return [];
    const near = [...table.values()].find((one) => [one.id, one.name].some((text) => fold(text) === fold(party)));
    if (!near) return [];
    const title = `key \`${id}\` in trust/ belongs to \`${party}\`, which is no id (nearest: \`${near.id}\`)`;
    return [
      finding(title, "what it signs for that party grants nothing; write the id as `party`", "trust", "operator"),
    ];
  });
}

/** An operator that no table has may be one that an order names, spelt another way. */
function operators({ knowledge }: Workspace, keys: readonly EquipmentKey[], known: KnownNames): readonly Finding[] {
  const strange = keys.filter(({ operator }) => !knowledge.companies.operators.has(operator));
  const all = [...Map.groupBy(strange, ({ operator }) => operator)];
  const told = all.slice(0, mostTold).map(([operator, own]): Finding => {
    const near = known.nearest("operator", operator);
    const nearest = near === undefined ? "" : ` (nearest: \`${near}\`)`;
    return {
      ...finding(
        `operators.csv does not have the operator \`${operator}\`${nearest}`,
        "an order that names operators may mean it, and stays open for it; add it, or mend the id",
        "operators.csv",
        "operator",
      ),
      verdicts: own.reduce((sum, { elements }) => sum + elements, 0),
    };
  });
  const more = all.length - told.length;
  const rest = `operators.csv does not have ${more} further operators of elements`;
  return more > 0 ? [...told, finding(rest, "add them, or mend the ids", "operators.csv", "operator")] : told;
}

function alike({ loaded }: Workspace): readonly Finding[] {
  return loaded.alike.map(({ table, ids, count }) => {
    const more = count > ids.length ? ` and ${count - ids.length} more` : "";
    const named = ids.map((id) => `\`${id}\``).join(", ");
    return finding(
      `ids in ${table} differ by case, white space or hyphens alone: ${named}${more}`,
      "ids are compared exactly, so they are two; mend them if one thing is meant",
      table,
      "operator",
    );
  });
}

function finding(title: string, detail: string, file: string, who: Finding["who"]): Finding {
  return { kind: "finding", code: "unplaced-name", title, detail, who, verdicts: 0, places: [{ file }] };
}
