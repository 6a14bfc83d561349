import type { TableName } from "../model/columns.ts";
import type { Evidence, Grade, Unread } from "../model/evidence.ts";
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
  RemovalPredicate,
  TestResultPredicate,
  UpdatePredicate,
} from "../model/statement.ts";
import { endedExceptions, type Gone, goneEditions, goneFault, lostOf } from "./gone.ts";
import { mayBeOperator } from "./parties.ts";
import { type Fault, type Series, seriesOf } from "./register-series.ts";
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
  /** What two people signed to have left a network. */
  readonly removals: readonly Claim<RemovalPredicate>[];
  readonly registers: readonly Claim<RegisterPredicate>[];
  /** The latest edition of each register, sorted. */
  readonly latest: readonly Claim<RegisterPredicate>[];
  /** Each of them -> the other editions of its register, lowest number first. */
  readonly others: ReadonlyMap<Claim<RegisterPredicate>, readonly Claim<RegisterPredicate>[]>;
  /** Those of them that close nothing: an edition is missing, or their editions contradict each other. */
  readonly faults: ReadonlyMap<Claim<RegisterPredicate>, Fault>;
  /** Those of them whose register says of itself that it begins above edition 1, with that number. */
  readonly begins: ReadonlyMap<Claim<RegisterPredicate>, number>;
  /** Statements that somebody who may has signed and that cannot be read. */
  readonly unread: readonly Unread[];
  /** What would be known if another of the editions that contradict each other were the latest; absent: none do. */
  readonly otherwise?: readonly Knowledge[];
  /** What a ledger has seen and the workspace has lost; absent if that is nothing. */
  readonly gone?: Gone;
}

/**
 * Sorts checked evidence by kind; entries of registers become claims of the register's own grade. `vanished`: evidence,
 * checked like the rest, that a ledger has seen and that is no longer in the workspace.
 */
export function gatherKnowledge(
  evidence: readonly Evidence[],
  companies: Companies,
  damaged: ReadonlySet<TableName> = new Set(),
  library: Library = emptyLibrary,
  vanished: readonly Evidence[] = [],
  unread: readonly Unread[] = [],
): Knowledge {
  const common = { companies, damaged, library, unread };
  const known = knownFrom(evidence, common);
  const lost = lostOf(vanished, evidence);
  return lost.length === 0 ? known : withGone(known, lost, knownFrom(inOrder([...evidence, ...lost]), common));
}

/** What is known although something is gone: what it took the place of does not come back, and what it says stays heard. */
function withGone(known: Knowledge, evidence: readonly Evidence[], recorded: Knowledge): Knowledge {
  const said = saidIn(evidence);
  const editions = goneEditions(known.latest, known.registers, said.registers);
  return {
    ...known,
    exceptions: [...known.exceptions, ...endedExceptions(known.exceptions, said.exceptions)],
    faults: new Map([
      ...known.faults,
      ...[...editions].map(([claim, numbers]) => [claim, goneFault(claim, numbers)] as const),
    ]),
    gone: { evidence, recorded, aliases: said.aliases },
  };
}

function inOrder(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

function knownFrom(
  evidence: readonly Evidence[],
  common: Pick<Knowledge, "companies" | "damaged" | "library" | "unread">,
): Knowledge {
  const said = saidIn(evidence);
  const series = seriesOf(said.registers);
  const [known, ...otherwise] = readingsOf(series).map((places): Knowledge => {
    return { ...common, ...said, ...read(said, series, places) };
  });
  return { ...known!, ...(otherwise.length > 0 && { otherwise }) };
}

const mostReadings = 64;

/**
 * Each choice of one edition, by its place, of every register whose editions contradict each other; where these were too
 * many, each edition of each register in turn.
 */
function readingsOf(series: readonly Series[]): readonly (readonly number[])[] {
  const first = series.map(() => 0);
  const choices = series.reduce((product, { latest }) => product * latest.length, 1);
  if (choices > mostReadings) {
    const others = series.flatMap(({ latest }, one) => latest.slice(1).map((_, at) => first.with(one, at + 1)));
    return [first, ...others];
  }
  return series.reduce<readonly (readonly number[])[]>(
    (all, { latest }, one) => latest.flatMap((_, at) => all.map((places) => places.with(one, at))),
    [first],
  );
}

/** What is known if, of editions that contradict each other, those at these places are the latest. */
function read(said: ReturnType<typeof saidIn>, series: readonly Series[], places: readonly number[]) {
  const chosen = series.map((one, at) => ({ ...one, claim: one.latest[places[at]!]! }));
  const latest = chosen.map(({ claim }) => claim);
  const faults = new Map(chosen.flatMap(({ claim, fault }) => (fault ? [[claim, fault] as const] : [])));
  const others = new Map(
    chosen.map(({ claim, editions }) => [claim, editions.filter((edition) => edition !== claim)] as const),
  );
  const begins = new Map(chosen.flatMap(({ claim, first }) => (first > 1 ? [[claim, first] as const] : [])));
  return { latest, others, faults, begins, ...withEntries(said, latest) };
}

function saidIn(evidence: readonly Evidence[]) {
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
    removals: [] as Claim<RemovalPredicate>[],
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
      case "posture":
      case "formal-notice":
      case "notice-reply":
      case "supplier-comment":
      case "override":
      case "warning-decision":
      case "recall-reply":
        // They speak of what may be told to whom, never of what may go into the network.
        break;
      case "document":
        said.documents.push({ says: statement.predicate, by });
        break;
      case "removal":
        said.removals.push({ says: statement.predicate, by });
        break;
      case "register":
        said.registers.push({ says: statement.predicate, by });
        break;
      default:
        statement satisfies never;
    }
  }
  return said;
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

const views = new WeakMap<Knowledge, Map<string, Knowledge>>();

/**
 * What is known as one operator's elements are concerned: a name that another operator's people confirmed counts for
 * that operator alone; one confirmed by anybody else (an authority's approver, say) counts for all.
 */
export function seenBy(knowledge: Knowledge, operator: string): Knowledge {
  const { companies, gone } = knowledge;
  const counts = ({ by }: Claim<AliasPredicate>) =>
    by.signers.some(
      ({ party }) => party === operator || !(companies.operators.has(party) || mayBeOperator(companies, party)),
    );
  if ((gone?.recorded ?? knowledge).aliases.every(counts)) return knowledge;
  const known = views.get(knowledge) ?? new Map<string, Knowledge>();
  views.set(knowledge, known);
  const view = known.get(operator) ?? {
    ...knowledge,
    aliases: knowledge.aliases.filter(counts),
    ...(knowledge.otherwise && { otherwise: knowledge.otherwise.map((other) => seenBy(other, operator)) }),
    ...(gone && {
      gone: { ...gone, aliases: gone.aliases.filter(counts), recorded: seenBy(gone.recorded, operator) },
    }),
  };
  known.set(operator, view);
  return view;
}

/** A claim as the source of a fact. `day`: since when what it says has force. */
export function sourceOf(claim: Claim<unknown>, id: string, text: string, day?: string): Source {
  const grade: Grade = claim.by.grade;
  const signer = claim.by.signers.map((key) => key.id).join(", ");
  return { kind: "statement", file: claim.by.file, id, signer, grade, text, ...(day !== undefined && { day }) };
}
