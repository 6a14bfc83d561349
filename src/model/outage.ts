import Type, { type Static } from "typebox";
import { ScopeWord, SpanShape } from "./dependence.ts";
import type { Frozen } from "./frozen.ts";

const Text = Type.String();
const Count = Type.Integer({ minimum: 0 });
const Amount = Type.Number({ minimum: 0 });

export const OutageState = Type.Union([Type.Literal("stops"), Type.Literal("hostile"), Type.Literal("no-updates")]);
export type OutageState = Static<typeof OutageState>;

/** What is left in one part of the network. People are apportioned: a region's, evenly over an operator's radio sites there. */
export const OutageRow = Type.Object({
  scope: ScopeWord,
  name: Type.String({ description: "operator or region; empty for the nation" }),
  sites: Type.Object({
    total: Type.Integer({ minimum: 0, description: "radio sites, once per operator" }),
    before: Type.Integer({ minimum: 0, description: "of these, served before" }),
    served: SpanShape,
    own: Type.Object({ least: Amount, most: Amount }, { description: "dark because of what stands there" }),
    cutOff: Type.Object({ least: Amount, most: Amount }, { description: "dark because no path is left" }),
    pool: Type.Object({ least: Amount, most: Amount }, { description: "dark because a pool has too few members" }),
  }),
  people: Type.Union([
    Type.Object({
      total: Amount,
      before: SpanShape,
      served: Type.Object({ least: Amount, most: Amount }, { description: "without national roaming" }),
      roaming: Type.Object({ least: Amount, most: Amount }, { description: "with national roaming" }),
    }),
    Type.Null(),
  ]),
  traffic: Type.Union([
    Type.Object({
      total: Amount,
      before: Amount,
      served: SpanShape,
      overloaded: Type.Object(
        { least: Amount, most: Amount },
        { description: "of what is served, on links that are too small for it" },
      ),
    }),
    Type.Null(),
  ]),
  withoutUpdates: Type.Union(
    [
      Type.Object({
        sites: SpanShape,
        people: Type.Union([SpanShape, Type.Null()]),
        traffic: Type.Union([SpanShape, Type.Null()]),
      }),
      Type.Null(),
    ],
    { description: "state `no-updates`: what stands on equipment that no longer gets any; null in other states" },
  ),
});
export type OutageRow = Frozen<Static<typeof OutageRow>>;

/** One scenario: who, in which state, and what is left. */
export const OutageScenario = Type.Object({
  suspect: Text,
  suppliers: Type.Array(Text),
  mayInclude: Type.Array(Text, { description: "suppliers that might belong to it" }),
  state: OutageState,
  channels: Type.Array(Text),
  elements: Type.Object({
    total: Count,
    hit: SpanShape,
    unheld: Type.Integer({ minimum: 0, description: "of those hit at the most, with nobody known behind them" }),
  }),
  rows: Type.Array(OutageRow),
  pools: Type.Array(
    Type.Object({ id: Text, operator: Text, function: Text, members: Count, needed: Count, live: SpanShape }),
    { description: "pools that fall below what they need, or may" },
  ),
  overloaded: Type.Array(Type.Object({ link: Text, operator: Text, capacity: Amount, load: Amount, before: Amount }), {
    description: "links whose load after re-routing is above their capacity, worst first, at most 50",
  }),
});
export type OutageScenario = Frozen<Static<typeof OutageScenario>>;

/** Smallest sets of suppliers whose loss leaves less than a threshold. */
export const SmallestSets = Type.Object({
  state: OutageState,
  base: Type.Union([Type.Literal("sites"), Type.Literal("people")]),
  threshold: Type.Number({ description: "percent served, of what was served before" }),
  searched: Type.Integer({ minimum: 0, description: "sets looked at" }),
  upTo: Type.Integer({ minimum: 1, description: "largest size looked at" }),
  sets: Type.Array(Type.Object({ suppliers: Type.Array(Text), served: SpanShape }), {
    description: "minimal: no part of one is below the threshold; smallest first, at most 100",
  }),
  more: Count,
});
export type SmallestSets = Frozen<Static<typeof SmallestSets>>;

/** What was not looked at, and what was taken for granted. */
export const OutageLooked = Type.Object({
  withoutLinks: Type.Array(Text, { description: "operators with no links: no path is looked at" }),
  withoutNeeds: Type.Array(Text, {
    description: "operators whose sites need neither pools nor gateways: no path either",
  }),
  assumedCarriers: Type.Integer({
    minimum: 0,
    description: "places on the way of others where no transit element is known; taken to carry",
  }),
  peopleUnknown: Type.Integer({ minimum: 0, description: "regions with radio sites whose people are not known" }),
  customersUnknown: Type.Array(Text, { description: "operators with radio sites whose customers are not known" }),
  missingMembers: Type.Integer({ minimum: 0, description: "members that pools name and that are not in use" }),
  unread: Type.Integer({ minimum: 0, description: "records of elements that could not be read" }),
});
export type OutageLooked = Frozen<Static<typeof OutageLooked>>;

export const Outage = Type.Object({
  kind: Type.Literal("outage"),
  scenarios: Type.Array(OutageScenario, { description: "one per supplier and state, most people or sites lost first" }),
  suppliers: Type.Integer({ minimum: 0, description: "suppliers looked at; the others lose nothing" }),
  smallest: Type.Array(SmallestSets),
  paths: Type.Boolean({ description: "false: there are no links, so that no path was looked at" }),
  pools: Count,
  withoutRadio: Type.Integer({ minimum: 0, description: "places of elements that are no radio sites" }),
  looked: OutageLooked,
});
export type Outage = Frozen<Static<typeof Outage>>;
