/** One question at a time: a world in which every register is complete, and the verdicts of the real tasks on it. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  asOf,
  keys,
  operators,
  ordersRegister,
  owners,
  ownRegister,
  products,
  suppliers,
} from "../../scripts/worlds/cast.ts";
import { openShell } from "../../src/cli/shell.ts";
import type { Assessment } from "../../src/model/assessment.ts";
import type { Explanation } from "../../src/model/explanation.ts";
import type { GateResult } from "../../src/model/gate-result.ts";
import type { ParameterValue } from "../../src/model/pack.ts";
import { readNamed } from "../../src/storage/folder.ts";
import { type AssessOptions, assess } from "../../src/tasks/assess.ts";
import { explain } from "../../src/tasks/explain.ts";
import { gate } from "../../src/tasks/gate.ts";
import type { Days } from "../../src/tasks/workspace.ts";
import { type Signatory, type Signed, temporaryWorld, type World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;
const ownKinds = ["certificates", "notices", "guarantees", "maintenance"] as const;

/** What is special about a case; the rest is the invented cast, with complete registers that list nothing. */
export interface Case {
  readonly elements: NonNullable<World["tables"]["elements"]>;
  readonly evidence?: readonly Signed[];
  /** Entries of an operator's own registers, or `null` for one that is not on file. */
  readonly registers?: Readonly<Partial<Record<(typeof ownKinds)[number], readonly Fields[] | null>>>;
  /** The ministry's register of orders instead of one that is fresh and lists nothing; `null`: none on file. */
  readonly orders?: Signed | null;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly config?: Partial<World["config"]>;
  readonly tables?: World["tables"];
  readonly keys?: readonly Signatory[];
  readonly files?: World["files"];
}

/** The case as a whole world: `DEMO-north` on 20 November 2026, under `de-2026`. */
export function worldOf(given: Case): World {
  const tables = { suppliers, owners, products, operators, elements: given.elements, ...given.tables };
  const ids = (tables.operators ?? []).map(({ id }) => String(id));
  const own = ownKinds.flatMap((kind) => {
    const entries = given.registers?.[kind];
    return entries === null ? [] : ids.map((id) => ownRegister(kind, entries ?? [], id));
  });
  const orders = given.orders === null ? [] : [given.orders ?? ordersRegister()];
  return {
    config: {
      name: "case",
      country: "DE",
      demo: true,
      binding: [{ pack: "de-2026", ...(given.parameters && { parameters: { ...given.parameters } }) }],
      roles: { "de-2024-contract-maker": [] },
      operatorRoles: Object.fromEntries(
        ["de-2024-contract-operator", "us-universal-service"].map((role) => [
          role,
          [{ operator: "DEMO-north", source: "invented" }],
        ]),
      ),
      days: { asOf, knownAt: asOf },
      ...given.config,
    },
    tables,
    keys: [...keys, ...(given.keys ?? [])],
    signed: [...orders, ...own, ...(given.evidence ?? [])],
    ...(given.files && { files: given.files }),
  };
}

/** One row of the CSV of verdicts. */
export interface Answer {
  readonly element: string;
  readonly operator: string;
  /** Outcome and basis, as `undecided/identity`. */
  readonly verdict: string;
  readonly bases: string;
  readonly rules: string;
  readonly since: string;
  readonly grade: string;
  readonly who: string;
}

/** What `assess` says of a case, as a whole and of each element. */
export interface Answers {
  readonly assessment: Assessment;
  readonly rows: readonly Answer[];
  /** The row of an element, with one operator where it has several; throws if there is none. */
  of(element: string, operator?: string): Answer;
}

/** Runs the real `assess` on a case, every question asked of Cedar again. */
export async function answersTo(given: Case, options: AssessOptions = {}): Promise<Answers> {
  return inWorld(worldOf(given), async (root) => {
    const csv = join(root, "verdicts.csv");
    const { assessment, engineFailed } = await assess(shellIn(root), { auditAll: true, ...options, csv });
    if (engineFailed) throw new Error("Cedar and the truth tables differ");
    const rows = readFileSync(csv, "utf8").trimEnd().split("\n").slice(1).map(asAnswer);
    const of = (element: string, operator?: string) => {
      const found = rows.find((row) => row.element === element && (operator ?? row.operator) === row.operator);
      if (!found) throw new Error(`no verdict on ${element} ${operator ?? ""}`);
      return found;
    };
    return { assessment, rows, of };
  });
}

/** The verdict on a case's first element, as `admitted/no-duty`. */
export async function verdictOn(given: Case, options: AssessOptions = {}): Promise<string> {
  return (await answersTo(given, options)).of(String(given.elements[0]?.id)).verdict;
}

/** Runs the real `explain` on one element of a case. */
export function explanationOf(given: Case, element: string, days: Days = {}): Promise<Explanation> {
  return inWorld(worldOf(given), (root) => explain(shellIn(root), element, days));
}

/** Runs the real `gate` on a case with an order: lines after the header. */
export function gateOf(
  given: Case,
  lines: readonly string[],
  days: Days = {},
  header = orderHeader,
): Promise<GateResult> {
  const files = { ...given.files, "order.csv": `${[header, ...lines].join("\n")}\n` };
  return inWorld(worldOf({ ...given, files }), async (root) => {
    const order = readNamed(join(root, "order.csv"), 1_000_000);
    if (!order) throw new Error("the order was not written");
    return (await gate(shellIn(root), { ...order, name: "order.csv" }, days)).result;
  });
}

export const orderHeader = "line,operator,maker,product,release,functions,quantity";

/** A shell for the tasks, on a fixed day. */
export function shellIn(root: string) {
  const silent = () => undefined;
  const now = new Date("2026-11-23T12:00:00Z");
  return openShell(root, { out: silent, err: silent, cwd: root, now, terminal: false, colours: false });
}

/** Writes a world, hands its folder to `use`, and clears it away. */
export async function inWorld<T>(world: World, use: (root: string) => Promise<T>): Promise<T> {
  const root = temporaryWorld(world);
  try {
    return await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function asAnswer(line: string): Answer {
  const cells = line.split(",").map((cell) => (cell === '""' ? "" : cell));
  const [element = "", operator = "", , outcome, basis, bases = "", rules = "", since = "", grade = "", who = ""] =
    cells;
  return { element, operator, verdict: `${outcome}/${basis}`, bases, rules, since, grade, who };
}

/** An element of `DEMO-north` by the maker of its product, in service and with its release since `since`. */
export function element(
  id: string,
  functions: string,
  product: string,
  release: string,
  since?: string,
  changes: Readonly<Record<string, string | undefined>> = {},
) {
  const maker = products.find((known) => known.id === product)?.supplier;
  const days = { in_service_since: since, release_since: since };
  return { id, operator: "DEMO-north", maker, product, release, functions, status: "active", ...days, ...changes };
}

/** An AMF of `DEMO-core`, by `DEMO-nordwerk`. */
export function amf(release: string, since?: string, changes: Readonly<Record<string, string | undefined>> = {}) {
  return element("DEMO-amf", "AMF", "DEMO-core", release, since, changes);
}

/** The predicate of a NESAS CCS-GI certificate for an AMF of `DEMO-core`, from 15 January 2026 to 14 January 2028. */
export function nesas(changes: Fields = {}): Fields {
  return {
    certificateId: "DEMO-NESAS-1",
    scheme: "NESAS-CCS-GI",
    status: "issued",
    holder: "DEMO-nordwerk",
    product: "DEMO-core",
    release: "21.3",
    documents: ["TS 33.512"],
    issued: "2026-01-15",
    until: "2028-01-14",
    ...changes,
  };
}

/** A statement in `evidence/`, by default signed by the certification body on the day it was issued. */
export function statement(
  kind: Signed["says"]["kind"],
  predicate: Fields,
  changes: Partial<Omit<Signed, "says">> = {},
): Signed {
  const on = changes.on ?? String(predicate.issued ?? predicate.given ?? "2026-10-01");
  const by = changes.by ?? ["DEMO-body"];
  return { file: `evidence/${kind}-${by.join("-")}-${on}.json`, ...changes, by, on, says: { kind, predicate } };
}

/** A notice by `DEMO-north` of the planned use of `DEMO-core` as AMF. */
export function notice(given: string, changes: Fields = {}): Fields {
  return {
    declarationId: "DEMO-notice-1",
    declaration: "notice",
    operator: "DEMO-north",
    product: "DEMO-core",
    functions: ["AMF"],
    given,
    ...changes,
  };
}

/** The guarantee declaration of `DEMO-nordwerk` for `DEMO-core`, signed by the maker. */
export function guarantee(given: string, changes: Fields = {}): Signed {
  const predicate = {
    declarationId: "DEMO-guarantee-1",
    declaration: "guarantee",
    maker: "DEMO-nordwerk",
    product: "DEMO-core",
    given,
    ...changes,
  };
  return statement("declaration", predicate, { by: ["DEMO-nordwerk-key"] });
}
