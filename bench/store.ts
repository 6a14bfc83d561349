import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EquipmentKey } from "../src/model/inventory.ts";
import type { EquipmentRange, TableFile } from "../src/model/ports/store.ts";
import { openInventory } from "../src/storage/duckdb/open.ts";
import { folderOf, generate, shapeOf, shapeOptions } from "./generate.ts";

/**
 * The store alone, step by step: `node bench/store.ts --elements 5000000 --format csv [--sites] [--write] [--record]`. Run once per process,
 * since the peak of memory is the process's.
 */
const { values } = parseArgs({
  options: {
    ...shapeOptions,
    sites: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});
const shape = shapeOf(values);
const folder = folderOf(shape);
if (!existsSync(folder)) await generate(shape);

const began = performance.now();
let last = began;
const lap = (step: string, figure: unknown) => {
  const now = performance.now();
  console.log(`${step.padEnd(12)} ${((now - last) / 1000).toFixed(2).padStart(6)} s  ${figure}`);
  last = now;
};

const store = await openInventory();
lap("open", "");
const loaded = await store.load(tableFiles(), "2026-11-23", {}, { sites: values.sites });
lap("load", `${loaded.elements} elements, ${loaded.notInUse} not in use, ${loaded.setAside} set aside`);
if (values.record) {
  const path = join(folder, "record.parquet");
  const rows = await store.writeRecord(path);
  lap("record", `${rows} rows, ${(statSync(path).size / 1e6).toFixed(1)} MB`);
  const left = await store.recall({ path, same: () => false, removals: [] });
  lap("recall", `${left.verdicts} left`);
}
const keys = await store.equipmentKeys();
const parties = await store.maintenanceKeys();
lap("keys", `${keys.length} of equipment, ${parties.length} of maintenance`);
const groups = await store.questions(
  keys.flatMap(rangesOf),
  parties.map(({ key, parties: text }) => ({ key, tuple: text === "" ? 0 : 1 + (key % 6) })),
);
lap("questions", `${groups.length} groups`);
if (values.sites) {
  const pairs = new Map(groups.map((group) => [`${group.equipment} ${group.maintenance}`, group]));
  const kinds = [...pairs.values()].map(({ equipment, maintenance }) => ({
    ...{ equipment, maintenance },
    kind: equipment % 8,
  }));
  const counts = await store.siteCounts(kinds, 12_000);
  lap("sites", `${counts.sites} sites, ${counts.points.length} points, cells of ${counts.cell} degrees`);
  lap("list", `${(await store.listElements(kinds, 5000)).rows.length} elements`);
}
if (values.sites) {
  const { places, elements, traits, links, demands } = await store.network();
  lap(
    "network",
    `${places.count} places, ${elements.place.length} elements of ${traits.length} kinds, ${links.count} links, ${demands.count} demands`,
  );
}
if (values.write) {
  const pairs = new Map(
    groups.map(({ equipment, maintenance }) => [`${equipment} ${maintenance}`, { equipment, maintenance }]),
  );
  const path = join(folder, "verdicts.csv.tmp");
  const verdicts = [...pairs.values()].map((pair) => ({ ...pair, columns: ["admitted", "no-duty"] }));
  const header = ["element", "operator", "outcome", "basis"];
  lap(
    "write",
    `${await store.writeCsv(path, header, verdicts, ["undecided", "input"], "since", { plain: true })} rows`,
  );
  rmSync(path);
}
await store.close();
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`whole        ${((performance.now() - began) / 1000).toFixed(2).padStart(6)} s  peak ${peak} MiB`);

/** Days at which rules change, and one range for what is not known: five ranges a key, about 110 tuples in all. */
function rangesOf({ key }: EquipmentKey): readonly EquipmentRange[] {
  const days = ["2019-03-01", "2021-08-01", "2025-12-06", "2026-01-01"];
  const bounds = [null, ...days, null];
  const dated = days.map((_, at) => ({ lo: bounds[at]!, hi: bounds[at + 1]! }));
  const spans = [...dated, { lo: days.at(-1)!, hi: null }, { lo: null, hi: null }];
  return spans.map((span, at) => ({ ...span, key, tuple: (key % 18) * spans.length + at, domain: "access" }));
}

function tableFiles(): readonly TableFile[] {
  const network = shape.links === true;
  const small = [
    "suppliers",
    "operators",
    "products",
    "sites",
    "regions",
    ...(network ? (["pools"] as const) : []),
  ] as const;
  const large = ["elements", "relations", "uses", ...(network ? (["links", "demands"] as const) : [])] as const;
  return [
    ...small.map((table) => ({
      table,
      name: `${table}.csv`,
      path: join(folder, `${table}.csv`),
      format: "csv" as const,
    })),
    ...large.flatMap((table) =>
      readdirSync(join(folder, table)).map((file) => ({
        table,
        name: `${table}/${file}`,
        path: join(folder, table, file),
        format: shape.format,
      })),
    ),
  ];
}
