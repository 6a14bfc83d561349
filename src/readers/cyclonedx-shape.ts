import Type, { type Static } from "typebox";

/**
 * The fields of CycloneDX 1.4 to 1.7 that are used. The official schema was checked before; this one gives types, and
 * other fields are left alone, as the format has many.
 */
const Text = Type.String();
const opt = Type.Optional;
const Organisation = Type.Object({ name: opt(Text) });

const Component = Type.Cyclic(
  {
    Component: Type.Object({
      type: Text,
      name: Text,
      "bom-ref": opt(Text),
      group: opt(Text),
      version: opt(Text),
      versionRange: opt(Text),
      publisher: opt(Text),
      manufacturer: opt(Organisation),
      supplier: opt(Organisation),
      cpe: opt(Text),
      purl: opt(Text),
      hashes: opt(Type.Array(Type.Object({ alg: Text, content: Text }))),
      components: opt(Type.Array(Type.Ref("Component"))),
    }),
  },
  "Component",
);

const Composition = Type.Object({
  aggregate: Text,
  assemblies: opt(Type.Array(Text)),
  dependencies: opt(Type.Array(Text)),
});

const AffectedVersion = Type.Object({ version: opt(Text), range: opt(Text), status: opt(Text) });

const Vulnerability = Type.Object({
  id: opt(Text),
  "bom-ref": opt(Text),
  references: opt(Type.Array(Type.Object({ id: opt(Text) }))),
  advisories: opt(Type.Array(Type.Object({ title: opt(Text), url: opt(Text) }))),
  analysis: opt(Type.Object({ state: opt(Text) })),
  affects: opt(Type.Array(Type.Object({ ref: Text, versions: opt(Type.Array(AffectedVersion)) }))),
});

export const BillShape = Type.Object({
  specVersion: Text,
  serialNumber: opt(Text),
  metadata: opt(Type.Object({ timestamp: opt(Text), manufacture: opt(Organisation), component: opt(Component) })),
  components: opt(Type.Array(Component)),
  compositions: opt(Type.Array(Composition)),
  vulnerabilities: opt(Type.Array(Vulnerability)),
});

export type BillShape = Static<typeof BillShape>;
export type ComponentShape = Static<typeof Component>;
export type CompositionShape = Static<typeof Composition>;
export type VulnerabilityShape = Static<typeof Vulnerability>;
