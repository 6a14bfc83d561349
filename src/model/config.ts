import Type, { type Static } from "typebox";

const Word = Type.String({ minLength: 1, maxLength: 200 });
const DayText = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
const closed = { additionalProperties: false } as const;
const opt = Type.Optional;

const PackUse = Type.Object(
  { pack: Word, parameters: opt(Type.Record(Word, Type.Union([Word, Type.Number(), Type.Boolean()]))) },
  closed,
);

/** `freigabe.yaml`, the one file a workspace must have. */
export const Config = Type.Object(
  {
    name: Word,
    title: opt(Word),
    /** Country whose people are at home, for "maintained from abroad"; ISO 3166-1 alpha-2. */
    country: opt(Type.String({ pattern: "^[A-Z]{2}$" })),
    /** Keys whose id begins with `DEMO-` count, and every report says so. */
    demo: opt(Type.Boolean()),
    binding: Type.Array(PackUse, { minItems: 1 }),
    compare: opt(Type.Array(PackUse)),
    /** Suppliers that have a role a rule speaks of, each with the source that says so. */
    roles: opt(Type.Record(Word, Type.Array(Type.Object({ supplier: Word, source: Word }, closed)))),
    /** Operators that have a role a rule speaks of, each with the source that says so. */
    operatorRoles: opt(Type.Record(Word, Type.Array(Type.Object({ operator: Word, source: Word }, closed)))),
    days: opt(Type.Object({ asOf: opt(DayText), knownAt: opt(DayText) }, closed)),
    /** Column mappings: table -> our column -> the file's header. */
    columns: opt(Type.Record(Word, Type.Record(Word, Word))),
  },
  closed,
);
export type Config = Static<typeof Config>;
