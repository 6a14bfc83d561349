import type { Misfit } from "../model/check.ts";
import { addDays, type Day, dayOf, isDay } from "../model/day.ts";
import type { DeclarationClaim, RegisterKind, RegisterPredicate, Statement } from "../model/statement.ts";
import { postureMisfits } from "./posture-coherence.ts";

type Entry = RegisterPredicate["entries"][number];

const dayFields = [
  "issued",
  "until",
  "withdrawn",
  "effective",
  "given",
  "asOf",
  "nextDue",
  "from",
  "seen",
  "force",
  "answerBy",
  "knownAt",
  "removed",
] as const;
/** Days of things that have happened when somebody signs that they have. */
const pastFields = ["issued", "withdrawn", "given", "asOf", "seen", "removed"] as const;
/** The later field cannot lie before the earlier one. */
const spans = [
  ["issued", "until"],
  ["issued", "withdrawn"],
  ["effective", "until"],
  ["asOf", "nextDue"],
  ["from", "until"],
] as const;
const mostMisfits = 8;

/**
 * What a schema cannot say about a statement: days exist and stand in order, nothing is signed before it happened, a
 * register lists what it says and as many as it says, a declaration names who declares. At most eight misfits.
 */
export function incoherences(statement: Statement): readonly Misfit[] {
  const { predicate } = statement;
  const signedOn = dayOf(predicate.signedAt);
  if (signedOn === undefined) {
    const example = "`2026-03-01T12:00:00Z`";
    return [
      {
        pointer: "/predicate/signedAt",
        message: `expected an RFC 3339 time like ${example}, got \`${predicate.signedAt}\``,
      },
    ];
  }
  const found = [
    ...dayMisfits(predicate, signedOn, "/predicate"),
    ...(predicate.transcriptOf ? dayMisfits(predicate.transcriptOf, signedOn, "/predicate/transcriptOf") : []),
    ...kindMisfits(statement, signedOn),
  ];
  return found.slice(0, mostMisfits);
}

function kindMisfits(statement: Statement, signedOn: Day): readonly Misfit[] {
  switch (statement.kind) {
    case "certificate":
      return withdrawalMisfits(statement.predicate, "/predicate");
    case "declaration":
      return declarationMisfits(statement.predicate, "/predicate");
    case "register":
      return registerMisfits(statement.predicate, signedOn);
    case "alias":
      return statement.predicate.aliasOf === "release" && statement.predicate.product === undefined
        ? [
            {
              pointer: "/predicate/product",
              message: "missing field `product`: a release is known by its product and version",
            },
          ]
        : [];
    case "exception":
      // Reports and the marks of elements join ids by `;`.
      return statement.predicate.exceptionId.includes(";")
        ? [{ pointer: "/predicate/exceptionId", message: "expected an id without `;`" }]
        : [];
    case "posture":
      return postureMisfits(statement.predicate, signedOn);
    case "formal-notice":
      return [
        ...laterMisfits(statement.predicate, ["answerBy", "force"], signedOn),
        ...(statement.predicate.supersedes === statement.predicate.noticeId
          ? [{ pointer: "/predicate/supersedes", message: "it supersedes itself" }]
          : []),
      ];
    case "override":
      return laterMisfits(statement.predicate, ["until"], signedOn);
    case "warning-decision": {
      const isLesser = statement.predicate.decision === "tearline";
      if (isLesser === (statement.predicate.instead !== undefined)) return [];
      const message = isLesser
        ? "missing field `instead`: a tear line names the lesser object"
        : "only a tear line has one";
      return [{ pointer: "/predicate/instead", message }];
    }
    default:
      return [];
  }
}

/** Days that cannot lie before the day of signing. */
function laterMisfits(predicate: object, fields: readonly string[], signedOn: Day): readonly Misfit[] {
  return fields.flatMap((field) => {
    const day: unknown = Reflect.get(predicate, field);
    if (typeof day !== "string" || day >= signedOn) return [];
    return [{ pointer: `/predicate/${field}`, message: `\`${day}\` lies before the day of signing, ${signedOn}` }];
  });
}

function registerMisfits(register: RegisterPredicate, signedOn: Day): readonly Misfit[] {
  const misfits: Misfit[] = [];
  if (register.register === "inventory") return inventoryMisfits(register);
  const alien = (["domain", "digest"] as const).filter((field) => register[field] !== undefined);
  for (const field of alien) {
    const message = `only a register of inventory has \`${field}\``;
    misfits.push({ pointer: `/predicate/${field}`, message });
  }
  if (register.count !== register.entries.length) {
    const message = `expected \`${register.count}\` entries as \`count\` says, got ${register.entries.length}`;
    misfits.push({ pointer: "/predicate/count", message });
  }
  for (const [index, entry] of register.entries.entries()) {
    misfits.push(...entryMisfits(register, entry, signedOn, `/predicate/entries/${index}`));
    if (misfits.length >= mostMisfits) break;
  }
  return misfits;
}

/** It says of whom, how many and which; their ids are the tables' and not repeated. */
function inventoryMisfits({ operator, digest, entries }: RegisterPredicate): readonly Misfit[] {
  const missing = (field: string, expected: string) => ({
    pointer: `/predicate/${field}`,
    message: `missing field \`${field}\`: expected ${expected}`,
  });
  return [
    ...(operator === undefined ? [missing("operator", "whose inventory is complete")] : []),
    ...(digest === undefined
      ? [missing("digest", "the SHA-256 of its ids; `freigabe export inventory` makes it")]
      : []),
    ...(entries.length > 0
      ? [{ pointer: "/predicate/entries", message: `expected no entries, got ${entries.length}` }]
      : []),
  ];
}

function entryMisfits(register: RegisterPredicate, entry: Entry, signedOn: Day, pointer: string): readonly Misfit[] {
  const misfits = [...dayMisfits(entry, signedOn, pointer)];
  if (!belongs(register.register, entry)) {
    misfits.push({ pointer, message: `entry does not belong into a register of ${register.register}` });
  }
  if ("certificateId" in entry) misfits.push(...withdrawalMisfits(entry, pointer));
  if ("declarationId" in entry) misfits.push(...declarationMisfits(entry, pointer));
  if ("scheme" in entry && register.schemes && !register.schemes.includes(entry.scheme)) {
    const message = `scheme \`${entry.scheme}\` is not among the register's schemes`;
    misfits.push({ pointer: `${pointer}/scheme`, message });
  }
  const ofOther = "operator" in entry && register.operator !== undefined && entry.operator !== register.operator;
  if (ofOther) {
    const message = `expected the register's operator \`${register.operator}\`, got \`${entry.operator}\``;
    misfits.push({ pointer: `${pointer}/operator`, message });
  }
  return misfits;
}

function belongs(kind: RegisterKind, entry: Entry): boolean {
  if (kind === "certificates") return "certificateId" in entry;
  if (kind === "orders") return "orderId" in entry;
  if (kind === "maintenance")
    return !("declarationId" in entry) && !("orderId" in entry) && !("certificateId" in entry);
  return "declarationId" in entry && `${entry.declaration}s` === kind;
}

function withdrawalMisfits(entry: { status: string; withdrawn?: string }, pointer: string): readonly Misfit[] {
  if (entry.status !== "issued" || entry.withdrawn === undefined) return [];
  return [
    { pointer: `${pointer}/status`, message: "expected `withdrawn`, since a day of withdrawal is given, got `issued`" },
  ];
}

function declarationMisfits(entry: DeclarationClaim, pointer: string): readonly Misfit[] {
  const who = entry.declaration === "notice" ? "operator" : "maker";
  if (entry[who] !== undefined) return [];
  return [
    { pointer: `${pointer}/${who}`, message: `missing field \`${who}\`: expected who gave the ${entry.declaration}` },
  ];
}

function dayMisfits(record: object, signedOn: Day, pointer: string): readonly Misfit[] {
  const days: Readonly<Record<string, unknown>> = { ...record };
  const given = dayFields.flatMap((field) => (typeof days[field] === "string" ? [{ field, day: days[field] }] : []));
  const unreal = given
    .filter(({ day }) => !isDay(day))
    .map(({ field, day }) => ({
      pointer: `${pointer}/${field}`,
      message: `expected a day that exists, got \`${day}\``,
    }));
  if (unreal.length > 0) return unreal;
  const dayAt = new Map<string, Day>(given.map(({ field, day }) => [field, day]));
  return [...orderMisfits(dayAt, pointer), ...futureMisfits(dayAt, signedOn, pointer)];
}

function orderMisfits(dayAt: ReadonlyMap<string, Day>, pointer: string): readonly Misfit[] {
  return spans.flatMap(([first, last]) => {
    const [from, until] = [dayAt.get(first), dayAt.get(last)];
    if (from === undefined || until === undefined || from <= until) return [];
    return [{ pointer: `${pointer}/${last}`, message: `\`${until}\` lies before \`${first}\`, \`${from}\`` }];
  });
}

/** Days are the signer's own and the moment is in UTC, so a day east of Greenwich may be one ahead. */
function futureMisfits(dayAt: ReadonlyMap<string, Day>, signedOn: Day, pointer: string): readonly Misfit[] {
  const latest = addDays(signedOn, 1);
  return pastFields.flatMap((field) => {
    const day = dayAt.get(field);
    if (day === undefined || day <= latest) return [];
    return [{ pointer: `${pointer}/${field}`, message: `\`${day}\` lies after the day of signing, \`${signedOn}\`` }];
  });
}
