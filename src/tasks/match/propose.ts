import type { EquipmentKey } from "../../model/inventory.ts";
import type { Known, Matches, OpenText, Proposal, Use } from "./matches.ts";
import { aliasProposer, productProposer, releaseProposer, supplierProposer } from "./proposers.ts";

const mostProposals = 3;
const order: readonly Proposal["by"][] = ["text", "cpe", "purl", "alias", "similarity"];

/** Whether something is an id or a signed alias, asked of an index. */
interface Settled {
  /** The supplier or product a text means; `undefined`: nobody has said. */
  idOf(kind: "supplier" | "product", text: string): string | undefined;
  isRelease(product: string, text: string): boolean;
}

/**
 * Proposes for each distinct text of the equipment that is neither an id nor a signed alias what it may mean, with the
 * reason; texts on which most elements hang come first. A release is proposed only where it is the same version
 * written otherwise: a version that merely looks alike is another version.
 */
export function proposeMatches(keys: readonly EquipmentKey[], known: Known): Matches {
  const settled = settledBy(known);
  const uses = usesOf(keys, settled);
  const open = uses.filter((use) => !isSettled(use, settled));
  const aliases = aliasProposer(known);
  const byColumn = { maker: supplierProposer(known), product: productProposer(known), release: releaseProposer(known) };
  const listed = open.map((use): OpenText => {
    const { column, text, product, elements } = use;
    const proposals = best([...aliases(use), ...byColumn[column](use)]);
    return { column, text, ...(product !== undefined && { product }), elements, proposals };
  });
  const comparable = listed.filter(({ column, proposals }) => column !== "release" || proposals.length > 0);
  return {
    kind: "matches",
    texts: uses.length,
    known: uses.length - open.length,
    incomparable: listed.length - comparable.length,
    open: comparable.sort(byWeight),
  };
}

function settledBy({ suppliers, products, aliases, releases }: Known): Settled {
  const signed = aliases.filter((alias) => alias.signed);
  const ids = new Map(signed.map(({ aliasOf, text, id }) => [`${aliasOf} ${text}`, id]));
  const pair = (product: string | undefined, text: string) => JSON.stringify([product, text]);
  const settledReleases = new Set([
    ...releases.map(({ product, release }) => pair(product, release)),
    ...signed.filter(({ aliasOf }) => aliasOf === "release").map(({ product, text }) => pair(product, text)),
  ]);
  return {
    idOf: (kind, text) => ((kind === "supplier" ? suppliers : products).has(text) ? text : ids.get(`${kind} ${text}`)),
    isRelease: (product, text) => settledReleases.has(pair(product, text)),
  };
}

/** Releases of a product that nobody can tell are not asked about: first the product, then its releases. */
function usesOf(keys: readonly EquipmentKey[], settled: Settled): readonly Use[] {
  const uses = new Map<string, { use: Omit<Use, "elements" | "makers">; makers: Set<string>; elements: number }>();
  const add = (use: Omit<Use, "elements" | "makers">, { elements, maker }: EquipmentKey) => {
    const id = JSON.stringify([use.column, use.text, use.product]);
    const found = uses.get(id) ?? { use, makers: new Set<string>(), elements: 0 };
    const supplier = maker === null ? undefined : settled.idOf("supplier", maker);
    if (supplier !== undefined) found.makers.add(supplier);
    found.elements += elements;
    uses.set(id, found);
  };
  for (const key of keys) {
    if (key.maker !== null) add({ column: "maker", text: key.maker }, key);
    if (key.product !== null) add({ column: "product", text: key.product }, key);
    const product = key.product === null ? undefined : settled.idOf("product", key.product);
    if (key.release !== null && product !== undefined) add({ column: "release", text: key.release, product }, key);
  }
  return [...uses.values()].map(({ use, makers, elements }) => ({ ...use, makers, elements }));
}

function isSettled({ column, text, product }: Use, settled: Settled): boolean {
  if (column === "release") return settled.isRelease(product ?? "", text);
  return settled.idOf(column === "maker" ? "supplier" : "product", text) !== undefined;
}

/** The best reason for each meaning, best meaning first. */
function best(proposals: readonly Proposal[]): readonly Proposal[] {
  const rank = (proposal: Proposal) => order.indexOf(proposal.by);
  const sorted = [...proposals].sort((a, b) => rank(a) - rank(b) || b.score - a.score || (a.as < b.as ? -1 : 1));
  const first = new Map<string, Proposal>();
  for (const proposal of sorted) if (!first.has(proposal.as)) first.set(proposal.as, proposal);
  return [...first.values()].slice(0, mostProposals);
}

function byWeight(a: OpenText, b: OpenText): number {
  const key = ({ column, text, product }: OpenText) => `${column} ${text} ${product ?? ""}`;
  return b.elements - a.elements || (key(a) < key(b) ? -1 : 1);
}
