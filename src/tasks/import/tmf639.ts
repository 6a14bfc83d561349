import Type, { type Static } from "typebox";
import type { Named } from "../../readers/netbox.ts";
import type { TmfResource } from "../../readers/tmf639.ts";
import { type Column, columns, type Described, type DescribedTie, translateDescribed, word } from "./described.ts";
import { byWord, closed, describedMap, sourcesOf, Tie, Word, Words, Work } from "./described-map.ts";
import { unusedWords } from "./described-remarks.ts";
import { slug } from "./ids.ts";
import { type Translated, tally } from "./incoming.ts";
import { keyOf, lookup } from "./map.ts";

const opt = Type.Optional;

/** Where a resource says something. */
const Source = Type.Union([
  Type.Object({ characteristic: Word }, closed),
  Type.Object({ field: Word }, closed),
  Type.Object(
    { specification: Type.Union([Type.Literal("id"), Type.Literal("name"), Type.Literal("version")]) },
    closed,
  ),
  Type.Object({ party: Word }, closed),
  Type.Object({ place: Word }, closed),
]);
type Source = Static<typeof Source>;

/** What a person says about a TMF639 resource inventory. */
export const Tmf639Map = Type.Object(
  {
    ...describedMap,
    ids: opt(Type.Union([Type.Literal("id"), Type.Literal("name")])),
    from: sourcesOf(Source),
    /** Relationship type -> what it is from this resource to the other; `reversed`: from the other to this one. */
    relations: byWord(Tie),
    reversed: byWord(Tie),
    /** Role of a related party -> what it does with the equipment. */
    parties: byWord(Work),
    setAside: opt(Type.Object({ types: opt(Words), categories: opt(Words), specifications: opt(Words) }, closed)),
  },
  closed,
);
export type Tmf639Map = Static<typeof Tmf639Map>;

/** Resource status (v4) and lifecycle state (v5): what is suspended or to be removed still stands in the network. */
const statuses: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ standby: "active", alarm: "active", available: "active", suspended: "active", unknown: "active" },
    ...{ reserved: "planned", planned: "planned", installed: "active", pendingRemoval: "active" },
  }),
);

/** A TMF639 resource inventory in the words of the workspace, as a person's map says. */
export function translateTmf639(resources: readonly TmfResource[], map: Tmf639Map): Translated {
  const things = resources.map((resource) => describe(resource, map));
  const mapped = columns.filter((column) => map.from[column] !== undefined || column === "site" || column === "status");
  const inventory = {
    things,
    ties: tiesOf(resources, map),
    lines: [],
    mapped,
    setAside: [],
    remarks: remarksOf(resources, map),
  };
  return translateDescribed(inventory, map, map.file ?? "tmf639");
}

function describe(resource: TmfResource, map: Tmf639Map): Described {
  const aside = reasonAside(resource, map);
  const says = Object.fromEntries(columns.map((column) => [column, saidFor(column, resource, map)])) as Record<
    Column,
    Named[]
  >;
  const status = says.status[0] && statuses.get(says.status[0].name);
  return {
    key: resource.id,
    wanted: map.ids === "name" ? slug(resource.name ?? "") : "",
    ...(aside !== undefined && { aside }),
    says,
    ...(status !== undefined && { status }),
    parties: resource.parties.flatMap(({ role, id, name }) => {
      const kind = lookup(map.parties, word(role));
      return kind === undefined ? [] : [{ kind, party: word(name ?? id, id) }];
    }),
    place: resource.place,
  };
}

function saidFor(column: Column, resource: TmfResource, map: Tmf639Map): readonly Named[] {
  const { from } = map;
  for (const source of [from[column] ?? []].flat()) {
    const said = saidAt(source, resource);
    if (said.length > 0) return said;
  }
  if (from[column] !== undefined) return [];
  if (column === "site" && resource.places.length === 1)
    return resource.places.map(({ id, name }) => word(name ?? id, id));
  const status = resource.fields.get("lifecycleState") ?? resource.fields.get("resourceStatus");
  return column === "status" && status !== undefined ? [word(status)] : [];
}

function saidAt(
  source: Source,
  { characteristics, fields, specification, parties, places }: TmfResource,
): readonly Named[] {
  if ("characteristic" in source) return (characteristics.get(source.characteristic) ?? []).map((text) => word(text));
  if ("field" in source) return [fields.get(source.field) ?? []].flat().map((text) => word(text));
  if ("specification" in source) {
    const text = specification?.[source.specification];
    return text === null || text === undefined ? [] : [word(text)];
  }
  const [list, role] = "party" in source ? [parties, source.party] : [places, source.place];
  return list.filter((one) => one.role === role).map(({ id, name }) => word(name ?? id, id));
}

function reasonAside({ type, category, specification }: TmfResource, { setAside = {} }: Tmf639Map): string | undefined {
  const listed = (keys: readonly string[] | undefined, text: string | null | undefined) =>
    typeof text === "string" && keyOf(keys ?? [], word(text)) !== undefined;
  if (listed(setAside.types, type)) return `type \`${type}\``;
  if (listed(setAside.categories, category)) return `category \`${category}\``;
  const name = specification?.name;
  return listed(setAside.specifications, name) ? `specification \`${name}\`` : undefined;
}

function tiesOf(resources: readonly TmfResource[], map: Tmf639Map): readonly DescribedTie[] {
  return resources.flatMap(({ id, relations, place }) =>
    relations.flatMap(({ type, to, pointer }): DescribedTie[] => {
      const [forth, back] = [lookup(map.relations, word(type)), lookup(map.reversed, word(type))];
      const at = { file: place.file, pointer };
      return [
        ...(forth === undefined ? [] : [{ kind: forth, from: id, to, place: at }]),
        ...(back === undefined ? [] : [{ kind: back, from: to, to: id, place: at }]),
      ];
    }),
  );
}

function remarksOf(resources: readonly TmfResource[], map: Tmf639Map) {
  const types = resources.flatMap(({ relations }) => relations.map(({ type }) => word(type)));
  const roles = resources.flatMap(({ parties }) => parties.map(({ role }) => word(role)));
  const operators = [map.from.operator ?? [], map.from.maker ?? []].flat();
  const used = new Set(operators.flatMap((source) => ("party" in source ? [source.party] : [])));
  const unread = [
    ...types
      .filter((type) => lookup(map.relations, type) === undefined && lookup(map.reversed, type) === undefined)
      .map(({ name }) => `relationship \`${name}\` is not under \`relations\` or \`reversed\` of the map: not taken`),
    ...roles
      .filter((role) => lookup(map.parties, role) === undefined && !used.has(role.name))
      .map(({ name }) => `related party \`${name}\` is not under \`parties\` of the map: not taken`),
    ...resources
      .filter(({ fields }) => fields.has("endOperatingDate"))
      .map(() => "`endOperatingDate` is given and not read: retire the element by its status"),
  ];
  const named = (texts: readonly (string | null | undefined)[]) => texts.flatMap((text) => (text ? [word(text)] : []));
  const { types: asideTypes, categories, specifications } = map.setAside ?? {};
  return [
    ...tally(unread),
    ...unusedWords("relations", map.relations, types),
    ...unusedWords("reversed", map.reversed, types),
    ...unusedWords("parties", map.parties, roles),
    ...unusedWords("setAside/types", asideTypes, named(resources.map(({ type }) => type))),
    ...unusedWords("setAside/categories", categories, named(resources.map(({ category }) => category))),
    ...unusedWords(
      "setAside/specifications",
      specifications,
      named(resources.map(({ specification }) => specification?.name)),
    ),
  ];
}
