import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { demandsSql, linksSql, poolLines } from "./generate-links.ts";

/**
 * Writes a workspace with an invented inventory of a given size: `node bench/generate.ts --elements 1000000 --format
 * parquet`. The same size, format and seed give the same rows. Everything in it is invented and named `DEMO-`.
 * `--links`: each site is one operator's, and links, demands and pools make networks of them; `--site-count`: how many.
 */
export interface Shape {
  readonly elements: number;
  readonly format: "csv" | "parquet";
  readonly seed: number;
  readonly links?: boolean;
  readonly sites?: number;
}

export const operators = 4;
const makers = 40;
const products = 100;
const releasesPerProduct = 4;
const functions = [
  ...["gNB", "gNB-DU", "gNB-CU", "RU", "eNB", "transport-router", "optical-transport", "security-gateway"],
  ...["AMF", "SMF", "UPF", "UDM", "cloud-platform", "RAN-management", "core-management"],
];
/** As many as a large country has; a small inventory has one for ten elements. */
const mostSites = 100_000;
export const sitesOf = ({ elements, sites }: Shape) =>
  sites ?? Math.max(1, Math.min(mostSites, Math.floor(elements / 10)));
const regions = 16;
const seats = ["DE", "FI", "SE", "US", "KR", "CN", "JP", "FR"];

export const dataFolder = join(import.meta.dirname, "data");

/** Names as the generated tables have them. */
export const functionOf = (product: number) => functions[product % functions.length]!;
export const makerOf = (product: number) => `DEMO-maker-${product % makers}`;
export const releaseOf = (product: number, release: number) => `${20 + (product % 7)}.${release}`;

/** Adds evidence to a generated workspace; benches of the whole run pass one, since signing is not generation. */
export type EvidenceHook = (folder: string, shape: Shape) => Promise<void>;

/** Makes the workspace, in place of whatever was in its folder, and answers that folder. */
export async function generate(
  shape: Shape,
  evidence?: EvidenceHook,
  folder: string = folderOf(shape),
): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  const large = ["elements", "relations", "uses", ...(shape.links ? ["links", "demands"] : [])];
  for (const name of large) mkdirSync(join(folder, name), { recursive: true });
  writeSmallTables(folder, shape);
  await writeLargeTables(folder, shape);
  await evidence?.(folder, shape);
  return folder;
}

export function folderOf({ elements, format, seed, links, sites }: Shape): string {
  const parts = [elements, format, seed, ...(links ? ["links"] : []), ...(sites === undefined ? [] : [sites])];
  return join(dataFolder, parts.join("-"));
}

function writeSmallTables(folder: string, { links }: Shape): void {
  const count = (n: number) => Array.from({ length: n }, (_, index) => index);
  const write = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  write("freigabe.yaml", [
    "name: DEMO-bench",
    "title: Invented inventory for measuring",
    "country: DE",
    "demo: true",
    "binding:",
    "  - pack: de-2026",
    "days:",
    "  asOf: 2026-11-23",
    "  knownAt: 2026-11-23",
  ]);
  write("suppliers.csv", [
    "id,name,seat",
    ...count(makers).map((m) => `DEMO-maker-${m},Invented maker ${m},${seats[m % seats.length]}`),
  ]);
  write("operators.csv", [
    "id,name,increased_risk",
    ...count(operators).map((o) => `DEMO-operator-${o},Invented operator ${o},yes`),
  ]);
  write("products.csv", [
    "id,supplier,name",
    ...count(products).map((p) => `DEMO-product-${p},DEMO-maker-${p % makers},Invented product ${p}`),
  ]);
  write("regions.csv", [
    "name,people,year,source",
    ...count(regions).map((r) => `DEMO-region-${r},${1_000_000 * (1 + r)},2026,invented`),
  ]);
  if (links) write("pools.csv", poolLines());
}

async function writeLargeTables(folder: string, shape: Shape): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { autoinstall_known_extensions: "false" });
  const connection = await instance.connect();
  const copy = (name: string, sql: string) => {
    const path = join(folder, name, `${name}.${shape.format}`).replaceAll("'", "''");
    const options = shape.format === "csv" ? "format csv, header" : "format parquet";
    return connection.run(`copy (${sql}) to '${path}' (${options})`);
  };
  await connection.run("set preserve_insertion_order = true");
  const sites = join(folder, "sites.csv").replaceAll("'", "''");
  await connection.run(`copy (${sitesSql(shape)}) to '${sites}' (format csv, header)`);
  await copy("elements", elementsSql(shape));
  await copy("relations", relationsSql(shape));
  await copy("uses", usesSql(shape));
  if (shape.links) {
    await copy("links", linksSql(shape));
    await copy("demands", demandsSql(shape));
  }
  connection.closeSync();
  instance.closeSync();
}

/** A number below a billion that depends on row, purpose and seed alone. */
export const dice = (purpose: string, seed: number) => `(hash('${seed} ${purpose} ' || i) % 1000000007)::bigint`;
const idOf = (row: string) => `'DEMO-e-' || lpad((${row})::varchar, 8, '0')`;

function elementsSql(shape: Shape): string {
  const { elements, seed } = shape;
  const sites = sitesOf(shape);
  const names = functions.map((name) => `'${name}'`).join(", ");
  return `
    with drawn as (
      select i, least(${dice("product", seed)} % ${products}, ${dice("skew", seed)} % ${products}) as p,
        ${dice("release", seed)} % ${releasesPerProduct} as r,
        case when ${dice("known", seed)} % 100 >= 3 then date '2016-11-20' + (${dice("day", seed)} % 3650)::int end as first
      from range(${elements}) as t(i))
    select ${idOf("i")} as "id",
      'DEMO-operator-' || (${shape.links ? `(i * ${sites} // ${elements})` : dice("operator", seed)} % ${operators}) as "operator",
      'DEMO-site-' || (i * ${sites} // ${elements}) as "site",
      'DEMO-maker-' || (p % ${makers}) as "maker",
      'DEMO-product-' || p as "product",
      (20 + p % 7) || '.' || r as "release",
      case when p % 3 = 0 then sha256('DEMO ' || p || ' ' || r) end as "digest",
      ([${names}])[1 + p % ${functions.length}] as "functions",
      case when ${dice("status", seed)} % 200 = 0 then 'retired' else 'active' end as "status",
      first as "in_service_since",
      case when ${dice("updated", seed)} % 10 < 6 then least(first + (${dice("update", seed)} % 400)::int, date '2026-11-20') end as "release_since"
    from drawn order by i`;
}

/** Sites spread evenly over a square of eight degrees. */
function sitesSql(shape: Shape): string {
  const { seed } = shape;
  const part = (purpose: string) => `(${dice(purpose, seed)} % 10000 / 10000.0)`;
  return `
    select 'DEMO-site-' || i as "id", 'Invented site ' || i as "name", 'DEMO-region-' || (${dice("region", seed)} % ${regions}) as "region",
      round(47 + 8 * ${part("north")}, 5) as "latitude", round(6 + 8 * ${part("east")}, 5) as "longitude"
    from range(${sitesOf(shape)}) as t(i) order by i`;
}

function relationsSql({ elements, seed }: Shape): string {
  return `
    select * from (
      select ${idOf("i")} as "from", 'maintained-by' as "kind",
        'DEMO-maker-' || (${dice("party", seed)} % ${makers}) as "to",
        date '2020-01-01' as "from_day", null::date as "until_day",
        (['DE', 'IN', 'CN', 'RO'])[1 + ${dice("place", seed)} % 4] as "place",
        (['mediated', 'unmediated'])[1 + ${dice("access", seed)} % 2] as "access"
      from range(0, ${elements}, 150) as t(i)
      union all
      select ${idOf("i")}, 'part-of', ${idOf("i - i % 12")}, null, null, null, null
      from range(7, ${elements}, 300) as t(i) where i % 12 <> 0)
    order by all`;
}

function usesSql({ elements, seed }: Shape): string {
  return `
    select 'DEMO-operator-' || (${dice("sharer", seed)} % ${operators}) as "operator", ${idOf("i")} as "element",
      'shared' as "kind", 50 as "share", null::date as "from", null::date as "until"
    from range(11, ${elements}, 1000) as t(i) order by all`;
}

/** Options of every bench that works on a generated inventory. */
export const shapeOptions = {
  elements: { type: "string", default: "1000000" },
  format: { type: "string", default: "parquet" },
  seed: { type: "string", default: "1" },
  links: { type: "boolean", default: false },
  "site-count": { type: "string" },
} as const;

export function shapeOf(values: {
  readonly elements: string;
  readonly format: string;
  readonly seed: string;
  readonly links: boolean;
  readonly "site-count"?: string;
}): Shape {
  const { elements, format, seed, links, "site-count": sites } = values;
  return {
    elements: Number(elements),
    format: format === "csv" ? "csv" : "parquet",
    seed: Number(seed),
    links,
    ...(sites !== undefined && { sites: Number(sites) }),
  };
}

if (import.meta.main) {
  console.log(await generate(shapeOf(parseArgs({ options: shapeOptions }).values)));
}
