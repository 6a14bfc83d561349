import { PackageURL } from "packageurl-js";
import type { Product } from "../../model/inventory.ts";
import { fold } from "../../model/name.ts";
import { type Cpe, parseCpe } from "../../readers/cpe.ts";
import { type Likeness, likenessTo } from "./likeness.ts";
import type { Known, Proposal, Use } from "./matches.ts";

/** What a text may mean, in no order and perhaps several times. */
export type Proposer = (use: Use) => readonly Proposal[];

const leastLikeness = 0.45;
const mostLike = 12;
const sameText = "the same text but for case, spaces and hyphens";

/** Proposes suppliers by id, name, vendor of a CPE name, then likeness. */
export function supplierProposer({ suppliers }: Known): Proposer {
  const names = [...suppliers.values()].flatMap(({ id, name }) => [id, name].map((text) => ({ id, text })));
  const byText = index(names, ({ text }) => fold(text));
  const near = likenessTo(names, leastLikeness);
  return ({ text }) => {
    const cpe = parseCpe(text);
    const said = cpe?.vendor ?? text;
    const exact = (byText.get(fold(said)) ?? []).map(({ id }) =>
      cpe
        ? proposal(`supplier:${id}`, "cpe", `vendor \`${cpe.vendor}\` of the CPE name`)
        : proposal(`supplier:${id}`, "text", sameText),
    );
    return [...exact, ...near(said, mostLike).map((found) => similar("supplier", found))];
  };
}

/** Proposes products by id, name (with or without the maker's), CPE name, package URL, then likeness. */
export function productProposer({ products, suppliers }: Known): Proposer {
  const all = [...products.values()];
  const names = all.flatMap((product) => namesOf(product).map((text) => ({ id: product.id, text })));
  const byText = index(names, ({ text }) => fold(text));
  const cpes = all.flatMap(({ id, cpe }) => {
    const parsed = cpe === null ? undefined : parseCpe(cpe);
    return parsed && cpe !== null ? [{ id, cpe, parsed }] : [];
  });
  const byCpe = index(cpes, ({ parsed }) => cpeKey(parsed));
  const byCpeProduct = index(cpes, ({ parsed }) => fold(parsed.product));
  const byPurl = index(
    all.filter(({ purl }) => purl !== null),
    ({ purl }) => purlKey(purl ?? ""),
  );
  const near = likenessTo(names, leastLikeness);
  const maker = (id: string) => products.get(id)?.supplier ?? "";

  function namesOf({ id, name, supplier }: Product): readonly string[] {
    return [id, name, `${suppliers.get(supplier)?.name ?? supplier} ${name}`];
  }
  return ({ text, makers }) => {
    const cpe = parseCpe(text);
    const purl = purlKey(text);
    const named = cpe ? byCpe.get(cpeKey(cpe)) : byCpeProduct.get(fold(text));
    const packaged = purl === undefined ? undefined : byPurl.get(purl);
    return [
      ...(byText.get(fold(text)) ?? []).map(({ id }) => proposal(`product:${id}`, "text", sameText)),
      ...(named ?? []).map(({ id, cpe }) =>
        proposal(`product:${id}`, "cpe", `product part of its CPE name \`${cpe}\``),
      ),
      ...(packaged ?? []).map(({ id }) =>
        proposal(`product:${id}`, "purl", "the same package URL but for the version"),
      ),
      ...near(cpe?.product ?? text, mostLike)
        .filter(({ candidate }) => makers.size === 0 || makers.has(maker(candidate.id)))
        .map((found) => similar("product", found)),
    ];
  };
}

/** Proposes releases that evidence speaks of: the same version written otherwise, never one that only looks alike. */
export function releaseProposer({ releases }: Known): Proposer {
  const byVersion = index(releases, ({ product, release }) => JSON.stringify([product, version(release)]));
  const reason = "the same version but for case, spaces and a leading word";
  return ({ text, product }) =>
    (byVersion.get(JSON.stringify([product, version(text)])) ?? []).map(({ release }) =>
      proposal(`release:${product}@${release}`, "text", reason),
    );
}

/** Proposes what an unsigned row of the working copy says. */
export function aliasProposer({ aliases }: Known): Proposer {
  const unsigned = aliases.filter(({ signed }) => !signed);
  const byText = index(unsigned, ({ aliasOf, text }) => `${aliasOf} ${fold(text)}`);
  return ({ column, text, product }) => {
    const kind = column === "maker" ? "supplier" : column;
    return (byText.get(`${kind} ${fold(text)}`) ?? [])
      .filter((alias) => kind !== "release" || alias.product === product)
      .map(({ id }) => {
        const as = kind === "release" ? `release:${product}@${id}` : `${kind}:${id}`;
        return proposal(as, "alias", "an unsigned row of `aliases.csv` says so");
      });
  };
}

/** `Release 21.3`, `R21.3` and `v21.3` are written for 21.3. */
function version(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return plain.replace(/^(release|version|rel|ver|r|v)[ .]{0,2}(?=\d)/, "");
}

function cpeKey({ part, vendor, product }: Cpe): string {
  return JSON.stringify([part, vendor, product]);
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

function index<T>(things: readonly T[], keyOf: (thing: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const same = key === undefined ? undefined : found.get(key);
    if (same) same.push(thing);
    else if (key !== undefined) found.set(key, [thing]);
  }
  return found;
}

function proposal(as: string, by: Proposal["by"], reason: string): Proposal {
  return { as, by, score: 1, reason };
}

function similar(kind: "supplier" | "product", { candidate, score }: Likeness): Proposal {
  const rounded = Math.round(score * 100) / 100;
  const reason = `like \`${candidate.text}\` by ${rounded.toFixed(2)}`;
  return { as: `${kind}:${candidate.id}`, by: "similarity", score: rounded, reason };
}
