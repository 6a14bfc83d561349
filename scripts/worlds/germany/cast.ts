/**
 * Who is who. All names are invented. The shares that operators and makers imitate are the published ones that the
 * README of the example lists with source and year.
 */
import type { Signatory } from "../../../test/kit/world.ts";
import type { Row } from "./parts.ts";

export const asOf = "2026-11-20";

/** An operator: the letter of its ids, its radio sites (a tenth of the published number), and its radio makers. */
export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly letter: string;
  readonly sites: number;
  /** People who use it: half of the published SIM cards of whom it imitates; of the smallest, invented. */
  readonly customers: number;
  /** Sites by radio maker; they sum up to `sites`. */
  readonly radio: Readonly<Record<string, number>>;
}

export const rhein: Operator = {
  ...{ id: "DEMO-rhein", name: "DEMO Rheinfunk AG", letter: "R", sites: 3645, customers: 25_050_000 },
  radio: { "DEMO-lotus": 2430, "DEMO-borea": 1215 },
};
export const isar: Operator = {
  ...{ id: "DEMO-isar", name: "DEMO Isarnetz GmbH", letter: "I", sites: 2700, customers: 30_500_000 },
  radio: { "DEMO-borea": 1377, "DEMO-lotus": 1323 },
};
export const elbe: Operator = {
  ...{ id: "DEMO-elbe", name: "DEMO Elbkom GmbH", letter: "E", sites: 2900, customers: 23_350_000 },
  radio: { "DEMO-taiga": 1450, "DEMO-lotus": 1450 },
};
export const neckar: Operator = {
  ...{ id: "DEMO-neckar", name: "DEMO Neckarmobil SE", letter: "N", sites: 200, customers: 2_000_000 },
  radio: { "DEMO-sakura": 200 },
};
export const operators = [rhein, isar, elbe, neckar] as const;

/** Sites of DEMO-rhein that DEMO-isar uses too, by Land; they count among the sites of both. */
export const sharedSites: Readonly<Record<string, number>> = { Bayern: 75, Niedersachsen: 75 };

export const suppliers: readonly Row[] = [
  { id: "DEMO-lotus", name: "DEMO Lotus Telecom Ltd", seat: "XL" },
  { id: "DEMO-borea", name: "DEMO Borea Radio AB", seat: "SE" },
  { id: "DEMO-taiga", name: "DEMO Taiga Systems Oy", seat: "FI" },
  { id: "DEMO-sakura", name: "DEMO Sakura Open Networks KK", seat: "JP" },
  { id: "DEMO-halcyon", name: "DEMO Halcyon Core Inc", seat: "US" },
  { id: "DEMO-atlas", name: "DEMO Atlas Routing Inc", seat: "US" },
  { id: "DEMO-nordwerk", name: "DEMO Nordwerk AG", seat: "DE" },
  { id: "DEMO-jade", name: "DEMO Jade Devices Ltd", seat: "XL" },
  { id: "DEMO-prisma", name: "DEMO Prisma Optik Inc", seat: "US" },
  { id: "DEMO-kiesel", name: "DEMO Kiesel Server GmbH", seat: "DE" },
  { id: "DEMO-cumulus", name: "DEMO Cumulus Platform Inc", seat: "US" },
  { id: "DEMO-opal", name: "DEMO Opal Semiconductor Ltd", seat: "XL" },
  { id: "DEMO-harbour", name: "DEMO Harbour Invest Ltd", seat: "XL" },
  { id: "DEMO-lotus-holding", name: "DEMO Lotus Holding", seat: "XL" },
  { id: "DEMO-elder", name: "DEMO Elder Fund", seat: "US" },
  { id: "DEMO-meridian", name: "DEMO Meridian Group", seat: "US" },
  { id: "DEMO-mastbau", name: "DEMO Mastbau GmbH", seat: "DE" },
  { id: "DEMO-turmdienst", name: "DEMO Turmdienst GmbH", seat: "DE" },
  { id: "DEMO-fieldcare", name: "DEMO Fieldcare Services Ltd", seat: "XL" },
  { id: "DEMO-fernkabel", name: "DEMO Fernkabel GmbH", seat: "DE" },
];

const floats = [
  "DEMO-lotus-holding",
  "DEMO-borea",
  "DEMO-taiga",
  "DEMO-nordwerk",
  "DEMO-kiesel",
  "DEMO-cumulus",
  "DEMO-fernkabel",
];

export const owners: readonly Row[] = [
  ...floats.map((owned) => ({ owner: "free-float", owned, percent: 100 })),
  { owner: "DEMO-lotus-holding", owned: "DEMO-lotus", percent: 100 },
  { owner: "DEMO-lotus-holding", owned: "DEMO-opal", percent: 51 },
  // A majority of a majority: whoever bars the holding bars the device maker too.
  { owner: "DEMO-lotus-holding", owned: "DEMO-harbour", percent: 80 },
  { owner: "DEMO-harbour", owned: "DEMO-jade", percent: 60 },
  { owner: "free-float", owned: "DEMO-jade", percent: 40 },
  // Sold in 2024: whose votes count hangs on the day.
  { owner: "DEMO-elder", owned: "DEMO-atlas", percent: 70, until: "2024-12-31" },
  { owner: "DEMO-meridian", owned: "DEMO-atlas", percent: 70, from: "2025-01-01" },
  { owner: "free-float", owned: "DEMO-atlas", percent: 30 },
  // Two funds hold each other, a circle that decides nothing: most votes of both are spread.
  { owner: "DEMO-meridian", owned: "DEMO-elder", percent: 30 },
  { owner: "free-float", owned: "DEMO-elder", percent: 70 },
  { owner: "DEMO-elder", owned: "DEMO-meridian", percent: 30 },
  { owner: "free-float", owned: "DEMO-meridian", percent: 70 },
  // A golden share: two percent that decide, so core and routers are in one hand without one name.
  { owner: "DEMO-meridian", owned: "DEMO-halcyon", percent: 2, kind: "control" },
  { owner: "free-float", owned: "DEMO-halcyon", percent: 98 },
  // More than half of the votes are nobody's that we know of: it could be anybody's company.
  { owner: "DEMO Sakura Group", owned: "DEMO-sakura", percent: 45 },
];

/** The business in optical transport was taken over on this day. */
export const succession: readonly Row[] = [{ predecessor: "DEMO-prisma", successor: "DEMO-taiga", day: "2025-02-28" }];

const product = (id: string, supplier: string, name: string, cpe?: string): Row => ({
  ...{ id: `DEMO-${id}`, supplier: `DEMO-${supplier}`, name },
  cpe: cpe === undefined ? undefined : `cpe:2.3:${cpe}:*:*:*:*:*:*:*:*`,
});

export const products: readonly Row[] = [
  product("L-BB", "lotus", "Baseband 5", "h:demo-lotus:baseband_5"),
  product("L-RU", "lotus", "Radio 5"),
  product("L-AN", "lotus", "Antenna 5"),
  product("L-RM", "lotus", "Radio Manager"),
  product("L-LR2", "lotus", "Site Router 2"),
  product("L-LR1", "lotus", "Site Router 1"),
  product("L-LS3", "lotus", "Aggregation Switch 3"),
  product("L-TM", "lotus", "Transport Manager"),
  product("L-IMS", "lotus", "Voice Core"),
  product("L-MW", "lotus", "Microwave 9"),
  product("B-BB", "borea", "Radio Compute"),
  product("B-RU", "borea", "Radio Unit"),
  product("B-AN", "borea", "Antenna System"),
  product("B-RM", "borea", "Radio Network Manager"),
  product("B-CC", "borea", "Core Controller", "a:demo-borea:core_controller"),
  product("B-UP", "borea", "Core Gateway", "a:demo-borea:core_gateway"),
  product("B-UP2", "borea", "Core Gateway 2"),
  product("B-IMS", "borea", "Voice Core"),
  product("B-SD", "borea", "Subscriber Data"),
  product("B-DR", "borea", "Data Repository"),
  product("B-PC", "borea", "Policy Controller"),
  product("B-EDGE", "borea", "Edge Protection"),
  product("B-CM", "borea", "Core Manager"),
  product("B-MW", "borea", "Microwave Link"),
  product("T-BB", "taiga", "Baseband"),
  product("T-RU", "taiga", "Radio"),
  product("T-AN", "taiga", "Antenna"),
  product("T-RM", "taiga", "Radio Manager"),
  product("T-CC", "taiga", "Cloud Core", "a:demo-taiga:cloud_core"),
  product("T-UP", "taiga", "Cloud Gateway"),
  product("T-SD", "taiga", "Registers"),
  product("T-SR7", "taiga", "Service Router 7", "h:demo-taiga:service_router_7"),
  product("T-SR8", "taiga", "Service Router 8"),
  product("T-SR9", "taiga", "Service Router 9"),
  product("T-CM", "taiga", "Core Manager"),
  product("S-BB", "sakura", "Open Baseband", "h:demo-sakura:open_baseband"),
  product("S-RU", "sakura", "Open Radio"),
  product("S-RM", "sakura", "Open Radio Manager"),
  product("H-CC", "halcyon", "Converged Core", "a:demo-halcyon:converged_core"),
  product("H-UP", "halcyon", "User Plane"),
  product("H-SD", "halcyon", "Subscriber Store"),
  product("H-CM", "halcyon", "Core Manager"),
  product("A-AR9", "atlas", "Access Router 9", "h:demo-atlas:access_router_9"),
  product("A-CR4", "atlas", "Core Router 4"),
  product("N-NR4", "nordwerk", "Network Router 4"),
  product("N-NR5", "nordwerk", "Network Router 5"),
  product("N-NR6", "nordwerk", "Network Router 6"),
  product("N-NS1", "nordwerk", "Network Switch 1"),
  product("N-TM", "nordwerk", "Network Manager"),
  product("N-SG", "nordwerk", "Security Gateway"),
  product("N-TS", "nordwerk", "Time Server"),
  product("J-JE2", "jade", "Edge Router 2"),
  product("J-DNS", "jade", "Name Server"),
  product("P-OT", "prisma", "Optical Transport"),
  product("K-SV", "kiesel", "Server 2U"),
  product("C-CP", "cumulus", "Cloud Platform"),
  product("C-MO", "cumulus", "Orchestrator"),
  product("C-BSS", "cumulus", "Order and Billing"),
  product("O-CHIP", "opal", "Signal Processor OS-7"),
];

/** Everyone who signs with a key from a published seed; those with other algorithms are in `envelopes/keys.yaml`. */
export const keys: readonly Signatory[] = [
  { id: "DEMO-body", party: "DEMO certification body", role: "body" },
  { id: "DEMO-body-ended", party: "DEMO former body", role: "body", from: "2023-01-01", until: "2025-12-31" },
  { id: "DEMO-lab", party: "DEMO test lab", role: "lab" },
  { id: "DEMO-lab-ended", party: "DEMO former lab", role: "lab", from: "2022-01-01", until: "2025-06-30" },
  { id: "DEMO-ministry", party: "DEMO ministry", role: "authority" },
  { id: "DEMO-ministry-approver", party: "DEMO ministry", role: "approver" },
  { id: "DEMO-regulator", party: "DEMO regulator", role: "authority" },
  ...operators.flatMap(({ id }) => [
    { id: `${id}-security`, party: id, role: "operator" as const },
    { id: `${id}-approver`, party: id, role: "approver" as const },
  ]),
  ...["lotus", "borea", "taiga", "halcyon", "nordwerk"].map((name) => ({
    ...{ id: `DEMO-${name}-key`, party: `DEMO-${name}`, role: "maker" as const },
  })),
];
