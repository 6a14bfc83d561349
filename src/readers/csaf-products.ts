import type { Named } from "../model/document.ts";
import type { BranchShape, ProductShape, ProductTreeShape } from "./csaf-shape.ts";

/** A product of a tree. `composite`: one product in or on another one, so that both its parts have to be there. */
export interface CsafProduct {
  readonly named: Named;
  readonly composite: boolean;
}

interface Step {
  readonly category: string;
  readonly name: string;
}

/** Categories that narrow a version below it (CSAF 2.0, 3.1.2.2.1). */
const narrowing = new Set([
  "architecture",
  "host_name",
  "language",
  "legacy",
  "patch_level",
  "service_pack",
  "specification",
]);

/**
 * The products of a tree by `product_id` (CSAF 2.0, 3.2.2). Test 6.1.2 has made sure that an id stands once; relationships
 * may build on each other in any order, and by test 6.1.3 none leads back to itself.
 */
export function productsOf(tree: ProductTreeShape | undefined): ReadonlyMap<string, CsafProduct> {
  const { branches = [], full_product_names: names = [], relationships = [] } = tree ?? {};
  const products = new Map<string, CsafProduct>();
  for (const [steps, product] of productsBelow(branches, [])) {
    products.set(product.product_id, { named: namedByPath(steps, product), composite: false });
  }
  for (const product of names) products.set(product.product_id, { named: namedByPath([], product), composite: false });
  const parts = new Map(relationships.map((one) => [one.full_product_name.product_id, one.product_reference]));
  for (const { full_product_name: product } of relationships) {
    const inner = products.get(innermost(product.product_id, parts))?.named;
    products.set(product.product_id, { named: namedWithin(product, inner), composite: true });
  }
  return products;
}

function* productsBelow(
  branches: readonly BranchShape[],
  above: readonly Step[],
): Generator<readonly [readonly Step[], ProductShape]> {
  for (const { category, name, product, branches: below } of branches) {
    const steps = [...above, { category, name }];
    if (product) yield [steps, product];
    if (below) yield* productsBelow(below, steps);
  }
}

/**
 * A product by the branches above it. Without a product or family branch its version is not taken either: such trees put
 * name and version into one text (`kernel-0:4.18.0.x86_64`), and their identifiers say it better.
 */
function namedByPath(steps: readonly Step[], product: ProductShape): Named {
  const last = (category: string) => steps.findLast((step) => step.category === category)?.name;
  const name = last("product_name") ?? last("product_family");
  const named = { name: name ?? product.name, vendor: last("vendor") ?? null, ...identifiersOf(product) };
  return { ...named, ...(name === undefined ? { version: null, range: null } : versionOf(steps)) };
}

/**
 * Version and range by the branches. A text that names several (`vers:all/*`, `V4.4, V4.5`) is a range wherever it stands.
 * A service pack that is a version by itself (`12.2(55)SE` below `12.2SE`) is the version; whatever else narrows a version
 * leaves a text that no comparison understands, so that only the product is known.
 */
function versionOf(steps: readonly Step[]): Pick<Named, "version" | "range"> {
  const at = steps.findLastIndex(
    ({ category }) => category === "product_version" || category === "product_version_range",
  );
  const below = steps.slice(at + 1).filter(({ category }) => narrowing.has(category));
  const names = steps.filter(({ category }) => category === "product_name");
  const above = steps.slice(0, Math.max(at, 0)).filter(({ category }) => narrowing.has(category));
  // A product below another one, or below a platform, is meant there and perhaps nowhere else.
  if (names.length > 1 || above.length > 0) return { version: null, range: steps.map(({ name }) => name).join(" / ") };
  const pack = below.find(({ category, name }) => category === "service_pack" && /^\d+[.]\d/.test(name));
  if (pack && below.length === 1) return { version: pack.name, range: null };
  if (below.length > 0)
    return {
      version: null,
      range: steps
        .slice(Math.max(at, 0))
        .map(({ name }) => name)
        .join(" / "),
    };
  const step = steps[at];
  if (!step) return { version: null, range: null };
  const isRange = step.category === "product_version_range" || /^vers:|[,;*<>]/.test(step.name.trim());
  return isRange ? { version: null, range: step.name } : { version: step.name, range: null };
}

/** A product in or on another one: its own name, the version of the inner one, and the identifiers of both. */
function namedWithin(product: ProductShape, inner: Named | undefined): Named {
  const own = identifiersOf(product);
  return {
    name: product.name,
    vendor: inner?.vendor ?? null,
    version: inner?.version ?? null,
    range: inner?.range ?? null,
    cpes: [...own.cpes, ...(inner?.cpes ?? [])],
    purls: [...own.purls, ...(inner?.purls ?? [])],
    digests: [...own.digests, ...(inner?.digests ?? [])],
  };
}

function innermost(id: string, parts: ReadonlyMap<string, string>): string {
  let inner = id;
  for (let steps = 0; steps <= parts.size && parts.has(inner); steps++) inner = parts.get(inner)!;
  return inner;
}

function identifiersOf({
  product_identification_helper: helper,
}: ProductShape): Pick<Named, "cpes" | "purls" | "digests"> {
  const hashes = (helper?.hashes ?? []).flatMap(({ file_hashes }) => file_hashes);
  return {
    cpes: helper?.cpe ? [helper.cpe] : [],
    purls: [...(helper?.purl ? [helper.purl] : []), ...(helper?.purls ?? [])],
    digests: hashes.filter(({ algorithm }) => /^sha-?256$/i.test(algorithm)).map(({ value }) => value.toLowerCase()),
  };
}
