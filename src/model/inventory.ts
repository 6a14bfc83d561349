import type { Day } from "./day.ts";
import type { Place } from "./problem.ts";

/** A legal person that makes, builds, maintains or manages. `seat`: ISO 3166-1 alpha-2. */
export interface Supplier {
  readonly id: string;
  readonly name: string;
  readonly seat: string | null;
}

/** A share of one supplier held by another from a day to a day. The owner `free-float` stands for holders without control. */
export interface Ownership {
  readonly owner: string;
  readonly owned: string;
  readonly percent: number;
  /** `control`: it decides whatever its share (golden share, contract, statute). */
  readonly kind: "votes" | "control";
  readonly from: Day | null;
  readonly until: Day | null;
}
export const freeFloat = "free-float";

/** From `day` on, `successor` stands where `predecessor` stood (renamed, merged, business taken over). */
export interface Succession {
  readonly predecessor: string;
  readonly successor: string;
  readonly day: Day;
}

export interface Operator {
  readonly id: string;
  readonly name: string;
  /** Row of operators.csv that says so. */
  readonly place?: Place;
  /** Operator of a public network with increased risk potential (TKG 167); `null`: not known. */
  readonly increasedRisk: boolean | null;
  /** People who use it; `null`: not known. */
  readonly customers: number | null;
}

export interface Product {
  readonly id: string;
  readonly supplier: string;
  readonly name: string;
  readonly cpe: string | null;
  readonly purl: string | null;
}

/** The small tables, in memory: who is who. Each map is keyed by id. */
export interface Companies {
  readonly suppliers: ReadonlyMap<string, Supplier>;
  readonly operators: ReadonlyMap<string, Operator>;
  readonly products: ReadonlyMap<string, Product>;
  readonly owners: readonly Ownership[];
  readonly succession: readonly Succession[];
}

/** What tells elements of one kind apart as far as rules can see; texts are as the tables have them. */
export interface EquipmentKey {
  /** Row number in the store's table of keys. */
  readonly key: number;
  readonly operator: string;
  readonly maker: string | null;
  readonly product: string | null;
  readonly release: string | null;
  readonly digest: string | null;
  readonly functions: string | null;
  /** As `LoadOptions.marks` has it; null: none. */
  readonly mark: string | null;
  /** Recorded once and gone from the tables, and nobody has signed that it is gone from the network. */
  readonly left: boolean;
  /** Elements with this key. */
  readonly elements: number;
  /** Earliest `in_service_since`, and how many elements have none. */
  readonly inService: Day | null;
  readonly inServiceUnknown: number;
  /** Earliest `release_since`, and how many elements have none; of these, the earliest `in_service_since` or `null` if one has neither. */
  readonly releaseSince: Day | null;
  readonly releaseUnknown: number;
  readonly releaseUnknownFrom: Day | null;
}

/** Who maintains or manages an element: sorted `supplier|place|access` texts joined by `;`, empty if the tables name nobody. */
export interface MaintenanceKey {
  readonly key: number;
  readonly operator: string;
  readonly parties: string;
  readonly elements: number;
}

/** One element with one responsible operator, as the tables have it. */
export interface ElementRow {
  readonly id: string;
  readonly operator: string;
  readonly site: string | null;
  readonly maker: string | null;
  readonly product: string | null;
  readonly release: string | null;
  readonly digest: string | null;
  readonly functions: string | null;
  readonly mark: string | null;
  readonly status: string | null;
  readonly inServiceSince: Day | null;
  readonly releaseSince: Day | null;
  readonly parties: string;
  /** Where each of the parties stands in the relations, in their order. */
  readonly partyPlaces: readonly Place[];
  /** Keys of this row in the store's two tables of keys. */
  readonly equipment: number;
  readonly maintenance: number;
  /** As `EquipmentKey` has it; such a row stands in no file. */
  readonly left: boolean;
  readonly file: string;
  readonly line?: number;
}

/** The same of one element among many; its line only where that is quick to find. */
export type SampleRow = ElementRow;
