import Type, { type Static } from "typebox";
import { checkShape } from "../model/check.ts";
import type { Day } from "../model/day.ts";
import type { Problem } from "../model/problem.ts";
import { uuidOf } from "../model/uuid.ts";
import { readYaml } from "./yaml.ts";

const Text = Type.String({ maxLength: 100_000 });
const Id = Type.String({ pattern: "^[A-Z]{1,6}[0-9]{1,6}([.][0-9]{1,4})?$", description: "an id of the catalogue" });
const opt = Type.Optional;
const Used = Type.Array(Type.Object({ id: Id, use: opt(Text) }), { maxItems: 5000 });
const Named = { id: Id, name: Text, description: opt(Text) };

/** What is read of the catalogue; it has more. */
const Catalogue = Type.Object({
  tactics: Type.Array(Type.Object(Named), { maxItems: 1000 }),
  techniques: Type.Array(
    Type.Object({
      ...Named,
      bluf: opt(Text),
      tactics: Type.Array(Id, { maxItems: 100 }),
      "architecture-segment": opt(Text),
      "subtechnique-of": opt(Id),
      mitigations: Type.Array(Type.Object({ fgmid: Id, mitigates: opt(Text) }), { maxItems: 1000 }),
    }),
    { maxItems: 20_000 },
  ),
  mitigations: Type.Array(Type.Object(Named), { maxItems: 10_000 }),
  groups: Type.Array(Type.Object({ ...Named, techniques: Used }), { maxItems: 10_000 }),
  software: Type.Array(Type.Object({ ...Named, techniques: Used }), { maxItems: 10_000 }),
  campaigns: Type.Array(Type.Object({ ...Named, techniques: Used }), { maxItems: 10_000 }),
});
type Catalogue = Static<typeof Catalogue>;
type Technique = Catalogue["techniques"][number];
type Stix = Readonly<Record<string, unknown>>;

const killChain = "fight";
const source = "FiGHT";

/**
 * Turns MITRE's FiGHT catalogue (the YAML it is published as) into STIX 2.1: techniques as attack patterns with their tactics
 * as phases and their segments as labels, mitigations, groups, software, campaigns, and what ties them. The catalogue has no
 * days of its own, so `released` dates every object; ids follow from those of the catalogue and never change. Software is a
 * `tool` throughout: the catalogue does not say which of it is malicious.
 */
export function readFight(
  bytes: Uint8Array,
  file: string,
  released: Day,
): { readonly objects: readonly string[]; readonly problems: readonly Problem[] } {
  const yaml = readYaml(bytes, file, { maxBytes: 8_000_000 });
  if (yaml.problems.length > 0) return { objects: [], problems: yaml.problems };
  const checked = checkShape(Catalogue, yaml.value, { file, lineOf: yaml.lineOf });
  if (!("value" in checked)) return { objects: [], problems: checked.problems };
  const make = maker(released);
  const { value } = checked;
  const objects = [
    ...make.heads,
    ...value.techniques.map((one) => techniqueOf(value, one, make)),
    ...value.mitigations.map((one) => make.object("course-of-action", one)),
    ...value.groups.map((one) => make.object("intrusion-set", one)),
    ...value.software.map((one) => make.object("tool", one)),
    ...value.campaigns.map((one) => make.object("campaign", one)),
    ...tiesOf(value, make),
  ];
  return { objects: objects.map((object) => JSON.stringify(object)), problems: [] };
}

interface Maker {
  /** Who published it, and under which terms. */
  readonly heads: readonly Stix[];
  object(
    type: string,
    named: { readonly id: string; readonly name: string; readonly description?: string },
    more?: Stix,
  ): Stix;
  tie(
    kind: string,
    from: readonly [type: string, id: string],
    to: readonly [type: string, id: string],
    words?: string,
  ): Stix;
}

function maker(released: Day): Maker {
  const time = `${released}T00:00:00.000Z`;
  const idOf = (type: string, id: string) => `${type}--${uuidOf(`${source} ${type} ${id}`)}`;
  const [identity, marking] = [idOf("identity", "MITRE"), idOf("marking-definition", "terms")];
  const common = { created: time, modified: time, created_by_ref: identity, object_marking_refs: [marking] };
  const statement = "Copyright The MITRE Corporation. FiGHT is licensed under the Apache License, Version 2.0.";
  return {
    heads: [
      {
        ...{ type: "marking-definition", spec_version: "2.1", id: marking, created: time },
        ...{ definition_type: "statement", definition: { statement } },
      },
      {
        ...{ type: "identity", spec_version: "2.1", id: identity, created: time, modified: time },
        ...{ name: "MITRE FiGHT", identity_class: "organization" },
      },
    ],
    object: (type, { id, name, description }, more = {}) => ({
      ...{ type, spec_version: "2.1", id: idOf(type, id), ...common, name },
      ...(description !== undefined && description !== "" && { description }),
      ...more,
      external_references: [{ source_name: source, external_id: id }],
    }),
    tie: (kind, [fromType, from], [toType, to], words) => ({
      ...{ type: "relationship", spec_version: "2.1", id: idOf("relationship", `${from} ${kind} ${to}`), ...common },
      ...{ relationship_type: kind, source_ref: idOf(fromType, from), target_ref: idOf(toType, to) },
      ...(words !== undefined && words !== "" && { description: words }),
    }),
  };
}

function techniqueOf({ tactics }: Catalogue, technique: Technique, make: Maker): Stix {
  const phases = technique.tactics.flatMap((id) => tactics.find((tactic) => tactic.id === id) ?? []);
  const segments = (technique["architecture-segment"] ?? "").split(",").map((word) => word.trim());
  const labels = [...new Set(segments)].filter((word) => word !== "").map((word) => `segment:${word}`);
  return make.object(
    "attack-pattern",
    { ...technique, description: wordsOf(technique) },
    {
      ...(phases.length > 0 && {
        kill_chain_phases: phases.map(({ name }) => ({
          kill_chain_name: killChain,
          phase_name: name.toLowerCase().replaceAll(" ", "-"),
        })),
      }),
      ...(labels.length > 0 && { labels }),
    },
  );
}

function wordsOf({ bluf = "", description = "" }: Technique): string {
  return description === "" ? bluf : description;
}

/** Ties between what the catalogue holds; one that names something else is left out, and a pair stands once. */
function tiesOf(value: Catalogue, make: Maker): readonly Stix[] {
  const techniques = new Set(value.techniques.map(({ id }) => id));
  const mitigations = new Set(value.mitigations.map(({ id }) => id));
  const uses = (type: string, from: readonly { readonly id: string; readonly techniques: Static<typeof Used> }[]) =>
    from.flatMap(({ id, techniques: used }) =>
      used
        .filter((one) => techniques.has(one.id))
        .map((one) => make.tie("uses", [type, id], ["attack-pattern", one.id], one.use)),
    );
  const all = [
    ...value.techniques.flatMap(({ id, mitigations: by }) =>
      by
        .filter(({ fgmid }) => mitigations.has(fgmid))
        .map(({ fgmid, mitigates }) =>
          make.tie("mitigates", ["course-of-action", fgmid], ["attack-pattern", id], mitigates),
        ),
    ),
    ...value.techniques.flatMap(({ id, "subtechnique-of": of }) =>
      of !== undefined && techniques.has(of)
        ? [make.tie("subtechnique-of", ["attack-pattern", id], ["attack-pattern", of])]
        : [],
    ),
    ...uses("intrusion-set", value.groups),
    ...uses("tool", value.software),
    ...uses("campaign", value.campaigns),
  ];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
