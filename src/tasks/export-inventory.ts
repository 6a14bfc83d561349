import { stringify } from "yaml";
import { addMonths, type Day } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import { type Domain, domains } from "../model/functions.ts";
import type { Shell } from "./shell.ts";
import { type Days, openWorkspace } from "./workspace.ts";

export interface InventoryRequest extends Days {
  /** Whose inventory; needed only where a workspace has several. */
  readonly operator?: string;
  /** One part of it; absent: all. */
  readonly domain?: string;
}

/** The fields of a register of kind `inventory`, as its operator may sign them. */
export interface InventoryDraft {
  readonly register: "inventory";
  readonly operator: string;
  readonly domain?: Domain;
  readonly edition: number;
  readonly complete: false;
  readonly asOf: Day;
  readonly nextDue: Day;
  readonly count: number;
  readonly digest: { readonly sha256: string };
  readonly entries: readonly [];
}

const monthsGood = 3;

/**
 * How many elements the tables have of an operator, and a digest of their ids: what it signs as complete, in the next edition of
 * its register. Whether nothing is missing only people can say. Throws `UserError` if it is not said whose, or it is not known.
 */
export async function inventoryDraft(shell: Shell, request: InventoryRequest): Promise<InventoryDraft> {
  const domain = request.domain === undefined ? undefined : domains.find((known) => known === request.domain);
  if (request.domain !== undefined && domain === undefined)
    throw new UserError(`expected a domain of ${domains.join(", ")}, got \`${request.domain}\``);
  const store = await shell.openStore();
  try {
    const { knowledge, asOf } = await openWorkspace(shell, store, request);
    const operator = chosen([...knowledge.companies.operators.keys()], request.operator);
    const [set] = await store.idSets([{ operator, domain: domain ?? null, until: asOf }]);
    const editions = knowledge.registers.flatMap(({ says }) =>
      says.register === "inventory" && says.operator === operator && says.domain === domain ? [says.edition] : [],
    );
    return {
      ...{ register: "inventory", operator, ...(domain && { domain }) },
      ...{ edition: Math.max(0, ...editions) + 1, complete: false, asOf, nextDue: addMonths(asOf, monthsGood) },
      ...{ count: set!.count, digest: { sha256: set!.sha256 }, entries: [] },
    };
  } finally {
    await store.close();
  }
}

/** A draft as YAML, to be read, and signed by `freigabe certify register --complete`. */
export function inventoryText(draft: InventoryDraft): string {
  return `# Not signed: it counts for nothing yet. Compare it with what stands in the network, then
#   freigabe certify register --from THIS --complete --key KEYFILE --out registers/inventory-${draft.operator}.json
${stringify(draft)}`;
}

function chosen(operators: readonly string[], wanted: string | undefined): string {
  const list = operators.map((id) => `\`${id}\``).join(", ");
  const [only, ...others] = operators;
  if (wanted === undefined && only !== undefined && others.length === 0) return only;
  if (wanted === undefined)
    throw new UserError(`whose inventory? \`operators.csv\` has ${list || "nobody"}`, "add `--operator ID`");
  if (operators.includes(wanted)) return wanted;
  throw new UserError(`\`operators.csv\` has no \`${wanted}\``, `it has ${list || "nobody"}`);
}
