import { PackageURL } from "packageurl-js";
import type { EquipmentKey, Product, Supplier } from "../../model/inventory.ts";
import { type Cpe, parseCpe } from "../../readers/cpe.ts";
import { fold, likenessTo } from "./likeness.ts";

/** What is known by name, against which texts are compared. */
export interface Known {
  readonly suppliers: ReadonlyMap<string, Supplier>;
  readonly products: ReadonlyMap<string, Product>;
  readonly aliases: readonly KnownAlias[];
  /** Releases that evidence speaks of. */
  readonly releases: readonly { readonly product: string; readonly release: string }[];
}

/** An alias from evidence (`signed`) or from the working copy `aliases.csv`. */
export interface KnownAlias {
  readonly text: string;
  readonly aliasOf: "supplier" | "product" | "release";
  readonly id: string;
  readonly product?: string;
  readonly signed: boolean;
}

/** What a text may mean: `as` is what `--as` takes. Nothing follows from it until a person confirms. */
export interface Proposal {
  readonly as: string;
  readonly by: "text" | "cpe" | "purl" | "alias" | "similarity";
  /** From 0 to 1; 1 unless `by` is `similarity`. */
  readonly score: number;
  readonly reason: string;
}

/** A text of the tables that is no known id. */
export interface OpenText {
  readonly column: "maker" | "product" | "release";
  readonly text: string;
  /** For a release: the product it is one of. */
  readonly product?: string;
  readonly elements: number;
  readonly proposals: readonly Proposal[];
}

export interface Matches {
  readonly kind: "matches";
  /** Distinct texts looked at: known already (ids, signed aliases), listed in `open`, or without anything to compare. */
  readonly texts: number;
  readonly known: number;
  /** Releases that no evidence speaks of. */
  readonly incomparable: number;
  readonly open: readonly OpenText[];
}

interface Use {
  readonly column: OpenText["column"];
  readonly text: string;
  readonly product?: string;
  readonly elements: number;
  /** Suppliers that the maker column names beside this text, where known. */
  readonly makers: ReadonlySet<string>;
}

const leastLikeness = 0.45;
const mostProposals = 3;
const order: readonly Proposal["by"][] = ["text", "cpe", "purl", "alias", "similarity"];

/**
 * Proposes for each distinct text of the equipment that is neither an id nor a signed alias what it may mean, with the
 * reason; texts on which most elements hang come first. A release is proposed only where it is the same version
 * written otherwise: a version that merely looks alike is another version.
 */
export function proposeMatches(keys: readonly EquipmentKey[], known: Known): Matches {
  const uses = usesOf(keys, known);
  const open = uses.filter((use) => !isKnown(use, known));
  const suppliers = supplierProposer(known);
  const products = productProposer(known);
  const proposers = { maker: suppliers, product: products, release: (use: Use) => releaseProposals(use, known) };
  const listed = open.map((use): OpenText => {
    const { column, text, product, elements } = use;
    const proposals = best([...aliasProposals(use, known), ...proposers[column](use)]);
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

function usesOf(keys: readonly EquipmentKey[], known: Known): readonly Use[] {
  const uses = new Map<string, { use: Use; makers: Set<string>; elements: number }>();
  const add = (use: Omit<Use, "elements" | "makers">, { elements, maker }: EquipmentKey) => {
    const id = JSON.stringify([use.column, use.text, use.product]);
    const found = uses.get(id) ?? {
      use: { ...use, elements: 0, makers: new Set() },
      makers: new Set<string>(),
      elements: 0,
    };
    const supplier = maker === null ? undefined : idOf("supplier", maker, known);
    if (supplier !== undefined) found.makers.add(supplier);
    found.elements += elements;
    uses.set(id, found);
  };
  for (const key of keys) {
    if (key.maker !== null) add({ column: "maker", text: key.maker }, key);
    if (key.product !== null) add({ column: "product", text: key.product }, key);
    const product = key.product === null ? undefined : idOf("product", key.product, known);
    if (key.release !== null && product !== undefined) add({ column: "release", text: key.release, product }, key);
  }
  return [...uses.values()].map(({ use, makers, elements }) => ({ ...use, makers, elements }));
}

function idOf(kind: "supplier" | "product", text: string, known: Known): string | undefined {
  const table = kind === "supplier" ? known.suppliers : known.products;
  if (table.has(text)) return text;
  return known.aliases.find((alias) => alias.signed && alias.aliasOf === kind && alias.text === text)?.id;
}

function isKnown({ column, text, product }: Use, known: Known): boolean {
  if (column === "maker") return idOf("supplier", text, known) !== undefined;
  if (column === "product") return idOf("product", text, known) !== undefined;
  const named = known.releases.some((entry) => entry.product === product && entry.release === text);
  return (
    named ||
    known.aliases.some(
      (alias) => alias.signed && alias.aliasOf === "release" && alias.text === text && alias.product === product,
    )
  );
}

function supplierProposer({ suppliers }: Known): (use: Use) => readonly Proposal[] {
  const all = [...suppliers.values()];
  const near = likenessTo(
    all.flatMap(({ id, name }) => [
      { id, text: id },
      { id, text: name },
    ]),
    leastLikeness,
  );
  return ({ text }) => {
    const cpe = parseCpe(text);
    const wanted = fold(cpe?.vendor ?? text);
    const same = all.filter(({ id, name }) => fold(id) === wanted || fold(name) === wanted);
    const exact = same.map(({ id }) => {
      const reason = cpe
        ? `vendor \`${cpe.vendor}\` of the CPE name`
        : "the same text but for case, spaces and hyphens";
      return proposal(`supplier:${id}`, cpe ? "cpe" : "text", reason);
    });
    return [...exact, ...near(cpe?.vendor ?? text, 2 * mostProposals).map((found) => similar("supplier", found))];
  };
}

function productProposer({ products, suppliers }: Known): (use: Use) => readonly Proposal[] {
  const all = [...products.values()].map((product) => ({
    ...product,
    parsed: product.cpe === null ? undefined : parseCpe(product.cpe),
  }));
  const names = (product: Product) => {
    const maker = suppliers.get(product.supplier)?.name ?? product.supplier;
    return [product.id, product.name, `${maker} ${product.name}`];
  };
  const near = likenessTo(
    all.flatMap((product) => names(product).map((text) => ({ id: product.id, text }))),
    leastLikeness,
  );
  const purls = new Map(all.flatMap(({ id, purl }) => (purl === null ? [] : [[purlKey(purl), id] as const])));
  return ({ text, makers }) => {
    const cpe = parseCpe(text);
    const purl = purlKey(text);
    const plain = fold(text);
    const byText = all.filter((product) => names(product).some((name) => fold(name) === plain));
    const byCpe = all.filter(({ parsed }) => parsed && (cpe ? sameCpe(parsed, cpe) : fold(parsed.product) === plain));
    const byPurl = purl === undefined ? undefined : purls.get(purl);
    const ownMaker = (id: string) => makers.size === 0 || makers.has(products.get(id)?.supplier ?? "");
    return [
      ...byText.map(({ id }) => proposal(`product:${id}`, "text", "the same text but for case, spaces and hyphens")),
      ...byCpe.map(({ id, cpe: name }) => proposal(`product:${id}`, "cpe", `product part of its CPE name \`${name}\``)),
      ...(byPurl === undefined
        ? []
        : [proposal(`product:${byPurl}`, "purl", "the same package URL but for the version")]),
      ...near(cpe?.product ?? text, 4 * mostProposals)
        .filter(({ candidate }) => ownMaker(candidate.id))
        .map((found) => similar("product", found)),
    ];
  };
}

function releaseProposals({ text, product }: Use, { releases }: Known): readonly Proposal[] {
  const plain = version(text);
  return releases
    .filter((entry) => entry.product === product && version(entry.release) === plain)
    .map((entry) =>
      proposal(
        `release:${product}@${entry.release}`,
        "text",
        "the same version but for case, spaces and a leading word",
      ),
    );
}

/** `Release 21.3`, `R21.3` and `v21.3` are written for 21.3. */
function version(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return plain.replace(/^(release|version|rel|ver|r|v)[ .]{0,2}(?=\d)/, "");
}

function aliasProposals({ column, text, product }: Use, { aliases }: Known): readonly Proposal[] {
  const kind = column === "maker" ? "supplier" : column;
  return aliases
    .filter((alias) => !alias.signed && alias.aliasOf === kind && fold(alias.text) === fold(text))
    .filter((alias) => kind !== "release" || alias.product === product)
    .map(({ id }) => {
      const as = kind === "release" ? `release:${product}@${id}` : `${kind}:${id}`;
      return proposal(as, "alias", "an unsigned row of `aliases.csv` says so");
    });
}

function sameCpe(a: Cpe, b: Cpe): boolean {
  return a.part === b.part && a.vendor === b.vendor && a.product === b.product;
}

/** Type, namespace and name of a package URL; `undefined` if the text is none. */
function purlKey(text: string): string | undefined {
  if (!/^pkg:/i.test(text) || text.length > 1_000) return undefined;
  try {
    const { type, namespace, name } = PackageURL.fromString(text);
    return JSON.stringify([type, namespace ?? "", name]);
  } catch (error) {
    // The package throws plain errors for whatever is no package URL, and that is the answer.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function proposal(as: string, by: Proposal["by"], reason: string): Proposal {
  return { as, by, score: 1, reason };
}

function similar(
  kind: "supplier" | "product",
  { candidate, score }: { candidate: { id: string; text: string }; score: number },
): Proposal {
  const rounded = Math.round(score * 100) / 100;
  return {
    as: `${kind}:${candidate.id}`,
    by: "similarity",
    score: rounded,
    reason: `like \`${candidate.text}\` by ${rounded.toFixed(2)}`,
  };
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
