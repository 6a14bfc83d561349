/**
 * Runs the tests, and fails if fewer were found than the project is known to have: a pattern that matches nothing must
 * not pass. `unit`: those beside their files and the architecture; `all`: also the rest of `test/`.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

const which = process.argv[2] ?? "all";
const patterns =
  which === "unit" ? ["src/**/*.test.ts", "test/architecture.test.ts"] : ["src/**/*.test.ts", "test/**/*.test.ts"];
const leastFiles = which === "unit" ? 85 : 150;

const files = patterns.flatMap((pattern) => globSync(pattern)).sort();
if (files.length < leastFiles) {
  console.error(`expected at least ${leastFiles} test files, found ${files.length}`);
  process.exit(2);
}
const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...process.argv.slice(3), ...files], {
  stdio: "inherit",
});
process.exit(run.status ?? 2);
