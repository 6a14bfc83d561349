import { createHash, createHmac } from "node:crypto";
import { countShares } from "../assess/count-shares.ts";
import { segments } from "../assess/dependence-plan.ts";
import { segmentOf } from "../facts/segment.ts";
import { identify } from "../facts/subject.ts";
import { UserError } from "../model/errors.ts";
import { splitFunctions } from "../model/functions.ts";
import type { SharedElement, Shares } from "../model/shares.ts";
import { askInventory } from "./ask.ts";
import { networkOf } from "./network-of.ts";
import { resolverOf } from "./network-parties.ts";
import { waysOfAsking } from "./settings.ts";
import type { Shell } from "./shell.ts";
import { type Days, openWorkspace, type Workspace } from "./workspace.ts";

export interface SharesRequest extends Days {
  /** Whose network; needed only where a workspace has several. */
  readonly operator?: string;
  /** The key that operators share, 32 bytes. */
  readonly commonKey?: Buffer;
}

/**
 * An operator's network as counts, without its inventory: no id of an element or a site, no name of a product. Throws
 * `UserError` if it is not said whose, or nothing of it is there, and what opening a workspace throws.
 */
export async function exportShares(shell: Shell, request: SharesRequest): Promise<Shares> {
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, request, { sites: true });
    shell.progress("counting");
    await askInventory(workspace, waysOfAsking(workspace, "operate"));
    const network = await networkOf(workspace);
    const number = chosen(
      network.operators.map(({ id }) => id),
      request.operator,
    );
    const hash = hasher(request.commonKey);
    const listed = new Set(workspace.knowledge.companies.products.keys());
    const counted = countShares(network, number, listed, (product) => hash("product", product));
    const { id: operator, customers } = network.operators[number]!;
    const shared = await sharedOf(workspace, operator, listed, hash);
    return {
      operator,
      asOf: workspace.asOf,
      elements: network.elements.place.reduce(
        (sum, place) => sum + (network.places.operator[place] === number ? 1 : 0),
        0,
      ),
      unread: network.unread,
      inventory: digestOf(workspace),
      ...(request.commonKey && { commonKey: hash("key", "").slice(0, 16) }),
      ...(customers !== null && { customers }),
      ...counted,
      shared,
    };
  } finally {
    await store.close();
  }
}

function chosen(operators: readonly string[], wanted: string | undefined): number {
  const list = operators.map((id) => `\`${id}\``).join(", ");
  if (operators.length === 0)
    throw new UserError("no operator has an element in use here", "shares are counts of elements");
  if (wanted === undefined && operators.length === 1) return 0;
  if (wanted === undefined) throw new UserError(`whose network? it has those of ${list}`, "add `--operator ID`");
  const at = operators.indexOf(wanted);
  if (at >= 0) return at;
  throw new UserError(`no element in use of an operator \`${wanted}\``, `there are those of ${list}`);
}

type Hash = (what: "key" | "product" | "element", text: string) => string;

/** Without a common key a fresh one, which nobody keeps: what it hashes is one with nothing. */
function hasher(commonKey: Buffer | undefined): Hash {
  const key =
    commonKey ??
    createHash("sha256")
      .update(crypto.getRandomValues(new Uint8Array(32)))
      .digest();
  return (what, text) => createHmac("sha256", key).update(`freigabe-shares-1 ${what}\n${text}`).digest("hex");
}

/** What an operator shares; the first of an element's operators counts it for the nation, as in an inventory of all. */
async function sharedOf(
  workspace: Workspace,
  operator: string,
  listed: ReadonlySet<string>,
  hash: Hash,
): Promise<readonly SharedElement[]> {
  const { setting } = resolverOf(workspace);
  const rows = await workspace.store.sharedElements();
  return rows
    .flatMap((row, at): readonly SharedElement[] => {
      if (row.operator !== operator) return [];
      const { maker, product } = identify(setting, row);
      const named = product.id ?? row.product;
      const open = maker.id === undefined && named !== null && !listed.has(named);
      const known = splitFunctions(row.functions).map(segmentOf);
      return [
        {
          element: hash("element", row.element),
          first: rows[at - 1]?.element !== row.element,
          parts: segments.filter((segment) => known.includes(segment)),
          loose: known.length === 0 || known.includes(undefined),
          region: row.region,
          ...(maker.id !== undefined && { maker: maker.id }),
          ...(open && { product: hash("product", named) }),
        },
      ];
    })
    .sort((a, b) => (a.element < b.element ? -1 : 1));
}

/** Names all that was read without telling it: whoever holds the inventory can show that these are its counts. */
function digestOf({ inputs }: Workspace): string {
  const lines = inputs.map(({ file, sha256 }) => `${sha256}  ${file}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}
