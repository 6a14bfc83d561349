import Type, { type Static } from "typebox";
import { type TableName, tableNames } from "../../model/columns.ts";
import { splitFunctions } from "../../model/functions.ts";
import type { Named } from "../../readers/netbox.ts";

const Word = Type.String({ minLength: 1, maxLength: 400 });
const Id = Type.String({ minLength: 1, maxLength: 200 });
const FileName = Type.String({
  pattern: "^[a-z0-9][a-z0-9-]{0,59}$",
  description: "name of the file below the table's folder",
});
const Functions = Type.Array(Id, { minItems: 1, maxItems: 40 });
const closed = { additionalProperties: false } as const;
const opt = Type.Optional;
const byName = <T extends Type.TSchema>(value: T) => opt(Type.Record(Word, value));

/** What a person says about a NetBox export. Keys are names or slugs of the export. */
export const NetboxMap = Type.Object(
  {
    file: opt(FileName),
    ids: opt(Type.Union([Type.Literal("pk"), Type.Literal("name")])),
    /** Responsible for what has no tenant at all; a tenant that is not mapped is not it. */
    operator: opt(Id),
    roles: byName(Functions),
    setAside: opt(
      Type.Object(
        { roles: opt(Type.Array(Word)), manufacturers: opt(Type.Array(Word)), deviceTypes: opt(Type.Array(Word)) },
        closed,
      ),
    ),
    tenants: byName(Id),
    manufacturers: byName(Id),
    deviceTypes: byName(Id),
    platforms: byName(Type.Object({ release: Id, product: opt(Id) }, closed)),
    regions: byName(Id),
    /** Provider of circuits -> supplier that made the line, where a person knows it. */
    providers: byName(Id),
    statuses: byName(Type.Union([Type.Literal("active"), Type.Literal("planned"), Type.Literal("retired")])),
    /** Our column -> name of the custom field. */
    customFields: opt(
      Type.Object(
        { release: opt(Word), digest: opt(Word), in_service_since: opt(Word), release_since: opt(Word) },
        closed,
      ),
    ),
  },
  closed,
);
export type NetboxMap = Static<typeof NetboxMap>;

/** What a person says about a spreadsheet: our columns and words for its headers and words. */
export const SpreadsheetMap = Type.Object(
  {
    file: opt(FileName),
    /** Our column -> header of the sheet. */
    columns: Type.Record(Word, Word),
    /** Our column -> text of the sheet -> our text; a list is joined as functions are. */
    values: opt(Type.Record(Word, Type.Record(Word, Type.Union([Type.String({ maxLength: 400 }), Functions])))),
    constants: opt(Type.Record(Word, Word)),
    dayFormat: opt(Type.Union([Type.Literal("YYYY-MM-DD"), Type.Literal("DD.MM.YYYY"), Type.Literal("MM/DD/YYYY")])),
    /** Header of the sheet -> texts; records that bear one of them are no equipment. */
    setAside: opt(Type.Record(Word, Type.Array(Word))),
  },
  closed,
);
export type SpreadsheetMap = Static<typeof SpreadsheetMap>;

/** What a map says about something of the export: by its name, by its slug, or by either without regard to case. */
export function lookup<T>(map: Readonly<Record<string, T>> | undefined, thing: Named | null): T | undefined {
  const key = thing ? keyOf(Object.keys(map ?? {}), thing) : undefined;
  return map && key !== undefined ? map[key] : undefined;
}

/** Which of `keys` speaks of `thing`. */
export function keyOf(keys: readonly string[], thing: Named): string | undefined {
  const names = [thing.name, thing.slug].filter((name) => name !== "");
  const exact = keys.find((key) => names.includes(key));
  return exact ?? keys.find((key) => names.some((name) => name.toLowerCase() === key.toLowerCase()));
}

/** Functions as the `functions` column holds them. */
export function joinFunctions(names: readonly string[]): string {
  return splitFunctions(names.join(";")).join(";");
}

/** Whether `name` is a table of the workspace. */
export function isTable(name: string): name is TableName {
  return tableNames.some((table) => table === name);
}
