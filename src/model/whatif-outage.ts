import Type, { type Static } from "typebox";
import type { Frozen } from "./frozen.ts";
import { OutageLooked, OutageScenario } from "./outage.ts";

const Text = Type.String();
const Answer = Type.Union([Type.Literal("yes"), Type.Literal("no"), Type.Literal("open")]);

/** What `whatif outage` answers: what is left of a network in one scenario. */
export const OutageResult = Type.Object(
  {
    kind: Type.Literal("whatif-outage"),
    workspace: Text,
    asOf: Text,
    knownAt: Text,
    demo: Type.Boolean(),
    /** Percent served, of what was served before: below it the answer says so. */
    threshold: Type.Number(),
    scenario: OutageScenario,
    below: Type.Object(
      { sites: Type.Union([Answer, Type.Null()]), people: Type.Union([Answer, Type.Null()]) },
      {
        description: "whether less than the threshold is left, people without roaming; null: nothing was served before",
      },
    ),
    people: Type.Object({
      years: Type.Array(Type.Number()),
      sources: Type.Array(Text),
    }),
    demands: Type.Object({
      origin: Type.Union([Type.Literal("table"), Type.Literal("modelled"), Type.Literal("none")]),
      count: Type.Integer({ minimum: 0 }),
      loose: Type.Integer({ minimum: 0, description: "demands that name no places of one operator" }),
    }),
    looked: OutageLooked,
    inputs: Type.Array(Type.Object({ file: Text, sha256: Text, bytes: Type.Integer({ minimum: 0 }) })),
  },
  { $id: "https://freigabe.dev/schemas/outage.schema.json", title: "Freigabe whatif outage" },
);
export type OutageResult = Frozen<Static<typeof OutageResult>>;
