import { componentWeights } from "../assess/component-weights.ts";
import { mergeShares } from "../assess/merge-shares.ts";
import { pairsOf } from "../assess/similarity.ts";
import { gatherEvidence } from "../evidence/gather.ts";
import { addDays, type Day } from "../model/day.ts";
import type { DependenceRow } from "../model/dependence.ts";
import { UserError } from "../model/errors.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Base } from "../model/measure.ts";
import type { Region } from "../model/network.ts";
import type { ReadFile } from "../model/ports/files.ts";
import type { NationalView } from "../model/shares.ts";
import type { SharesPredicate } from "../model/statement.ts";
import { readEvidence } from "../readers/dsse.ts";
import { tiesOf } from "./dependence.ts";
import { readRegions } from "./network-people.ts";
import { sharesMisfit } from "./shares-misfit.ts";
import type { Shell } from "./shell.ts";
import { type Days, openWorkspace, type Workspace } from "./workspace.ts";

const mostPairs = 50;
/** Counts of days farther apart are not added up. */
const mostDaysApart = 184;

type Claim = Evidence & { readonly statement: { readonly kind: "shares"; readonly predicate: SharesPredicate } };
type LeftOut = NationalView["leftOut"][number];

/**
 * How dependent a nation is, from counts that operators signed, for an authority that holds no inventory: its workspace has keys, and
 * what it knows of owners. A file that does not count is told, never passed over. Throws `UserError` if the workspace has an
 * inventory of its own, and what opening it throws.
 */
export async function fromShares(shell: Shell, files: readonly ReadFile[], days: Days): Promise<NationalView> {
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, days, { sites: true });
    const { asOf, knownAt, config } = workspace;
    if (workspace.loaded.elements > 0) {
      const hint = "`freigabe assess DIR` tells its dependence; shares are added up in a workspace of keys and owners";
      throw new UserError(`\`${config.name}\` has an inventory of its own`, hint);
    }
    shell.progress("checking signatures");
    const { claims, leftOut } = accepted(files, workspace.trust, { knownAt, demo: config.demo === true }, asOf);
    shell.progress("adding up");
    const ties = await tiesOf(workspace);
    const { rows, sharedOnce, contested, people } = mergeShares(
      claims.map(({ statement }) => withCustomers(workspace, statement.predicate)),
      ties,
      await regionsTable(workspace),
    );
    const { similarity } = ties;
    return {
      ...{ kind: "national-view", schemaVersion: 1, workspace: config.name, asOf, knownAt, demo: config.demo === true },
      operators: claims.map(({ statement: { predicate }, file, signedOn }) => ({
        ...{ operator: predicate.operator, file, asOf: predicate.asOf, signedOn },
        ...{ elements: predicate.elements, unread: predicate.unread, shared: predicate.shared?.length ?? 0 },
      })),
      ...{ leftOut, sharedOnce },
      dependence: {
        rows,
        similarity: {
          weights: componentWeights,
          makers: similarity.makers.length,
          withBills: similarity.withBills.length,
          pairs: [...pairsOf(similarity, mostPairs)],
        },
        people,
      },
      notes: notesOn(claims, contested, rows),
      inputs: [
        ...workspace.inputs.map(({ file, sha256, bytes }) => ({ file, sha256, bytes })),
        ...files.map(({ name, sha256, bytes }) => ({ file: name, sha256, bytes: bytes.byteLength })),
      ].sort((a, b) => (a.file < b.file ? -1 : 1)),
    };
  } finally {
    await store.close();
  }
}

/** What the authority itself knows of an operator goes before what the operator says. */
function withCustomers({ knowledge }: Workspace, predicate: SharesPredicate): SharesPredicate {
  const { customers = null } = knowledge.companies.operators.get(predicate.operator) ?? {};
  return customers === null ? predicate : { ...predicate, customers };
}

async function regionsTable({ store }: Workspace): Promise<readonly Region[]> {
  const rows = await store.rows("regions");
  const names = rows.map(({ values }) => String(values.name));
  return readRegions(names, rows);
}

/** The files that count, one for each operator, sorted by operator; and why the others do not. */
function accepted(
  files: readonly ReadFile[],
  trust: Parameters<typeof gatherEvidence>[1],
  at: Parameters<typeof gatherEvidence>[2],
  asOf: Day,
): { readonly claims: readonly Claim[]; readonly leftOut: readonly LeftOut[] } {
  const documents = files.map(readEvidence);
  const { evidence, problems } = gatherEvidence(documents, trust, at);
  const good = new Map(evidence.map((one) => [one.file, one]));
  const leftOut: LeftOut[] = [];
  const claims: Claim[] = [];
  for (const { name } of files) {
    const one = good.get(name);
    const why = one
      ? misfitOf(one, asOf)
      : (problems.find(({ place }) => place.file === name)?.message ?? notCounted(documents, name, at.knownAt));
    if (why !== undefined) leftOut.push({ file: name, why });
    else claims.push(one as Claim);
  }
  const latest = [...Map.groupBy(claims, ({ statement }) => statement.predicate.operator).values()].flatMap((own) =>
    newest(own, leftOut),
  );
  latest.sort((a, b) => (a.statement.predicate.operator < b.statement.predicate.operator ? -1 : 1));
  return { claims: latest, leftOut: leftOut.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

function notCounted(documents: readonly ReturnType<typeof readEvidence>[], name: string, knownAt: Day): string {
  const unsigned = documents.some(({ kind, file }) => kind === "unsigned" && file === name);
  return unsigned ? "it carries no signature" : `signed after ${knownAt}`;
}

function misfitOf({ statement }: Evidence, asOf: Day): string | undefined {
  if (statement.kind !== "shares") return `expected shares, got a statement of kind ${statement.kind}`;
  const { predicate } = statement;
  const [from, to] = [addDays(asOf, -mostDaysApart), addDays(asOf, mostDaysApart)];
  if (predicate.asOf < from || predicate.asOf > to)
    return `counted as of ${predicate.asOf}, more than ${mostDaysApart} days from ${asOf}`;
  return sharesMisfit(predicate);
}

/** The newest of an operator's files; of one day none, if they differ. */
function newest(own: readonly Claim[], leftOut: LeftOut[]): readonly Claim[] {
  const sorted = own.toSorted((a, b) => (signedAt(a) > signedAt(b) ? -1 : 1));
  const [first, ...others] = sorted;
  if (!first) return [];
  const same = others.filter((one) => signedAt(one) === signedAt(first));
  const [{ operator }, clash] = [first.statement.predicate, same.some(({ digest }) => digest !== first.digest)];
  for (const one of clash ? sorted : others)
    leftOut.push({
      file: one.file,
      why: clash
        ? `another file of \`${operator}\`, signed at the same time, says otherwise`
        : `\`${first.file}\` of \`${operator}\` is newer`,
    });
  return clash ? [] : [first];
}

/** Moments may be told in several time zones. */
const signedAt = ({ statement }: Claim) => Date.parse(statement.predicate.signedAt);

function notesOn(claims: readonly Claim[], contested: number, rows: readonly DependenceRow[]): readonly string[] {
  const predicates = claims.map(({ statement }) => statement.predicate);
  const days = [...new Set(predicates.map(({ asOf }) => asOf))].sort();
  const keys = new Set(predicates.flatMap(({ shared, commonKey }) => (shared?.length ? [commonKey ?? ""] : [])));
  const sharing = keys.size > 1 || (keys.has("") && predicates.filter(({ shared }) => shared?.length).length > 1);
  return [
    ...(days.length > 1 ? [`counted as of different days: ${days.join(", ")}`] : []),
    ...(sharing
      ? ["operators that share elements used no common key: these count surely for one of them, and perhaps for others"]
      : []),
    ...(contested > 0
      ? [
          `shared elements about which operators' tables contradict each other: ${contested}; they widen what is counted by site`,
        ]
      : []),
    ...(isTold(rows, "people")
      ? []
      : [
          "the nation's people are not told: a region's are not known, or whom they use, or shared elements are contested",
        ]),
    ...(isTold(rows, "traffic")
      ? []
      : ["the nation's traffic is not told: an operator does not tell its own, or not who counts what it shares"]),
    "exposure and outage need sites and links, which shares do not tell",
  ];
}

function isTold(rows: readonly DependenceRow[], base: Base): boolean {
  return rows.some((row) => row.scope === "nation" && row.base === base);
}
