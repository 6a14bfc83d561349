import type { Tlp } from "./tlp.ts";

/**
 * What decides who may have an object; objects with the same class share their fate. A handful of classes stands for
 * hundreds of thousands of objects, so each is decided once per partner and posture.
 */
export interface ObjectClass {
  readonly tlp?: Tlp;
  /** Ids of conditions that must all hold, sorted. */
  readonly conditions: readonly string[];
  /** Who alone may have it; absent: not limited by name. Sorted. */
  readonly recipients?: readonly string[];
  /** It carries a marking that is not known here. */
  readonly unreadable?: true;
  /** It belongs to one view alone: a recall, or a variant. */
  readonly private?: true;
  /** It points at what stands in these collections: one of each list must be open to who may have it. Sorted. */
  readonly within?: readonly (readonly string[])[];
  /** Who posted it, and always sees it. */
  readonly owner?: string;
  /** It is given instead of what has this class, to those who fail one of its conditions. */
  readonly instead?: ObjectClass;
}

/** The posture that counts for a partner, how old it is today, and what of it cannot be used. */
export interface ShownPosture {
  readonly asOf: string;
  readonly knownAt: string;
  readonly assurance: string;
  readonly signer: string;
  /** Days since the as-of day, since known-at, and since its oldest register (absent: it rests on none). */
  readonly age: { readonly asOf: number; readonly knownAt: number; readonly registers?: number };
  /** List roles of the originator under which the posture has no list, an empty one, or another. */
  readonly lists: readonly string[];
}

/** What one partner gets of an object, and what stands against it. */
export interface Look {
  readonly posture?: ShownPosture;
  /** Why there is no posture that counts. */
  readonly noPosture?: string;
  readonly partner: string;
  readonly outcome: "given" | "withheld" | "queued" | "rejected" | "not-shared";
  readonly against: readonly {
    readonly kind: string;
    readonly condition?: string;
    readonly text: string;
    readonly variant: string;
  }[];
  /** Conditions that are only tried: they would stand against it. */
  readonly tried: readonly { readonly condition: string; readonly text: string }[];
}

export interface Preview {
  readonly kind: "preview";
  readonly object: string;
  readonly type: string;
  readonly version: string;
  readonly class: ObjectClass;
  readonly partners: readonly Look[];
}

export interface Explained extends Look {
  readonly kind: "explained";
  readonly object: string;
  readonly version: string;
  readonly class: ObjectClass;
  readonly past: readonly { readonly version: string; readonly given: string; readonly takenBack?: string }[];
}

export interface WhatIf {
  readonly kind: "disclosure-whatif";
  readonly partner: string;
  readonly opens: readonly ClassChange[];
  readonly closes: readonly ClassChange[];
  readonly objects: { readonly opens: number; readonly closes: number; readonly stays: number };
}

export interface ClassChange {
  readonly class: ObjectClass;
  readonly objects: number;
  readonly against: readonly string[];
}

/** What waits for an officer, by partner and class. */
export interface QueueList {
  readonly kind: "disclosure-queue";
  readonly waiting: readonly {
    readonly id: string;
    readonly partner: string;
    readonly since: string;
    readonly class: ObjectClass;
    readonly objects: number;
  }[];
}

/** Warnings of a threat to life that rules keep from partners, and what two officers decided about each. */
export interface WarningCases {
  readonly kind: "warning-cases";
  readonly cases: readonly {
    readonly id: string;
    readonly partner: string;
    readonly object: string;
    readonly version: string;
    readonly opened: string;
    readonly deadline: string;
    /** `ended`: the partner has it by now, or it warns no longer. */
    readonly state: "open" | "overdue" | "release" | "tearline" | "waiver" | "ended";
    readonly reason?: string;
    readonly by?: readonly string[];
  }[];
}

/** What the ledger says about a partner, or about all. */
export interface DisclosureHistory {
  readonly kind: "disclosure-history";
  readonly partner?: string;
  readonly entries: readonly {
    readonly index: number;
    readonly time: string;
    readonly partner: string;
    readonly text: string;
    /** Classes of which a partner got more or less, and why. */
    readonly turns: readonly {
      readonly class: ObjectClass;
      readonly from: string;
      readonly to: string;
      readonly against: readonly string[];
      readonly approvedBy?: string;
    }[];
  }[];
}

/** What came of deciding recorded disclosures again. */
export interface DisclosureReplay {
  readonly kind: "disclosure-replay";
  readonly entries: readonly {
    readonly index: number;
    readonly partner: string;
    readonly outcome: "same" | "differs" | "missing";
    /** Classes that turned, each decided again. */
    readonly classes: number;
    readonly differences: readonly string[];
  }[];
}
