import type { Condition } from "../model/condition.ts";
import type { Day } from "../model/day.ts";
import { type Assurance, assurances, type PostureCell, postureChannels, postureDomains } from "../model/exchange.ts";
import type { FactDefinition, Facts, FactValue, GradedFact, SelectingFact, Source, Why } from "../model/fact.ts";
import type { Lists, Partner } from "../model/sharing.ts";
import type { PosturePredicate } from "../model/statement.ts";
import { postureAge } from "./posture-age.ts";
import { listFault } from "./posture-lists.ts";

/** A posture whose signature was checked, and how well it is vouched for. */
export interface KnownPosture {
  readonly partner: string;
  readonly predicate: PosturePredicate;
  readonly assurance: Assurance;
  readonly signedOn: Day;
  readonly signer: string;
  /** SHA-256 of the envelope. */
  readonly sha256: string;
}

// Cedar sees integers of at most 101 values, so shares are whole percent; from worst to best, as every graded fact.
const percentDown: readonly FactValue[] = Array.from({ length: 101 }, (_, at) => 100 - at);
const percentUp = percentDown.toReversed();

const domainWords: Readonly<Record<string, string>> = { any: "the whole network" };

function share(name: string, question: string): FactDefinition {
  return { name, mode: "graded", values: percentDown, question, subject: "partner", who: ["operator"] };
}

/** `maintained` and `core` as the name of a fact: `maintainedCore`. */
export function shareName(channel: string, domain: string): string {
  return `${channel}${domain.charAt(0).toUpperCase()}${domain.slice(1)}`;
}

/** What a condition may look at: every fact is always there, and wide open where nobody said anything. */
export const partnerFacts: readonly FactDefinition[] = [
  ...postureChannels.flatMap((channel) =>
    postureDomains.map((domain) =>
      share(
        shareName(channel, domain),
        `How many percent of ${domainWords[domain] ?? domain} are ${channel === "contains" ? "made with components of" : `${channel} by`} suppliers of the condition's list?`,
      ),
    ),
  ),
  ...postureDomains.flatMap((domain) => [
    share(
      shareName("abroad", domain),
      `How many percent of ${domainWords[domain] ?? domain} are worked on from abroad?`,
    ),
    share(
      shareName("unmediated", domain),
      `How many percent of ${domainWords[domain] ?? domain} are worked on unwatched?`,
    ),
  ]),
  {
    name: "examined",
    mode: "graded",
    values: percentUp,
    question: "How many percent of the network could be looked at?",
    subject: "partner",
    who: ["operator"],
  },
  {
    name: "oversight",
    mode: "graded",
    values: [0, 1, 2, 3, 4, 5, 6],
    question: "How deep may others look into the products of the least open maker in use?",
    subject: "partner",
    who: ["maker"],
  },
  {
    name: "registerAge",
    mode: "graded",
    values: percentDown,
    question: "How many days old is the oldest register that was used (100: that or more)?",
    subject: "partner",
    who: ["operator"],
  },
  {
    name: "vouched",
    mode: "graded",
    values: assurances,
    question: "Who vouches for the posture?",
    subject: "partner",
    who: ["operator"],
  },
  {
    name: "nationNamed",
    mode: "selecting",
    values: [false, true],
    question: "Is the partner of a nation that the condition names?",
    subject: "partner",
    who: ["authority"],
  },
  {
    name: "purposeNamed",
    mode: "selecting",
    values: [false, true],
    question: "Has the partner a purpose that the condition names?",
    subject: "partner",
    who: ["authority"],
  },
];

/** What facts are derived from, beside the condition. */
export interface About {
  readonly partner: Partner;
  readonly posture: KnownPosture | undefined;
  /** Suppliers of each list role as the originator has it. */
  readonly lists: Lists;
  readonly today: Day;
}

/** The facts of a partner that a condition looks at. Without a posture all that it would tell is left out, and so open. */
export function factsOf(condition: Condition, { partner, posture, lists, today }: About): Facts {
  return { ...identity(condition, partner), ...(posture && measured(condition, posture, lists, today)) };
}

function identity({ nations, purposes }: Condition, partner: Partner): Facts {
  const source: Source = { kind: "row", file: "sharing.yaml", text: `partner \`${partner.id}\`` };
  const known = (value: boolean): SelectingFact => ({
    kind: "selecting",
    possible: [value],
    sources: [source],
    why: [],
  });
  return {
    ...(partner.nation !== undefined && { nationNamed: known(nations.includes(partner.nation)) }),
    purposeNamed: known((partner.purposes ?? []).some((purpose) => purposes.includes(purpose))),
  };
}

function measured({ roles }: Condition, posture: KnownPosture, lists: Lists, today: Day): Facts {
  const { predicate } = posture;
  const others = roles.flatMap((role) => listFault(role, predicate, lists) ?? []);
  const source: Source = {
    kind: "statement",
    file: "posture",
    id: posture.sha256.slice(0, 16),
    signer: posture.signer,
    grade: posture.assurance === "self" ? "self-declared" : "issuer",
    text: `posture of ${predicate.partner} as of ${predicate.asOf}`,
    day: posture.signedOn,
  };
  const graded = (worst: FactValue, best: FactValue, text: string): GradedFact => {
    const why: readonly Why[] = worst === best ? [] : [{ code: "missing", text, who: "operator" }];
    return { kind: "graded", worst, best, sources: [source], why };
  };
  const shares = postureChannels.flatMap((channel) =>
    postureDomains.flatMap((domain) => {
      const name = shareName(channel, domain);
      if (others.length > 0) return [[name, graded(100, 0, others.join("; "))] as const];
      const cells = roles.map((role) => cellOf(predicate.cells, channel, domain, role));
      // A list the posture does not speak of is not an empty one.
      if (cells.length === 0 || cells.some((cell) => cell === undefined)) return [];
      const worst = Math.max(...cells.map((cell) => cell!.worst));
      const best = Math.max(...cells.map((cell) => cell!.best));
      const open = cells.reduce((sum, cell) => sum + cell!.undecided, 0);
      const text = `${channel} in ${domainWords[domain] ?? domain}: ${best} to ${worst} percent, ${open} elements not known`;
      return [[name, graded(worst, best, text)] as const];
    }),
  );
  const work = predicate.work.flatMap(({ domain, abroad, unmediated }) => [
    [
      shareName("abroad", domain),
      graded(abroad.worst, abroad.best, `worked on from abroad: ${abroad.best} to ${abroad.worst} percent`),
    ] as const,
    [
      shareName("unmediated", domain),
      graded(
        unmediated.worst,
        unmediated.best,
        `worked on unwatched: ${unmediated.best} to ${unmediated.worst} percent`,
      ),
    ] as const,
  ]);
  const { oversight, unreadFiles = 0 } = predicate;
  const examined = predicate.elements === 0 ? 0 : Math.floor((100 * predicate.examined) / predicate.elements);
  const age = postureAge(predicate, today).registers;
  return {
    ...Object.fromEntries([...shares, ...work]),
    examined: graded(unreadFiles > 0 ? 0 : examined, examined, `${unreadFiles} files of the inventory were not read`),
    oversight: graded(
      Math.min(oversight.worst, oversight.best),
      Math.max(oversight.worst, oversight.best),
      "oversight of a maker in use is not known",
    ),
    ...(age !== undefined && { registerAge: graded(Math.min(100, age), Math.min(100, age), "") }),
    vouched: graded(posture.assurance, posture.assurance, ""),
  };
}

function cellOf(cells: readonly PostureCell[], channel: string, domain: string, role: string): PostureCell | undefined {
  return cells.find((cell) => cell.channel === channel && cell.domain === domain && cell.role === role);
}
