import { makerOfPart } from "../facts/contract-parts.ts";
import type { About, ToldBill } from "../facts/document-index.ts";
import { hasRole, holdersOf } from "../facts/roles.ts";
import type { Setting } from "../facts/setting.ts";
import { resolve, successorOn } from "../facts/suppliers.ts";
import type { Bill, Part } from "../model/document.ts";
import type { Finding } from "../model/problem.ts";
import { byDocument, elementsText, listed, nameOf, placesOf, type Running } from "./document-words.ts";

const mostCommon = 20;

/** A release and the bills that say what it is made of. */
interface Built {
  readonly running: Running;
  readonly bills: readonly About<ToldBill>[];
}

/** Parts by makers with a role, parts that several makers' products have in common, and bills that are not complete. */
export function partFindings(setting: Setting, running: readonly Running[]): readonly Finding[] {
  const built = running
    .map((one): Built => ({ running: one, bills: one.index.billsAbout(one) }))
    .filter(({ bills }) => bills.length > 0);
  const idOf = makerIds(setting);
  return [...byRole(setting, built, idOf), ...inCommon(built, idOf), ...incomplete(setting)];
}

type IdOf = (maker: string) => string | undefined;

/** Supplier ids of the makers that bills name, by id or signed alias. */
function makerIds({ knowledge, asOf }: Setting): IdOf {
  const known = new Map<string, string | undefined>();
  return (maker) => {
    if (known.has(maker)) return known.get(maker);
    const { id } = resolve(knowledge, "supplier", maker, asOf);
    const today = id === undefined ? undefined : successorOn(knowledge, id, asOf);
    known.set(maker, today);
    return today;
  };
}

function byRole(setting: Setting, built: readonly Built[], idOf: IdOf): readonly Finding[] {
  const byBill = Map.groupBy(
    built.flatMap(({ running, bills }) => bills.map((bill) => ({ running, bill }))),
    ({ bill }) => bill.document.file,
  );
  return Object.keys(setting.roles)
    .sort()
    .flatMap((role) => {
      const holders = holdersOf(setting, role);
      if (holders.kind === "unfilled") return [];
      return [...byBill.values()].flatMap((releases): readonly Finding[] => {
        const { bill } = releases[0]!;
        const parts = Map.groupBy(bill.document.parts, makerOfPart);
        const found = [...parts].flatMap(([name, same]) => {
          const id = name === null ? undefined : idOf(name);
          return id !== undefined && hasRole(setting, holders, id).known === true ? [{ id, count: same.length }] : [];
        });
        if (found.length === 0) return [];
        const elements = releases.reduce((sum, one) => sum + one.running.elements, 0);
        const count = found.reduce((sum, one) => sum + one.count, 0);
        const makers = [...new Set(found.map(({ id }) => `\`${id}\``))].sort();
        const names = [...new Set(releases.map((one) => `${nameOf(one.running)} (confidence ${one.bill.confidence})`))];
        return [
          {
            kind: "finding",
            code: "parts-by-role",
            title: `${count} ${count === 1 ? "part" : "parts"} by makers with the role \`${role}\` in ${elementsText(elements)}: ${listed(makers)}`,
            detail: `${listed(names.sort())}, by ${byDocument(bill)}`,
            who: "operator",
            verdicts: elements,
            places: placesOf([bill.document.file]),
          },
        ];
      });
    });
}

/** Elements by the maker of the product that a part, or a maker of parts, stands in. */
interface Common {
  readonly label: string;
  readonly elements: Map<string, number>;
  readonly files: Set<string>;
  /** Maker of the part, as `label` of the common maker; null for a part that names none. */
  readonly of: string | null;
}

/** What stands inside products of several makers: whoever buys from both to be safe still depends on one. */
function inCommon(built: readonly Built[], idOf: IdOf): readonly Finding[] {
  const makers = new Map<string, Common>();
  const parts = new Map<string, Common>();
  const groups = Map.groupBy(
    built.filter(({ running }) => running.maker !== null),
    ({ running, bills }) => JSON.stringify([running.maker, ...bills.map(({ document }) => document.file)]),
  );
  for (const same of groups.values()) {
    const { running, bills } = same[0]!;
    const elements = same.reduce((sum, one) => sum + one.running.elements, 0);
    const inside = new Map(bills.flatMap(({ document }) => contents(document, idOf)).map((one) => [one.key, one]));
    for (const { key, kind, label, of, file } of inside.values()) {
      const all = kind === "maker" ? makers : parts;
      const held = all.get(key) ?? { label, of, elements: new Map<string, number>(), files: new Set<string>() };
      all.set(key, held);
      held.elements.set(running.maker!, (held.elements.get(running.maker!) ?? 0) + elements);
      held.files.add(file);
    }
  }
  const several = (all: ReadonlyMap<string, Common>) => [...all.values()].filter(({ elements }) => elements.size > 1);
  const sharedParts = several(parts);
  const findings = [
    ...several(makers).map((maker) => {
      const shared = sharedParts.filter(({ of }) => of === maker.label).map(({ label }) => label);
      const which = shared.length > 0 ? `; the same parts: ${listed(shared.sort())}` : "";
      return commonFinding("common-part-maker", `parts by ${maker.label} stand`, maker, which);
    }),
    ...sharedParts
      .filter(({ of }) => of === null)
      .map((part) => commonFinding("common-part", `${part.label} stands`, part, "")),
  ].sort((a, b) => b.verdicts - a.verdicts || (a.title < b.title ? -1 : 1));
  return [...findings.slice(0, mostCommon), ...further(findings.slice(mostCommon))];
}

function contents({ file, parts }: Bill, idOf: IdOf) {
  return parts.flatMap((part) => {
    const named = makerOfPart(part);
    const maker = named === null ? null : `\`${idOf(named) ?? named}\``;
    const label = `part \`${part.name}\``;
    const one = { key: `part ${partKey(part, maker)}`, kind: "part" as const, label, of: maker, file };
    if (maker === null) return partKey(part, maker) === undefined ? [] : [one];
    return [{ key: `maker ${maker}`, kind: "maker" as const, label: maker, of: maker, file }, one];
  });
}

/** What makes two parts one: package URL or CPE name as written but for the version, else the same name by the same maker. */
function partKey({ name, purls, cpes }: Part, maker: string | null): string | undefined {
  const [purl] = purls;
  if (purl !== undefined) return purl.replace(/[@?#].*$/s, "");
  if (maker !== null) return JSON.stringify([maker, name]);
  const [cpe] = cpes;
  return cpe?.split(":").slice(0, 5).join(":");
}

function commonFinding(code: string, what: string, { elements, files }: Common, more: string): Finding {
  const makers = [...elements].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const names = makers.map(([maker, count]) => `\`${maker}\` (${elementsText(count)})`);
  return {
    kind: "finding",
    code,
    title: `${what} in products of ${makers.length} makers: ${listed(names)}`,
    detail: `by ${listed([...files].sort().map((file) => `\`${file}\``))}${more}`,
    who: "operator",
    verdicts: makers.reduce((sum, [, count]) => sum + count, 0),
    places: placesOf([...files].sort()),
  };
}

function further(rest: readonly Finding[]): readonly Finding[] {
  if (rest.length === 0) return [];
  return [
    {
      kind: "finding",
      code: "common-part",
      title: `further parts and makers of parts in products of several makers, not listed: ${rest.length}`,
      detail: `the ${mostCommon} in most elements stand apart`,
      who: "operator",
      verdicts: 0,
      places: [],
    },
  ];
}

function incomplete({ knowledge }: Setting): readonly Finding[] {
  const bills = knowledge.library.documents.flatMap((one) => (one.kind === "bill" && !isWhole(one) ? [one] : []));
  if (bills.length === 0) return [];
  const files = bills.map(({ file }) => file);
  const said = bills.filter(({ completeness }) => completeness === "incomplete").length;
  return [
    {
      kind: "finding",
      code: "bill-incomplete",
      title: `bills of materials that do not say that they list all parts: ${bills.length}`,
      detail: `${listed(files)}; ${said} of them say that parts are missing`,
      who: "maker",
      verdicts: 0,
      places: placesOf(files),
    },
  ];
}

/** A bill without any part may be a mere VEX: it has no parts to be complete. */
function isWhole({ completeness, parts, claims }: Bill): boolean {
  return completeness === "complete" || (parts.length === 0 && claims.length > 0);
}
