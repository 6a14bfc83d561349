/** Where in a foreign document something stands. Lines count from 1; `pointer` is a JSON Pointer (RFC 6901). */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly pointer?: string;
}

/** What a reader could not read. Nothing is dropped in silence: `rows` says how many records it stands for. */
export interface Problem {
  readonly kind: "problem";
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly place: Place;
  /** Id of the record concerned, where it has one. */
  readonly record?: string;
  /** Records set aside because of it; 0 when only a document or a remark is concerned. */
  readonly rows: number;
}

export type ProblemCode =
  | "unreadable"
  | "too-large"
  | "outside-workspace"
  | "malformed-row"
  | "record-count"
  | "unknown-column"
  | "missing-column"
  | "wrong-type"
  | "missing-value"
  | "duplicate-id"
  | "dangling-reference"
  | "future-day"
  | "cycle"
  | "no-operator"
  | "not-json"
  | "not-yaml"
  | "duplicate-key"
  | "too-deep"
  | "wrong-shape"
  | "not-evidence"
  | "pack";

/** What an analysis saw and people should know. It never decides. `verdicts`: how many would turn if it were mended. */
export interface Finding {
  readonly kind: "finding";
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly who: Actor;
  readonly verdicts: number;
  readonly places: readonly Place[];
}

/** Who can act on something. */
export type Actor = "operator" | "maker" | "body" | "lab" | "authority" | "nobody";

/** A problem that concerns a document or a remark and sets no record aside. */
export function documentProblem(code: ProblemCode, message: string, place: Place, hint?: string): Problem {
  return { kind: "problem", code, message, ...(hint !== undefined && { hint }), place, rows: 0 };
}
