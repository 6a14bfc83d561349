import type { Assessment, ExceptionUse } from "../model/assessment.ts";
import { counted, grouped, paint, type Style, wrap } from "./terminal.ts";

const mostExceptions = 8;

/** What an exception's state means, in words for people. */
export const exceptionStates: Readonly<Record<ExceptionUse["state"], string>> = {
  "in-force": "in force",
  "not-yet": "not yet in force",
  expired: "ended",
  "not-waivable": "without effect: its signers may not waive what it names",
  unmatched: "covers no element in use",
};

/** The signed exceptions for people: what each waives, how many verdicts it admits, and what these would be without. */
export function exceptionLines({ exceptions, verdicts, underlying }: Assessment, style: Style): string[] {
  if (exceptions.length === 0) return [];
  const order = (one: ExceptionUse) => (one.state === "in-force" ? 0 : 1);
  const shown = exceptions.toSorted((a, b) => order(a) - order(b) || b.verdicts - a.verdicts).slice(0, mostExceptions);
  const more = exceptions.length - shown.length;
  const changed = (["admitted", "refused", "undecided"] as const).some((name) => verdicts[name] !== underlying[name]);
  const without = `without them: ${counts(underlying)}`;
  return [
    paint(style, "bold", "Exceptions: rules that two approvers waived"),
    ...(changed ? [`  ${without}`] : []),
    ...shown.flatMap(oneException),
    ...(more > 0 ? [`  and ${counted(more, "more exception")} (\`--output json\` has all)`] : []),
  ];
}

function oneException(one: ExceptionUse): string[] {
  const { id, pack, rules, state, verdicts, underlying, reason, owner, approvers, until, file } = one;
  const turned =
    verdicts > 0 ? `admits ${counted(verdicts, "verdict")}, else ${counts(underlying)}` : "admits no verdict";
  const effect =
    state === "in-force" ? `in force until ${until}, ${turned}` : `${exceptionStates[state]}, until ${until}`;
  return [
    ...wrap(`${id}: ${effect}`, "  "),
    ...wrap(`waives ${rules.join(", ")} of ${pack}; reason: ${reason}`, "      "),
    ...wrap(`owner ${owner}; approved by ${approvers.join(", ")}; ${file}`, "      "),
  ];
}

function counts(found: Assessment["verdicts"]): string {
  return (["admitted", "refused", "undecided"] as const)
    .filter((name) => found[name] > 0)
    .map((name) => `${grouped(found[name])} ${name}`)
    .join(", ");
}

/** Something that exceptions may have turned, and what holds without them. */
interface Turned {
  readonly exceptions?: readonly string[] | undefined;
  readonly underlying?:
    | { readonly outcome: string; readonly basis: string; readonly reasons: readonly string[] }
    | undefined;
  readonly until?: string | undefined;
}

/** Which exceptions a verdict rests on, and what it is without them; no lines if none turned anything. */
export function withoutExceptions({ exceptions, underlying, until }: Turned, indent: string): string[] {
  if (!exceptions || !underlying) return [];
  const { outcome, basis, reasons } = underlying;
  const end = until === undefined ? "" : ` (until ${until})`;
  const why = reasons.length > 0 ? `, because of ${reasons.join(", ")}` : "";
  return wrap(`with exception ${exceptions.join(", ")}${end}; without it ${outcome}/${basis}${why}`, indent);
}
