import type { Claim } from "../facts/knowledge.ts";
import { perhapsWithdrawnBy } from "../facts/perhaps-withdrawn.ts";
import { latestOrders } from "../facts/prohibited.ts";
import type { Setting } from "../facts/setting.ts";
import type { Evidence } from "../model/evidence.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import { fold } from "../model/name.ts";
import { type NamedKind, type NamedText, namesIn } from "../model/named.ts";
import type { Finding } from "../model/problem.ts";
import { type KnownNames, knownNames } from "./known-names.ts";
import { tableNames } from "./table-names.ts";
import { mend, quoted, unplacedName } from "./unplaced.ts";
import type { Workspace } from "./workspace.ts";

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
    ...tableNames(workspace, keys, known),
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
    return unplacedName(
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

const words: Readonly<Record<NamedKind, string>> = {
  ...{ supplier: "a supplier", product: "a product", operator: "an operator", function: "a function" },
  ...{ scheme: "a scheme", pack: "a pack", element: "an element" },
};

function effect(by: Evidence): string {
  if (binds(by)) return "it may mean anybody, so whatever else it says fits stays open";
  return "it grants nothing, and takes nothing back, until it can be placed";
}

/** Withdrawals whose number is that of no certificate on file, each with the one it may be meant for. */
function withdrawals({ knowledge }: Workspace, setting: Setting): readonly Finding[] {
  const told = new Map<Claim<unknown>, string>();
  for (const claim of knowledge.certificates.filter(({ says }) => says.status === "issued"))
    for (const word of perhapsWithdrawnBy(setting, claim)) told.set(word, claim.says.certificateId);
  return [...told].map(([{ by, says }, nearest]) => {
    const { certificateId } = says as { certificateId: string };
    return unplacedName(
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
    return [unplacedName(`${title}${nearest}`, "it repeals nothing", by.file, "authority")];
  });
}

function isOther({ says }: Claim<{ orderId: string; status: string }>, orderId: string): boolean {
  return says.orderId === orderId && says.status === "in-force";
}
