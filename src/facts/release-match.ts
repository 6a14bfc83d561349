import type { Day } from "../model/day.ts";
import type { KnownDocument, Named } from "../model/document.ts";
import type { Knowledge } from "./knowledge.ts";
import { resolve, successorOn } from "./suppliers.ts";

/**
 * How sure it is that a document speaks of a release: its digest or exact version is named, its version lies inside a
 * range that is named, only its product is named (or what is named cannot be compared), or it is not meant.
 */
export type Confidence = "exact" | "range" | "product" | "none";

/** From the surest to the least sure. */
export const confidences: readonly Confidence[] = ["exact", "range", "product", "none"];

/** What the formats' own grammars tell. Readers know them; this room may not import readers. */
export interface Grammar {
  /** The product that a CPE name or package URL names, without its version, and that; `undefined`: it names none. */
  readonly identifier: (text: string) => Identified | undefined;
  /** Whether an exact version lies inside a range. */
  readonly rangeHolds: (range: string, version: string) => boolean | "unknown";
  /** Whether a document's text for a version and the text of one that runs are the same version. */
  readonly sameVersion: (named: string, running: string) => boolean | "unknown";
}

/** What a CPE name or package URL names. */
export interface Identified {
  readonly product: string;
  readonly version: string | null;
  /** More than the version is named: only some variants of it are meant. */
  readonly narrowed: boolean;
  /** It has wildcards in the name: whether the product with another identifier may be meant. */
  readonly covers?: (identifier: string) => boolean;
}

/** The documents without a signature of their own that could be read, by file; and how to read what they name. */
export interface Library {
  readonly documents: readonly KnownDocument[];
  readonly grammar: Grammar;
}

export const emptyLibrary: Library = {
  documents: [],
  grammar: { identifier: () => undefined, rangeHolds: () => "unknown", sameVersion: () => "unknown" },
};

/** What a document names, with the products of the workspace that it means; none: it may still mean one by digest. */
export interface Mention {
  readonly named: Named;
  readonly products: readonly string[];
  /** Those of the products that only a wildcard may mean. */
  readonly perhaps: readonly string[];
}

/** A release in the network. `product` null: which product it is of is not known. */
export interface Deployed {
  readonly product: string | null;
  readonly release: string | null;
  readonly digest: string | null;
}

export interface Matcher {
  /**
   * Which products a name means: those whose id it is (unless the document names another maker), whose CPE name or
   * package URL it carries, or that a signed alias of its text names. A maker's name alone means no product.
   */
  mention(named: Named): Mention;
  /**
   * How sure it is that a mention speaks of a release: digest before exact version before range before product. Two
   * digests that differ leave it at the product, for what was hashed need not be the same thing.
   */
  confidence(mention: Mention, deployed: Deployed): Confidence;
}

/** Matches what documents name with what runs, by identity as for certificates, on a day. Never by likeness. */
export function releaseMatcher(knowledge: Knowledge, grammar: Grammar, day: Day): Matcher {
  const mention = productFinder(knowledge, grammar, day);
  const meanings = releaseMeanings(knowledge, day);
  const confidence = ({ named, products, perhaps }: Mention, { product, release, digest }: Deployed): Confidence => {
    if (digest !== null && named.digests.includes(digest.toLowerCase())) return "exact";
    if (product === null || !products.includes(product)) return "none";
    if (release === null) return "product";
    const means = (version: string) => meanings(product, version);
    const found = byVersion(grammar, named, release, means);
    const differs = (digest !== null && named.digests.length > 0) || perhaps.includes(product);
    return differs && found !== "none" ? "product" : found;
  };
  return { mention, confidence };
}

function productFinder(knowledge: Knowledge, { identifier }: Grammar, day: Day): (named: Named) => Mention {
  const { products } = knowledge.companies;
  const keys = [...products.values()].flatMap(({ id, cpe, purl }) =>
    [cpe, purl].flatMap((text) => (text === null ? [] : (identifier(text) ?? []))).map(({ product }) => [product, id]),
  );
  const byIdentifier = Map.groupBy(keys, ([key]) => key);
  const resolved = new Map<string, string | undefined>();
  const meant = (kind: "supplier" | "product", text: string) => {
    const name = `${kind} ${text}`;
    if (!resolved.has(name)) resolved.set(name, resolve(knowledge, kind, text, day).id);
    return resolved.get(name);
  };
  const today = (supplier: string) => successorOn(knowledge, supplier, day);
  const ofOtherMaker = (id: string, vendor: string | null) => {
    const maker = vendor === null ? undefined : meant("supplier", vendor);
    const own = products.get(id)?.supplier;
    return maker !== undefined && own !== undefined && today(maker) !== today(own);
  };
  return (named) => {
    const texts = named.vendor === null ? [named.name] : [named.name, `${named.vendor} ${named.name}`];
    const spelt = texts.flatMap((text) => meant("product", text) ?? []).filter((id) => !ofOtherMaker(id, named.vendor));
    const identified = [...named.cpes, ...named.purls]
      .flatMap((text) => identifier(text) ?? [])
      .flatMap(({ product }) => byIdentifier.get(product)?.flatMap(([, id]) => id ?? []) ?? []);
    const sure = new Set([...spelt, ...identified]);
    const perhaps = coveredBy(named).filter((id) => !sure.has(id));
    return { named, products: [...sure, ...perhaps].sort(), perhaps };
  };

  /** A wildcard in a name is not resolved: the document may mean the product, and only its maker knows. */
  function coveredBy({ cpes }: Named): readonly string[] {
    const patterns = cpes.flatMap((text) => identifier(text)?.covers ?? []);
    if (patterns.length === 0) return [];
    const own = [...products.values()].filter(({ cpe }) => cpe !== null && patterns.some((covers) => covers(cpe)));
    return own.map(({ id }) => id);
  }
}

/** A version text of a product, and what signed aliases in force say that it means. */
function releaseMeanings(knowledge: Knowledge, day: Day): (product: string, text: string) => readonly string[] {
  const inForce = knowledge.aliases.filter(
    ({ says }) => says.aliasOf === "release" && (says.from ?? day) <= day && day <= (says.until ?? day),
  );
  const byText = Map.groupBy(inForce, ({ says }) => says.text);
  return (product, text) => {
    const aliases = byText.get(text) ?? [];
    return [text, ...aliases.filter(({ says }) => (says.product ?? product) === product).map(({ says }) => says.id)];
  };
}

function byVersion(
  { identifier, rangeHolds, sameVersion }: Grammar,
  named: Named,
  release: string,
  means: (version: string) => readonly string[],
): Confidence {
  const running = means(release);
  const versions = versionsOf(named, identifier);
  if (versions.length > 0) {
    const answers = versions.map(({ version, narrowed }) => {
      const same = means(version).flatMap((one) => running.map((other) => sameVersion(one, other)));
      if (same.includes(true)) return narrowed ? "unknown" : true;
      return same.includes("unknown") ? "unknown" : false;
    });
    if (answers.includes(true)) return "exact";
    return answers.includes("unknown") ? "product" : "none";
  }
  const { range } = named;
  if (range === null) return "product";
  const answers = new Set(running.map((version) => rangeHolds(range, version)));
  if (answers.has("unknown") || answers.size > 1) return "product";
  return answers.has(true) ? "range" : "none";
}

type Version = Pick<Identified, "narrowed"> & { readonly version: string };

/** The version a document gives; else those inside its identifiers, unless it gives a range. */
function versionsOf({ version, range, cpes, purls }: Named, identifier: Grammar["identifier"]): readonly Version[] {
  if (version !== null) return [{ version, narrowed: false }];
  if (range !== null) return [];
  return [...cpes, ...purls].flatMap((text) => {
    const found = identifier(text);
    return found?.version == null ? [] : [{ version: found.version, narrowed: found.narrowed }];
  });
}
