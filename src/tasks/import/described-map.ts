import Type, { type Static } from "typebox";

const Word = Type.String({ minLength: 1, maxLength: 400 });
const Id = Type.String({ minLength: 1, maxLength: 200 });
const opt = Type.Optional;
export const closed = { additionalProperties: false } as const;
export const Words = Type.Array(Word, { maxItems: 10_000 });
export const byWord = <T extends Type.TSchema>(value: T) => opt(Type.Record(Word, value));
export { Word };

/** Kinds of relations between two elements, and between an element and who works on it. */
export const Tie = Type.Union([Type.Literal("part-of"), Type.Literal("runs-on"), Type.Literal("managed-by")]);
export const Work = Type.Union([Type.Literal("built-by"), Type.Literal("maintained-by"), Type.Literal("managed-by")]);

/** Where a column comes from: one place of the source, or several of which the first that says something counts. */
export const sourcesOf = <T extends Type.TSchema>(source: T) => {
  const sources = opt(Type.Union([source, Type.Array(source, { minItems: 1, maxItems: 8 })]));
  return Type.Object(
    {
      ...{ maker: sources, product: sources, release: sources, digest: sources, functions: sources },
      ...{ operator: sources, site: sources, status: sources, in_service_since: sources, release_since: sources },
    },
    closed,
  );
};

/** What a map says about any inventory that describes its things in words of its own. Keys are texts of the source. */
export const describedMap = {
  file: opt(
    Type.String({
      pattern: "^[a-z0-9][a-z0-9-]{0,59}$",
      description: "name of the file below the table's folder",
    }),
  ),
  /** Responsible for what names no operator at all; one that is named and not mapped is not it. */
  operator: opt(Id),
  functions: byWord(Type.Array(Id, { minItems: 1, maxItems: 40 })),
  operators: byWord(Id),
  makers: byWord(Id),
  products: byWord(Id),
  /** Text -> the exact version text, where the source has more around it. */
  releases: byWord(Id),
  statuses: byWord(Type.Union([Type.Literal("active"), Type.Literal("planned"), Type.Literal("retired")])),
};

const Described = Type.Object(describedMap);
export type DescribedMap = Static<typeof Described>;
