import { endOf } from "../facts/certificate-level.ts";
import { latestWord } from "../facts/contested.ts";
import { resolve } from "../facts/suppliers.ts";
import type { Due } from "../model/assessment.ts";
import { addDays, addYears, type Day } from "../model/day.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import type { Finding } from "../model/problem.ts";
import type { CertificateClaim } from "../model/statement.ts";
import type { Workspace } from "./workspace.ts";

const daysBefore = 400;
const yearsAfter = 5;
const mostDue = 500;

type Entry = Due & { readonly day: Day };

/** What ends or begins around the as-of day: the first 500, and a finding that counts the others. */
export interface DueDays {
  readonly due: readonly Due[];
  readonly findings: readonly Finding[];
}

/**
 * Terms of certificates, next days of registers, ends of exceptions, first and last days of rules, from 400 days before
 * the as-of day to five years after it; sorted by day, kind and id. `elements`: for a certificate those of the very
 * product and version text that it names (one with several operators counts for each); for an exception the verdicts
 * that it admits; else 0, for it cannot be told.
 */
export function dueOf(
  workspace: Workspace,
  keys: readonly EquipmentKey[],
  exceptions: readonly { readonly id: string; readonly file: string; readonly verdicts: number }[],
): DueDays {
  const [from, until] = [addDays(workspace.asOf, -daysBefore), addYears(workspace.asOf, yearsAfter)];
  const all = [
    ...certificates(workspace, keys),
    ...registers(workspace),
    ...endOfExceptions(workspace, exceptions),
    ...rules(workspace),
  ].filter(({ day }) => from <= day && day <= until);
  const due = [...new Map(all.sort(inOrder).map((entry) => [`${sortName(entry)} ${entry.title}`, entry])).values()];
  return { due: due.slice(0, mostDue), findings: due.length > mostDue ? [beyond(due)] : [] };
}

function sortName({ day, kind, id }: Due): string {
  return `${day} ${kind} ${id}`;
}

/** Of one certificate that is on file and in a register, the later one in this order is shown. */
function inOrder(a: Entry, b: Entry): number {
  const [first, second] = [`${sortName(a)}\n${a.file}`, `${sortName(b)}\n${b.file}`];
  return first < second ? -1 : Number(first > second);
}

/** The last day of each certificate as every signer last spoke of it; without a stated end, as its scheme allows. */
function certificates(workspace: Workspace, keys: readonly EquipmentKey[]): readonly Entry[] {
  const { knowledge } = workspace;
  const schemes = new Map(
    workspace.packs.flatMap(({ pack }) => (pack.manifest.schemes ?? []).map((scheme) => [scheme.id, scheme] as const)),
  );
  const elements = elementsOf(workspace, keys);
  return latestWord(knowledge.certificates).flatMap(({ says, by }): readonly Entry[] => {
    const scheme = schemes.get(says.scheme);
    const day = scheme ? endOf(says, scheme) : says.until;
    if (day === undefined || says.status === "withdrawn") return [];
    const { certificateId: id, product, release, issued } = says;
    const title = `${product} ${release}, ${says.scheme}`;
    const named = resolve(knowledge, "product", product, issued).id ?? product;
    return [{ day, kind: "certificate", id, title, file: by.file, elements: elements(named, release) }];
  });
}

/** How many elements there are of a product and version text, products as the tables and signed aliases name them. */
function elementsOf({ knowledge, asOf }: Workspace, keys: readonly EquipmentKey[]) {
  const name = (product: string, release: CertificateClaim["release"]) => JSON.stringify([product, release]);
  const counts = new Map<string, number>();
  for (const { product, release, elements } of keys) {
    if (product === null || release === null) continue;
    const of = name(resolve(knowledge, "product", product, asOf).id ?? product, release);
    counts.set(of, (counts.get(of) ?? 0) + elements);
  }
  return (product: string, release: string) => counts.get(name(product, release)) ?? 0;
}

function registers({ knowledge }: Workspace): readonly Entry[] {
  return knowledge.latest.map(({ says, by }): Entry => {
    const { register, operator, schemes = [], edition, nextDue: day } = says;
    const keeper = operator ?? by.signers.map(({ party }) => party).join(", ");
    const title = `edition ${edition + 1} of the register of ${register}${schemes.length > 0 ? ` (${schemes.join(", ")})` : ""}`;
    return { day, kind: "register", id: `${register} ${keeper}`, title, file: by.file, elements: 0 };
  });
}

function endOfExceptions(
  { exceptions }: Workspace,
  uses: readonly { readonly id: string; readonly file: string; readonly verdicts: number }[],
): readonly Entry[] {
  return exceptions
    .filter(({ state }) => state !== "superseded" && state !== "not-waivable")
    .map(({ claim: { says, by } }): Entry => {
      const { exceptionId: id, reason: title, until: day } = says;
      const elements = uses.find((use) => use.id === id && use.file === by.file)?.verdicts ?? 0;
      return { day, kind: "exception", id, title, file: by.file, elements };
    });
}

function rules({ packs }: Workspace): readonly Entry[] {
  return packs.flatMap(({ pack }) =>
    pack.rules.flatMap(({ id, title, from, until, file }) =>
      [from, until].flatMap((day): readonly Entry[] =>
        day === undefined ? [] : [{ day, kind: "rule", id, title, file: `packs/${pack.name}/${file}`, elements: 0 }],
      ),
    ),
  );
}

function beyond(due: readonly Due[]): Finding {
  const last = due[mostDue - 1]!.day;
  return {
    kind: "finding",
    code: "more-due",
    title: `${due.length - mostDue} more days on which something ends or begins are not listed`,
    detail: `the list ends on ${last}; a later \`--as-of\` moves it`,
    who: "operator",
    verdicts: 0,
    places: [],
  };
}
