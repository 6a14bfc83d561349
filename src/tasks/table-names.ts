import { almostKnown } from "../facts/owners.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import { fold } from "../model/name.ts";
import type { Finding } from "../model/problem.ts";
import type { KnownNames } from "./known-names.ts";
import { mend, quoted, unplacedName } from "./unplaced.ts";
import type { Workspace } from "./workspace.ts";

const mostTold = 50;

/**
 * Names of the workspace itself that nobody can place: holders of roles, parties of keys, operators of elements, owners that
 * are almost a supplier; and ids that differ by habit of writing alone.
 */
export function tableNames(workspace: Workspace, keys: readonly EquipmentKey[], known: KnownNames): readonly Finding[] {
  return [
    ...roles(workspace, known),
    ...signers(workspace),
    ...operators(workspace, keys, known),
    ...holders(workspace),
    ...alike(workspace),
  ];
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
      unplacedName(
        title,
        `it may be anybody, so the role stays open; ${mend("supplier")}`,
        "freigabe.yaml",
        "operator",
      ),
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
      unplacedName(title, "what it signs for that party grants nothing; write the id as `party`", "trust", "operator"),
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
      ...unplacedName(
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
  return more > 0 ? [...told, unplacedName(rest, "add them, or mend the ids", "operators.csv", "operator")] : told;
}

function alike({ loaded }: Workspace): readonly Finding[] {
  return loaded.alike.map(({ table, ids, count }) => {
    const more = count > ids.length ? ` and ${count - ids.length} more` : "";
    const named = ids.map((id) => `\`${id}\``).join(", ");
    return unplacedName(
      `ids in ${table} differ by case, white space or hyphens alone: ${named}${more}`,
      "ids are compared exactly, so they are two; mend them if one thing is meant",
      table,
      "operator",
    );
  });
}

/** An owner that is almost a supplier, or almost another owner, may be the one that a role or an order names. */
function holders({ knowledge }: Workspace): readonly Finding[] {
  const strange = almostKnown(knowledge.companies);
  if (strange.length === 0) return [];
  const named = strange.slice(0, mostTold).map((holder) => `\`${holder}\``);
  const more = strange.length > mostTold ? ` and ${strange.length - mostTold} more` : "";
  return [
    unplacedName(
      `owners.csv names holders that differ from another name by case, white space or hyphens alone, or by a legal name: ${named.join(", ")}${more}`,
      "whoever they are, what they control stays open; write suppliers by their ids, and each other holder in one way",
      "owners.csv",
      "operator",
    ),
  ];
}
