import type { Day } from "../model/day.ts";
import type { Bill, KnownDocument, Named, VulnerabilityClaim } from "../model/document.ts";
import type { DocumentPredicate } from "../model/statement.ts";
import type { Claim, Knowledge } from "./knowledge.ts";
import { type Confidence, type Deployed, type Grammar, type Mention, releaseMatcher } from "./release-match.ts";

/** A document, and who vouches for it; without: what it says decides nothing. */
export interface Told {
  readonly document: KnownDocument;
  readonly by?: Claim<DocumentPredicate>;
}

/** What a document says of a vulnerability, or what a product is made of, and which products it means. */
export interface ToldClaim extends Told, Pick<VulnerabilityClaim, "vulnerability" | "names" | "state"> {
  readonly mention: Mention;
}
export interface ToldBill extends Told {
  readonly document: Bill;
  readonly mention: Mention;
}
export type About<T> = T & { readonly confidence: Exclude<Confidence, "none"> };

/** What documents say, found by the release they speak of. */
export interface DocumentIndex {
  readonly told: readonly Told[];
  readonly claims: readonly ToldClaim[];
  readonly bills: readonly ToldBill[];
  /** Vulnerability on a list of known exploited ones -> the day it was added (the earliest) and where that stands. */
  readonly exploited: ReadonlyMap<string, Told & { readonly added: Day }>;
  /** A vulnerability's names: its own, those that documents give for it, and those that they give for these. */
  namesOf(vulnerability: string): readonly string[];
  /** Day of the latest of these lists; null: there is none. */
  readonly lastList: Day | null;
  claimsAbout(deployed: Deployed): readonly About<ToldClaim>[];
  billsAbout(deployed: Deployed): readonly About<ToldBill>[];
}

/** Makes what documents say findable by the release they speak of, on a day. */
export function indexDocuments(knowledge: Knowledge, told: readonly Told[], asOf: Day): DocumentIndex {
  const { grammar } = knowledge.library;
  const matcher = releaseMatcher(knowledge, grammar, asOf);
  const bills = told.flatMap((one) => {
    const { document } = one;
    return document.kind === "bill"
      ? [{ ...one, document, mention: aboutOf(document, one.by?.says, matcher.mention) }]
      : [];
  });
  const claims = [
    ...bills.flatMap((one) => claimsOfBill(one, matcher.mention, grammar)),
    ...told.flatMap((one) => claimsOfAdvisory(one, asOf, matcher.mention)),
  ];
  return {
    told,
    claims,
    bills,
    exploited: exploitedBy(told, asOf),
    namesOf: namesIn(claims),
    lastList: lastListOf(told),
    claimsAbout: finder(claims, matcher.confidence),
    billsAbout: finder(bills, matcher.confidence),
  };
}

/** Where a list of exploited vulnerabilities has one, by whatever of its names. */
export function listedAs({ exploited, namesOf }: DocumentIndex, vulnerability: string) {
  const found = namesOf(vulnerability).find((name) => exploited.has(name));
  return found === undefined ? undefined : exploited.get(found);
}

type Meant = (named: Named) => Mention;
const unnamed: Named = { name: "", vendor: null, version: null, range: null, cpes: [], purls: [], digests: [] };

/** What a bill is about: as whoever vouches for it says in the workspace's own words, else as it says itself. */
function aboutOf({ about }: Bill, says: DocumentPredicate | undefined, mention: Meant): Mention {
  return restated(mention(about ?? unnamed), says, mention);
}

/** A mention in the words of whoever vouches for the document; of a release only if it names no more than one. */
function restated(own: Mention, says: DocumentPredicate | undefined, mention: Meant, oneRelease = true): Mention {
  if (says?.product === undefined) return own;
  const { products } = mention({ ...unnamed, name: says.product });
  const { release } = says;
  const named = release === undefined || !oneRelease ? own.named : { ...own.named, version: release, range: null };
  return { named, products, perhaps: [] };
}

/** In a bill, what is said of a part that is no product here is said of the whole: the part is in it. */
function claimsOfBill(
  { document, by, mention: about }: ToldBill,
  mention: Meant,
  { rangeHolds, sameVersion }: Grammar,
): readonly ToldClaim[] {
  const inside = Map.groupBy([...(document.about ? [document.about] : []), ...document.parts], sameName);
  // What is said of some versions of a part counts for the version that stands in the product.
  const stands = ({ version, range }: Named, part: Named): boolean | "unknown" => {
    if (version === null && range === null) return true;
    if (part.version === null) return "unknown";
    return version === null ? rangeHolds(range ?? "", part.version) : sameVersion(version, part.version);
  };
  const ofWhole = (product: Named): readonly Mention[] => {
    const parts = inside.get(sameName(product)) ?? [];
    const answers = new Set(parts.map((part) => stands(product, part)));
    if (answers.has(true) || answers.size === 0) return [about];
    const unsure = {
      ...about,
      named: { ...about.named, version: null, range: null, cpes: [], purls: [], digests: [] },
    };
    return answers.has("unknown") ? [unsure] : [];
  };
  return document.claims.flatMap(({ vulnerability, names, state, product }) => {
    const own = mention(product);
    const byDigest = product.digests.length > 0 ? [own] : [];
    const meant = own.products.length > 0 ? [own] : [...byDigest, ...ofWhole(product)];
    const said = { document, ...(by && { by }), vulnerability, ...(names && { names }), state };
    return meant.map((one) => ({ ...said, mention: one }));
  });
}

function sameName({ name, vendor }: Named): string {
  return JSON.stringify([name, vendor]);
}

function claimsOfAdvisory({ document, by }: Told, asOf: Day, mention: Meant): readonly ToldClaim[] {
  if (document.kind !== "advisory" || document.released > asOf) return [];
  const one = (key: (named: Named) => unknown) =>
    new Set(document.claims.map(({ product }) => JSON.stringify(key(product)))).size === 1;
  const ofOneProduct = one(({ vendor, name }) => [vendor, name]);
  const ofOneRelease = one(({ version, range }) => [version, range]);
  return document.claims.map(({ vulnerability, names, state, product }) => {
    const own = mention(product);
    // Who vouches for an advisory on many products cannot mean all of them by one.
    const says = own.products.length === 0 && ofOneProduct ? by?.says : undefined;
    const meant = restated(own, says, mention, ofOneRelease);
    return { document, ...(by && { by }), vulnerability, ...(names && { names }), state, mention: meant };
  });
}

/** Names belong together that stand together in some claim, and those that belong to one of these; each is looked at once. */
function namesIn(claims: readonly ToldClaim[]): DocumentIndex["namesOf"] {
  const beside = new Map<string, Set<string>>();
  for (const { vulnerability, names = [] } of claims) {
    for (const name of names) {
      beside.set(vulnerability, (beside.get(vulnerability) ?? new Set()).add(name));
      beside.set(name, (beside.get(name) ?? new Set()).add(vulnerability));
    }
  }
  const groups = new Map<string, readonly string[]>();
  for (const start of beside.keys()) {
    if (groups.has(start)) continue;
    const found = new Set([start]);
    // A set hands out what is added to it while it is gone through.
    for (const name of found) for (const other of beside.get(name) ?? []) found.add(other);
    const group = [...found];
    for (const name of group) groups.set(name, group);
  }
  return (vulnerability) => groups.get(vulnerability) ?? [vulnerability];
}

function lastListOf(told: readonly Told[]): Day | null {
  const days = told.flatMap(({ document, by }) =>
    // What was vouched for on a day cannot have been published after it, whatever it says.
    document.kind === "exploited"
      ? ([document.released, by?.by.signedOn].filter((day) => day != null).sort()[0] ?? [])
      : [],
  );
  return days.sort().at(-1) ?? null;
}

function exploitedBy(told: readonly Told[], asOf: Day): DocumentIndex["exploited"] {
  const found = new Map<string, Told & { readonly added: Day }>();
  for (const { document, by } of told) {
    if (document.kind !== "exploited") continue;
    for (const { id, added } of document.vulnerabilities) {
      const held = found.get(id);
      if (added <= asOf && (!held || added < held.added)) found.set(id, { document, ...(by && { by }), added });
    }
  }
  return found;
}

/** Finds what means a release, each release looked for once. */
function finder<T extends { readonly mention: Mention }>(
  all: readonly T[],
  confidence: (mention: Mention, deployed: Deployed) => Confidence,
): (deployed: Deployed) => readonly About<T>[] {
  const byProduct = groupByEach(all, ({ mention }) => mention.products);
  const byDigest = groupByEach(all, ({ mention }) => mention.named.digests);
  const found = new Map<string, readonly About<T>[]>();
  return (deployed) => {
    if (all.length === 0) return [];
    const { product, release, digest } = deployed;
    const name = JSON.stringify([product, release, digest]);
    const held = found.get(name);
    if (held) return held;
    const near = new Set([
      ...(byProduct.get(product ?? "") ?? []),
      ...(byDigest.get(digest?.toLowerCase() ?? "") ?? []),
    ]);
    const about = [...near].flatMap((one) => {
      const sure = confidence(one.mention, deployed);
      return sure === "none" ? [] : [{ ...one, confidence: sure }];
    });
    found.set(name, about);
    return about;
  };
}

function groupByEach<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    for (const key of keysOf(one)) {
      const same = found.get(key);
      if (same) same.push(one);
      else found.set(key, [one]);
    }
  }
  return found;
}
