import type { Product, Supplier } from "../../model/inventory.ts";
import type { AliasPredicate } from "../../model/statement.ts";

/** What is known by name, against which texts are compared. */
export interface Known {
  readonly suppliers: ReadonlyMap<string, Supplier>;
  readonly products: ReadonlyMap<string, Product>;
  readonly aliases: readonly KnownAlias[];
  /** Releases that evidence speaks of. */
  readonly releases: readonly { readonly product: string; readonly release: string }[];
}

/** An alias from evidence (`signed`) or from the working copy `aliases.csv`. */
export interface KnownAlias {
  readonly text: string;
  readonly aliasOf: AliasPredicate["aliasOf"];
  readonly id: string;
  readonly product?: string;
  readonly signed: boolean;
}

/** What a text may mean: `as` is what `--as` takes. Nothing follows from it until a person confirms. */
export interface Proposal {
  readonly as: string;
  readonly by: "text" | "cpe" | "purl" | "alias" | "similarity";
  /** From 0 to 1; 1 unless `by` is `similarity`. */
  readonly score: number;
  readonly reason: string;
}

/** A text of the tables that is no known id. */
export interface OpenText {
  readonly column: "maker" | "product" | "release";
  readonly text: string;
  /** For a release: the product it is one of. */
  readonly product?: string;
  readonly elements: number;
  readonly proposals: readonly Proposal[];
}

export interface Matches {
  readonly kind: "matches";
  /** Distinct texts looked at: known already (ids, signed aliases), listed in `open`, or without anything to compare. */
  readonly texts: number;
  readonly known: number;
  /** Releases that no evidence speaks of. */
  readonly incomparable: number;
  readonly open: readonly OpenText[];
}

/** A distinct text with the elements that bear it. */
export interface Use {
  readonly column: OpenText["column"];
  readonly text: string;
  readonly product?: string;
  readonly elements: number;
  /** Suppliers that the maker column names beside this text, where known. */
  readonly makers: ReadonlySet<string>;
}
