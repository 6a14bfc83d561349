/** Writes the published JSON Schemas from the ones the program checks with; a test fails if they differ. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TSchema } from "typebox";
import { Assessment } from "../src/model/assessment.ts";
import { Config } from "../src/model/config.ts";
import { GateResult } from "../src/model/gate-result.ts";
import { CoalitionResult } from "../src/model/market.ts";
import { PackManifest } from "../src/model/pack.ts";
import { DecisionFields, decisionField, type EntryKind, entryKinds } from "../src/model/record.ts";
import { RestrictionResult } from "../src/model/restriction.ts";
import { NationalView } from "../src/model/shares.ts";
import { predicates, type StatementKind, statementKinds } from "../src/model/statement.ts";
import { WhatIfExpose } from "../src/model/whatif-expose.ts";
import { OutageResult } from "../src/model/whatif-outage.ts";

const base = "https://freigabe.dev/schemas";

const titles: Readonly<Record<StatementKind, string>> = {
  certificate: "A body certified a release under a scheme, or withdrew that",
  "test-result": "A laboratory's result (in-toto test-result v0.1 with our time of signing)",
  register: "A numbered list that says what is complete as of a day",
  declaration: "A notice of first use, or a maker's declaration of trustworthiness",
  order: "An authority's order about equipment",
  "update-statement": "A release differs from a certified one by a minor or a major change",
  oversight: "How deep others may look into a maker's product",
  alias: "A person's confirmation of what a text in the tables means",
  exception: "Two approvers let equipment pass rules that stand against it, until a day",
  document: "Somebody vouches for a document that carries no signature of its own",
  posture: "Summary of an assessment for those who share intelligence, without the inventory",
  "formal-notice": "A formal letter with a condition and the day from which it is acted on",
  "notice-reply": "That a formal notice arrived, or the answer to it",
  "supplier-comment": "A supplier's own words beside what is found about it",
  override: "Two officers let one object through to one partner",
  removal: "Elements are gone from an operator's network, or stand elsewhere in it; two people sign",
  "warning-decision": "What two officers decided about a warning of a threat to life that a rule keeps from a partner",
  "recall-reply": "A partner has acted on a recall",
  shares: "An operator's counts of who stands behind its network, without its inventory",
};

const ledgerTitles: Readonly<Record<EntryKind, string>> = {
  decision: `A SLSA verification summary (v1) with what Freigabe adds under ${decisionField}`,
  start: "A ledger begins: its name and its first key",
  files: "Files of a workspace that appeared or vanished since the last entries",
  rotation: "A ledger has another key from now on",
  redaction: "An object beside the ledger was withheld, and why",
  disclosure: "What a partner was given, what was withheld from it and what was taken back, and on what",
  act: "Something that somebody did at a server that shares intelligence",
  view: "In a partner's own log: rows that one of its views showed or lost",
};

/** What `whatif ... --output json` prints. */
const answers: readonly (readonly [path: string, title: string, verb: string, schema: TSchema])[] = [
  ["outage.schema.json", "Freigabe outage", "outage", OutageResult],
  ["exposure.schema.json", "Freigabe exposure", "expose", WhatIfExpose],
  ["restriction.schema.json", "Freigabe restriction", "restrict", RestrictionResult],
  ["coalition.schema.json", "Freigabe coalition", "coalition", CoalitionResult],
];

/** Path below `schemas/` -> text of the published schema. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  const predicateFiles = statementKinds.map((kind): readonly [string, string] => {
    const path = `predicates/${kind}.schema.json`;
    return [
      path,
      publish(
        path,
        `Predicate ${kind}`,
        `${titles[kind]}. Predicate type ${predicates[kind].uri}`,
        predicates[kind].schema,
      ),
    ];
  });
  return new Map([
    ...predicateFiles,
    ...Object.entries(entryKinds).map(([kind, { uri, schema }]): readonly [string, string] => {
      const path = `predicates/ledger-${kind}.schema.json`;
      return [
        path,
        publish(path, `Ledger entry ${kind}`, `${ledgerTitles[kind as EntryKind]}. Predicate type ${uri}`, schema),
      ];
    }),
    [
      "assessment.schema.json",
      publish("assessment.schema.json", "Freigabe assessment", "What `assess --output json` prints", Assessment),
    ],
    [
      "national-view.schema.json",
      publish(
        "national-view.schema.json",
        "Freigabe national view",
        "What `assess --from-shares ... --output json` prints",
        NationalView,
      ),
    ],
    [
      "decision.schema.json",
      publish(
        "decision.schema.json",
        "Freigabe decision",
        `What a decision in a ledger says beside the SLSA verification summary, under ${decisionField}`,
        DecisionFields,
      ),
    ],
    ["gate.schema.json", publish("gate.schema.json", "Freigabe gate", "What `gate --output json` prints", GateResult)],
    ...answers.map(([path, title, verb, schema]): readonly [string, string] => [
      path,
      publish(path, title, `What \`whatif ${verb} --output json\` prints`, schema),
    ]),
    ["config.schema.json", publish("config.schema.json", "freigabe.yaml", "Configuration of a workspace", Config)],
    [
      "pack.schema.json",
      publish("pack.schema.json", "pack.yaml", "What a rule pack says about itself, and its data", PackManifest),
    ],
  ]);
}

function publish(path: string, title: string, description: string, schema: TSchema): string {
  const head = { $schema: "https://json-schema.org/draft/2020-12/schema", $id: `${base}/${path}`, title, description };
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`;
}

if (import.meta.main) {
  for (const [path, text] of publishedSchemas()) {
    const file = join(import.meta.dirname, "..", "schemas", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
