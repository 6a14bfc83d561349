import type { TableName } from "../model/columns.ts";
import type { Evidence, Grade } from "../model/evidence.ts";
import type { Source } from "../model/fact.ts";
import type { Companies } from "../model/inventory.ts";
import type {
  AliasPredicate,
  CertificateClaim,
  DeclarationClaim,
  DocumentPredicate,
  ExceptionPredicate,
  OrderClaim,
  OversightPredicate,
  RegisterPredicate,
  TestResultPredicate,
  UpdatePredicate,
} from "../model/statement.ts";
import { emptyLibrary, type Library } from "./release-match.ts";

/** Something a checked statement says, alone or as an entry of a register, with the evidence it came from. */
export interface Claim<T> {
  readonly says: T;
  readonly by: Evidence;
}

/** All that is known at known-at, sorted by what it speaks of; the same for every pack. */
export interface Knowledge {
  readonly companies: Companies;
  /** Tables of which something could not be read: what they do not say may be what was lost. */
  readonly damaged: ReadonlySet<TableName>;
  readonly aliases: readonly Claim<AliasPredicate>[];
  readonly certificates: readonly Claim<CertificateClaim>[];
  readonly updates: readonly Claim<UpdatePredicate>[];
  readonly orders: readonly Claim<OrderClaim>[];
  readonly notices: readonly Claim<DeclarationClaim>[];
  readonly guarantees: readonly Claim<DeclarationClaim>[];
  readonly oversight: readonly Claim<OversightPredicate>[];
  readonly tests: readonly Claim<TestResultPredicate>[];
  /** Two people each signed these; whether their role may waive the rules is for whoever has the pack to say. */
  readonly exceptions: readonly Claim<ExceptionPredicate>[];
  /** Unsigned documents that somebody vouches for; the subject carries the digest. */
  readonly documents: readonly Claim<DocumentPredicate>[];
  /** The documents themselves, vouched for or not. */
  readonly library: Library;
  readonly registers: readonly Claim<RegisterPredicate>[];
  /** The highest edition of each register (of two with one number, the one signed later), sorted. */
  readonly latest: readonly Claim<RegisterPredicate>[];
  /** Those of them below whose number an edition is missing: something was taken away. */
  readonly gapped: ReadonlySet<Claim<RegisterPredicate>>;
}

/** Sorts checked evidence by kind; entries of registers become claims of the register's own grade. */
export function gatherKnowledge(
  evidence: readonly Evidence[],
  companies: Companies,
  damaged: ReadonlySet<TableName> = new Set(),
  library: Library = emptyLibrary,
): Knowledge {
  const said = {
    aliases: [] as Claim<AliasPredicate>[],
    certificates: [] as Claim<CertificateClaim>[],
    updates: [] as Claim<UpdatePredicate>[],
    orders: [] as Claim<OrderClaim>[],
    notices: [] as Claim<DeclarationClaim>[],
    guarantees: [] as Claim<DeclarationClaim>[],
    oversight: [] as Claim<OversightPredicate>[],
    tests: [] as Claim<TestResultPredicate>[],
    exceptions: [] as Claim<ExceptionPredicate>[],
    documents: [] as Claim<DocumentPredicate>[],
    registers: [] as Claim<RegisterPredicate>[],
  };
  for (const by of evidence) {
    const { statement } = by;
    switch (statement.kind) {
      case "alias":
        said.aliases.push({ says: statement.predicate, by });
        break;
      case "certificate":
        said.certificates.push({ says: statement.predicate, by });
        break;
      case "update-statement":
        said.updates.push({ says: statement.predicate, by });
        break;
      case "order":
        said.orders.push({ says: statement.predicate, by });
        break;
      case "declaration":
        said[statement.predicate.declaration === "notice" ? "notices" : "guarantees"].push({
          says: statement.predicate,
          by,
        });
        break;
      case "oversight":
        said.oversight.push({ says: statement.predicate, by });
        break;
      case "test-result":
        said.tests.push({ says: statement.predicate, by });
        break;
      case "exception":
        said.exceptions.push({ says: statement.predicate, by });
        break;
      case "shares":
        // Counts of a network say nothing of any equipment; `assess --from-shares` adds them up.
        break;
      case "document":
        said.documents.push({ says: statement.predicate, by });
        break;
      case "register":
        said.registers.push({ says: statement.predicate, by });
        break;
      default:
        statement satisfies never;
    }
  }
  const latest = latestEditions(said.registers);
  const gapped = new Set(latest.filter((claim) => hasGap(claim, said.registers)));
  return { companies, damaged, library, ...said, latest, gapped, ...withEntries(said, latest) };
}

/** Entries of the latest edition of every register, as claims beside the single statements. */
function withEntries(
  said: Pick<Knowledge, "certificates" | "orders" | "notices" | "guarantees">,
  latest: Knowledge["latest"],
) {
  const entries = <T>(kind: RegisterPredicate["register"]) =>
    latest
      .filter(({ says }) => says.register === kind)
      .flatMap(({ says, by }) => says.entries.map((entry) => ({ says: entry as T, by })));
  return {
    certificates: [...said.certificates, ...entries<CertificateClaim>("certificates")],
    orders: [...said.orders, ...entries<OrderClaim>("orders")],
    notices: [...said.notices, ...entries<DeclarationClaim>("notices")],
    guarantees: [...said.guarantees, ...entries<DeclarationClaim>("guarantees")],
  };
}

/** What makes two documents editions of one register: kind, who keeps it, and whose or which schemes it lists. */
function registerName(claim: Claim<RegisterPredicate>): string {
  const { register, operator, schemes } = claim.says;
  const keeper = claim.by.signers
    .map(({ party }) => party)
    .sort()
    .join("+");
  return [register, keeper, operator ?? "", [...(schemes ?? [])].sort().join("+")].join("|");
}

function hasGap(claim: Claim<RegisterPredicate>, registers: readonly Claim<RegisterPredicate>[]): boolean {
  const name = registerName(claim);
  const editions = new Set(registers.filter((other) => registerName(other) === name).map(({ says }) => says.edition));
  return editions.size !== Math.max(...editions) - Math.min(...editions) + 1;
}

function latestEditions(registers: readonly Claim<RegisterPredicate>[]): readonly Claim<RegisterPredicate>[] {
  const latest = new Map<string, Claim<RegisterPredicate>>();
  for (const claim of registers) {
    const name = registerName(claim);
    const held = latest.get(name);
    if (!held || isLater(claim, held)) latest.set(name, claim);
  }
  return [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim);
}

function isLater(a: Claim<RegisterPredicate>, b: Claim<RegisterPredicate>): boolean {
  if (a.says.edition !== b.says.edition) return a.says.edition > b.says.edition;
  return `${a.by.signedOn}${a.by.digest}` > `${b.by.signedOn}${b.by.digest}`;
}

const views = new WeakMap<Knowledge, Map<string, Knowledge>>();

/**
 * What is known as one operator's elements are concerned: a name that another operator's people confirmed counts for
 * that operator alone; one confirmed by anybody else (an authority's approver, say) counts for all.
 */
export function seenBy(knowledge: Knowledge, operator: string): Knowledge {
  const { operators } = knowledge.companies;
  const counts = ({ by }: Claim<AliasPredicate>) =>
    by.signers.some(({ party }) => party === operator || !operators.has(party));
  if (knowledge.aliases.every(counts)) return knowledge;
  const known = views.get(knowledge) ?? new Map<string, Knowledge>();
  views.set(knowledge, known);
  const view = known.get(operator) ?? { ...knowledge, aliases: knowledge.aliases.filter(counts) };
  known.set(operator, view);
  return view;
}

/** A claim as the source of a fact. `day`: since when what it says has force. */
export function sourceOf(claim: Claim<unknown>, id: string, text: string, day?: string): Source {
  const grade: Grade = claim.by.grade;
  const signer = claim.by.signers.map((key) => key.id).join(", ");
  return { kind: "statement", file: claim.by.file, id, signer, grade, text, ...(day !== undefined && { day }) };
}
