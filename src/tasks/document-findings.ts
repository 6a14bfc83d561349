import type { DocumentIndex } from "../facts/document-index.ts";
import { allDocuments, digestsOf, vouchersOf } from "../facts/documents.ts";
import { forOperator, type Setting } from "../facts/setting.ts";
import { identify } from "../facts/subject.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import type { Finding } from "../model/problem.ts";
import { listed, placesOf, type Running } from "./document-words.ts";
import type { Documents } from "./documents.ts";
import { partFindings } from "./part-findings.ts";
import { vulnerabilityFindings } from "./vulnerability-findings.ts";

/**
 * What documents say of the releases in the network, vouched for or not. None of it decides: vulnerabilities by release,
 * parts by makers with a role, parts that products of several makers have in common, and what the documents lack.
 */
export function documentFindings(
  { present }: Documents,
  setting: Setting,
  keys: readonly EquipmentKey[],
): readonly Finding[] {
  const { library, documents: statements } = setting.knowledge;
  if (library.documents.length === 0 && statements.length === 0) return [];
  const running = runningReleases(setting, keys);
  return [
    ...vulnerabilityFindings(running),
    ...partFindings(setting, running),
    ...strangers(setting, running),
    ...adrift(setting, present),
  ];
}

function runningReleases(setting: Setting, keys: readonly EquipmentKey[]): readonly Running[] {
  const found = new Map<DocumentIndex, Map<string, Running>>();
  for (const key of keys) {
    const { knowledge, asOf } = forOperator(setting, key.operator);
    const index = allDocuments(knowledge, asOf);
    const { maker, product } = identify(setting, key);
    const release = { product: product.id ?? key.product, release: key.release, digest: key.digest };
    const one = { ...release, maker: maker.id ?? key.maker };
    const name = JSON.stringify(Object.values(one));
    const same = found.get(index) ?? new Map<string, Running>();
    found.set(index, same);
    same.set(name, { ...one, index, elements: key.elements + (same.get(name)?.elements ?? 0) });
  }
  return [...found.values()].flatMap((same) => [...same.values()]);
}

/** Bills and advisories that name no product of the workspace, by whatever operator's aliases. */
function strangers({ knowledge, asOf }: Setting, running: readonly Running[]): readonly Finding[] {
  const indexes = new Set([allDocuments(knowledge, asOf), ...running.map(({ index }) => index)]);
  const known = new Set<string>();
  for (const { claims, bills } of indexes)
    for (const { document, mention } of [...claims, ...bills])
      if (mention.products.length > 0) known.add(document.file);
  for (const one of running)
    for (const { document } of [...one.index.claimsAbout(one), ...one.index.billsAbout(one)]) known.add(document.file);
  const strange = knowledge.library.documents.filter(({ kind, file }) => kind !== "exploited" && !known.has(file));
  if (strange.length === 0) return [];
  const files = strange.map(({ file }) => file);
  return [
    {
      kind: "finding",
      code: "document-unmatched",
      title: `documents that name no product of the workspace: ${files.length}`,
      detail: `${listed(files)}; CPE names and package URLs in products.csv, and signed aliases, tell what they mean`,
      who: "operator",
      verdicts: 0,
      places: placesOf(files),
    },
  ];
}

/** Statements that vouch for a document that does not lie here, or that is of another format than they say. */
function adrift({ knowledge }: Setting, present: ReadonlySet<string>): readonly Finding[] {
  const taken = new Set(
    knowledge.library.documents.flatMap((document) => vouchersOf(knowledge, document, "self-declared")),
  );
  const known = new Set(knowledge.library.documents.map(({ digest }) => digest));
  const missing = knowledge.documents.filter((claim) => !digestsOf(claim).some((digest) => present.has(digest)));
  const other = knowledge.documents.filter(
    (claim) => !taken.has(claim) && digestsOf(claim).some((digest) => known.has(digest)),
  );
  const finding = (code: string, title: string, detail: string, files: readonly string[]): readonly Finding[] => {
    if (files.length === 0) return [];
    const text = `${listed(files)}: ${detail}`;
    return [{ kind: "finding", code, title, detail: text, who: "operator", verdicts: 0, places: placesOf(files) }];
  };
  return [
    ...finding(
      "document-missing",
      `statements that vouch for a document that is not here: ${missing.length}`,
      "put the document into `evidence/` as it was signed; one changed byte makes it another",
      missing.map(({ by }) => by.file),
    ),
    ...finding(
      "document-format",
      `statements that vouch for a document of another format than it has: ${other.length}`,
      "have it vouched for as what it is",
      other.map(({ by }) => by.file),
    ),
  ];
}
