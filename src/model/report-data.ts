import type { Assessment } from "./assessment.ts";
import type { Basis } from "./basis.ts";
import type { Source, Why } from "./fact.ts";
import type { PackManifest } from "./pack.ts";
import type { ListedElement, SiteCounts } from "./ports/store.ts";
import type { LeastChange, Outcome, RuleAnswer } from "./verdict.ts";

/** A line around a region, as longitude and latitude. */
export type Ring = readonly (readonly [longitude: number, latitude: number])[];

/** A fact as a chain shows it. Values in the words of the catalogue. */
export interface ShownFact {
  readonly name: string;
  readonly question: string;
  /** Known, or everything still possible: worst to best, or the set. */
  readonly values: readonly (string | number | boolean)[];
  readonly labels: readonly string[];
  readonly known: boolean;
  readonly sources: readonly Source[];
  readonly why: readonly Why[];
}

/** What one pack says of one function of the elements that pose a question. */
export interface ShownVerdict {
  readonly pack: string;
  readonly use: "binding" | "compare";
  readonly function: string | null;
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly rules: readonly RuleAnswer[];
  readonly advice: readonly RuleAnswer[];
  /** Places in `ReportData.facts`. */
  readonly facts: readonly number[];
  readonly why: readonly Why[];
  readonly since?: string;
  readonly exceptions?: readonly string[];
  readonly underlying?: { readonly outcome: Outcome; readonly basis: Basis; readonly reasons: readonly string[] };
  readonly change?: LeastChange;
}

/** The chain behind one question that some elements pose, and how many. */
export interface Chain {
  readonly operator: string;
  readonly domain: string;
  readonly elements: number;
  readonly example: string;
  /** Place in `ReportData.kinds`. */
  readonly kind: number;
  readonly bases: readonly Basis[];
  readonly who: readonly string[];
  readonly verdicts: readonly ShownVerdict[];
}

/** An element in the report's table, with the chain of its question. */
export interface ReportElement extends ListedElement {
  /** Place in `ReportData.chains`; absent: its chain is not among those shown. */
  readonly chain?: number;
  /** Place in `ReportData.kinds`; absent: that of its chain, or not told. */
  readonly kind?: number;
}

/** Radio sites at one place, or in one cell of a grid where there are too many; degrees, WGS 84. */
export interface DarkPoint {
  readonly id: string;
  readonly region: string | null;
  readonly latitude: number;
  readonly longitude: number;
  /** Radio sites that serve with nobody gone, once per operator. */
  readonly sites: number;
  /** Of these, by scenario: dark whatever is not known, and dark if all that is not known is hit too (no fewer). */
  readonly dark: readonly number[];
  readonly mayBeDark: readonly number[];
}

/** Which sites go dark, in the scenarios of `assessment.outage` that darken most: one of each supplier. */
export interface Darkness {
  /** Places in `assessment.outage.scenarios`, most sites lost first, at most six. */
  readonly scenarios: readonly number[];
  /** Side of the cells in degrees; null: every site by itself. */
  readonly cell: number | null;
  /** Sorted by id; at most 12,000. */
  readonly points: readonly DarkPoint[];
  /** Radio sites that serve and have no position. */
  readonly unplaced: number;
}

/** All that the report shows. Plain and sorted; equal inputs give equal bytes. */
export interface ReportData {
  readonly assessment: Assessment;
  /** Verdicts that occur, worst first; the kinds that sites and chains count by. */
  readonly kinds: readonly { readonly outcome: Outcome; readonly basis: Basis; readonly verdicts: number }[];
  readonly sites: SiteCounts;
  /** Borders to draw under the sites (`map.geojson` of the workspace), and whom to thank for them. */
  readonly outline: readonly { readonly name: string; readonly rings: readonly Ring[] }[];
  readonly attribution: string | null;
  readonly darkness: Darkness;
  /** Elements, worst verdicts first; fewer than `total` if there are more than the report holds. */
  readonly elements: { readonly total: number; readonly rows: readonly ReportElement[] };
  /** Distinct questions, most elements first within each kind; fewer than `total` if there are more. */
  readonly chains: { readonly total: number; readonly rows: readonly Chain[] };
  readonly facts: readonly ShownFact[];
  /** Rules by pack and id, for titles and remedies. */
  readonly rules: readonly {
    readonly pack: string;
    readonly id: string;
    readonly title: string;
    readonly remedy: string;
    readonly cites: string;
    readonly certainty: string;
    readonly kind: string;
  }[];
  /** By pack: its words in other languages. */
  readonly translations: Readonly<Record<string, NonNullable<PackManifest["translations"]>>>;
}
