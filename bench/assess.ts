import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { evidence } from "./evidence.ts";
import { folderOf, generate, shapeOf, shapeOptions } from "./generate.ts";
import { type Measured, measure, middle } from "./measure.ts";

/**
 * The whole run, cold start to report: `node bench/assess.ts --elements 5000000 --format parquet --runs 3`. Prints wall
 * time and peak memory of the command line, and of a plain `group by` of DuckDB over the same file in the same run.
 * `--report`: it writes the HTML report too.
 */
const { values } = parseArgs({
  options: {
    ...shapeOptions,
    runs: { type: "string", default: "3" },
    output: { type: "string", default: "text" },
    evidence: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
  },
});
const shape = shapeOf(values);
const folder = folderOf(shape);
if (!existsSync(folder)) await generate(shape);
// Without evidence every critical element is open and time is never cut; with it, the run does its whole work.
if (values.evidence) await evidence(folder, shape);

const cli = join(import.meta.dirname, "..", "src", "cli", "main.ts");
const scratch = mkdtempSync(join(tmpdir(), "freigabe-bench-"));
const html = join(scratch, "report.html");
const outputs = ["--output", values.output, ...(values.report ? ["--output", `html=${html}`] : [])];
const ours: Measured[] = [];
const peers: Measured[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  ours.push(ensureDone(await measure([cli, "assess", folder, ...outputs])));
  peers.push(ensureDone(await measure([join(import.meta.dirname, "peer.ts"), folder, shape.format])));
}
const [own, peer] = [middle(ours), middle(peers)];
console.log(`${shape.elements} elements, ${shape.format}, middle of ${values.runs} runs, highest peak`);
console.log(`assess    ${own.seconds.toFixed(2).padStart(6)} s  ${String(own.peakMiB).padStart(5)} MiB`);
console.log(`group by  ${peer.seconds.toFixed(2).padStart(6)} s  ${String(peer.peakMiB).padStart(5)} MiB`);
console.log(`ratio     ${(own.seconds / peer.seconds).toFixed(2).padStart(6)}`);
if (values.report) console.log(`report    ${(statSync(html).size / 1e6).toFixed(2).padStart(6)} MB`);
rmSync(scratch, { recursive: true, force: true });

function ensureDone(run: Measured): Measured {
  if (run.code === 0) return run;
  throw new Error(`exit code ${run.code}: ${run.stderr.trim() || run.stdout.trim()}`);
}
