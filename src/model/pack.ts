import Type, { type Static } from "typebox";
import type { Day } from "./day.ts";
import type { FactDefinition } from "./fact.ts";
import type { Action } from "./verdict.ts";

const DayText = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
const Word = Type.String({ minLength: 1, maxLength: 200 });
const GradeWord = Type.Union([Type.Literal("issuer"), Type.Literal("transcript"), Type.Literal("self-declared")]);
const closed = { additionalProperties: false } as const;
const opt = Type.Optional;

/** How sure a published fact is: read in the source, in a secondary source, or computed from those. */
export const certainties = ["S", "S2", "D"] as const;
const Certainty = Type.Union([Type.Literal("S"), Type.Literal("S2"), Type.Literal("D"), Type.Literal("own-policy")]);

/** A word or number a workspace may set. `confirmed: false`: no source settles it, so reports count what hangs on it. */
export const Parameter = Type.Object(
  {
    default: Type.Union([Word, Type.Number(), Type.Boolean()]),
    values: opt(Type.Array(Word)),
    minimum: opt(Type.Number()),
    maximum: opt(Type.Number()),
    confirmed: Type.Boolean(),
    title: Word,
  },
  closed,
);

/** A duty that applies to first uses of critical functions on the days of a regime. */
export const Regime = Type.Object(
  { era: Word, title: Word, from: opt(DayText), until: opt(DayText), cites: opt(Word), certainty: opt(Certainty) },
  closed,
);

/**
 * Which classes of functions are critical under a list and which are not, and from when to when the list is in force (a
 * draft: under which parameter). A class that it does not name is open.
 */
export const CriticalList = Type.Object(
  {
    id: Word,
    title: Word,
    from: opt(DayText),
    until: opt(DayText),
    draft: opt(Type.Boolean()),
    classes: Type.Array(Word),
    notCritical: opt(
      Type.Array(
        Type.Object({ classes: Type.Array(Word, { minItems: 1 }), cites: Word, certainty: Certainty }, closed),
      ),
    ),
    cites: Word,
    certainty: Certainty,
  },
  closed,
);

export const Scheme = Type.Object(
  {
    id: Word,
    title: Word,
    years: Type.Integer({ minimum: 1, maximum: 20 }),
    minorUpdates: Type.Boolean({ description: "a signed update statement keeps the certificate for a minor update" }),
    documents: Type.Boolean({ description: "the certificate names the requirement documents it was tested against" }),
    admissibleUntil: opt(DayText),
    cites: Word,
    certainty: Certainty,
  },
  closed,
);

/** A class of functions: the functions in it, and what may certify them. `schemes` empty: none is admissible yet. */
export const FunctionClass = Type.Object(
  {
    id: Word,
    title: Word,
    functions: Type.Array(Word),
    schemes: Type.Array(Word),
    cites: Word,
    certainty: Certainty,
  },
  closed,
);

/** A requirement document for one function: from when it may be used and from when the duty bites. */
export const RequirementDocument = Type.Object(
  { id: Word, function: Word, scheme: Word, admissible: DayText, duty: DayText, cites: Word, certainty: Certainty },
  closed,
);

/**
 * What equipment of some functions could do in the wrong hands, could not (`holds: false`), or nobody has said
 * (`holds: open`). A function that is not named at all is open too.
 */
export const Capability = Type.Object(
  {
    capability: Type.Union([Type.Literal("sees-traffic"), Type.Literal("remote-disruption")]),
    holds: opt(Type.Union([Type.Boolean(), Type.Literal("open")])),
    functions: Type.Array(Word),
    cites: Word,
    certainty: Certainty,
  },
  closed,
);

export type Capability = Static<typeof Capability>;

/** A rule's words in another language. */
const RuleWords = Type.Object({ title: Word, remedy: Word }, closed);
const Translation = Type.Object(
  {
    title: Word,
    rules: Type.Record(Word, RuleWords),
    parameters: opt(Type.Record(Word, Word)),
    roles: opt(Type.Record(Word, Word)),
    operatorRoles: opt(Type.Record(Word, Word)),
  },
  closed,
);

/** `pack.yaml`: what a pack says about itself, and the data that facts cut into classes for its rules. */
export const PackManifest = Type.Object(
  {
    name: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 60 }),
    version: Word,
    title: Word,
    description: opt(Type.String({ maxLength: 4000 })),
    actions: Type.Array(Word, { minItems: 1 }),
    parameters: opt(Type.Record(Word, Parameter)),
    era: opt(Type.Object({ facts: Type.Array(Word, { minItems: 1 }), current: Type.Record(Word, Word) }, closed)),
    lowestGrade: opt(Type.Record(Word, GradeWord)),
    lowestIdentity: opt(Type.Union([Type.Literal("digest"), Type.Literal("version")])),
    maxAgeDays: opt(Type.Record(Word, Type.Integer({ minimum: 1, maximum: 3660 }))),
    roles: opt(Type.Record(Word, Type.Object({ title: Word, cites: opt(Word) }, closed))),
    operatorRoles: opt(Type.Record(Word, Type.Object({ title: Word, cites: opt(Word) }, closed))),
    regimes: opt(Type.Array(Regime)),
    /** Between which days the maker's guarantee declaration became due for types not yet in use. */
    guaranteeDue: opt(Type.Object({ earliest: DayText, latest: DayText, cites: Word, certainty: Certainty }, closed)),
    lists: opt(Type.Array(CriticalList)),
    schemes: opt(Type.Array(Scheme)),
    classes: opt(Type.Array(FunctionClass)),
    documents: opt(Type.Array(RequirementDocument)),
    capabilities: opt(Type.Array(Capability)),
    sources: opt(Type.Record(Word, Word)),
    /** The same words in other languages, for reports; verdicts never depend on them. */
    translations: opt(Type.Object({ de: opt(Translation) }, closed)),
  },
  closed,
);
export type PackManifest = Static<typeof PackManifest>;

export type RuleKind = "duty" | "prohibition" | "limit" | "advice";

/** One `forbid` with its annotations. Days bound the as-of days on which it is in the set. */
export interface Rule {
  readonly id: string;
  readonly kind: RuleKind;
  readonly title: string;
  readonly cites: string;
  readonly certainty: string;
  readonly remedy: string;
  readonly waivable: string;
  /** The parameter that chose between `limit` and `advice`, where one does. */
  readonly as?: string;
  readonly from?: Day;
  readonly until?: Day;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** Names of the facts it reads, sorted. */
  readonly reads: readonly string[];
}

/**
 * A rule asked of Cedar over all values that the facts it reads can take, for one action. Entry `i` is 1 where the rule
 * forbids; the index is mixed-radix over `facts` (first fact most significant) with the values in their declared order.
 */
export interface TruthTable {
  readonly action: Action;
  readonly facts: readonly FactDefinition[];
  readonly forbids: Uint8Array;
}

export type ParameterValue = string | number | boolean;

/** A loaded pack: valid, monotone, its rules tabled. */
export interface Pack {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  /** SHA-256 over names and bytes of its files, hex. */
  readonly digest: string;
  readonly manifest: PackManifest;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly actions: readonly Action[];
  readonly facts: readonly FactDefinition[];
  readonly rules: readonly Rule[];
  /** By rule id, one table per action the rule speaks of. */
  readonly tables: ReadonlyMap<string, readonly TruthTable[]>;
  /** Rules that fire at no value of anything: harmless, but probably a mistake. */
  readonly dead: readonly string[];
}

/** A pack's files as found: path below the pack's folder and text. */
export interface PackFile {
  readonly path: string;
  readonly text: string;
}
