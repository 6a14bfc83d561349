import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { compareVerdicts } from "../src/storage/duckdb/compare.ts";
import { amf, element, nesas, statement, worldOf } from "./kit/cases.ts";
import { runIn } from "./kit/run.ts";
import { writeWorld } from "./kit/world.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-watch-"));
const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const gnb = element("DEMO-gnb", "gNB", "DEMO-radio", "V5.1", "2023-04-03");
const certified = amf("21.3", "2026-03-02");
const world = worldOf({ elements: [gnb, certified], evidence: [statement("certificate", nesas())] });

/** A watch in a process of its own, with all it says so far. */
function watch(dir: string) {
  const child = spawn(process.execPath, [join(root, "src/cli/main.ts"), "assess", dir, "--watch"], { cwd: folder });
  running.add(child);
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  /** What it says from `from` on, once `pattern` is in it. */
  const until = async (stream: "out" | "err", pattern: RegExp, from = 0): Promise<string> => {
    for (let waited = 0; waited < 20_000; waited += 25) {
      const text = said[stream].slice(from);
      if (pattern.test(text)) return text;
      if (child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`no ${pattern} in ${stream}:\n${said[stream].slice(from)}\nerr: ${said.err}`);
  };
  const stop = async () => {
    const exited = once(child, "exit");
    child.kill("SIGINT");
    const [code, signal] = await exited;
    running.delete(child);
    return { code, signal };
  };
  return { said, until, stop };
}

test("a change of evidence, of tables, a broken file: what turned is printed, the last good result stays, Ctrl-C is 0", async () => {
  const dir = join(folder, "one");
  writeWorld(dir, world);
  const { said, until, stop } = watch("one");
  assert.match(await until("out", /Cedar .* was asked again/), /Looked at 2 elements/);
  await until("err", /watching `one`/);

  // Evidence goes: the tables are not read again.
  const path = join(dir, "evidence");
  renameSync(path, join(folder, "kept"));
  let from = said.out.length;
  const without = await until("out", /undecided +\d+ +\d+/, from);
  assert.match(without, /Changed: evidence\/\S+.*\(tables as they were read\)/);
  assert.match(without, /1 verdict turned\n +admitted\/evidence -> (undecided|refused)\/\w+ +1\n/);
  assert.match(without, /DEMO-amf of DEMO-north: admitted\/evidence -> \S+ by DE-CERT-\d/);

  // It comes back.
  from = said.out.length;
  renameSync(join(folder, "kept"), path);
  assert.match(await until("out", /undecided +\d+ +\d+/, from), /-> admitted\/evidence +1/);

  // A table is replaced, as editors do it: a new file takes its name.
  from = said.out.length;
  const table = join(dir, "elements/elements.csv");
  writeFileSync(join(folder, "new.csv"), readFileSync(table, "utf8").replace("DEMO-gnb", "DEMO-gnb-2"));
  renameSync(join(folder, "new.csv"), table);
  const replaced = await until("out", /undecided +\d+ +\d+/, from);
  assert.match(replaced, /Changed: elements\/elements\.csv \(tables read again\)/);
  assert.match(replaced, /DEMO-gnb-2 of DEMO-north: new -> admitted\/no-duty/);
  assert.match(replaced, /DEMO-gnb of DEMO-north: admitted\/no-duty -> gone/);

  // A broken configuration is said and changes nothing; mended, nothing has turned.
  from = said.err.length;
  const config = join(dir, "freigabe.yaml");
  const good = readFileSync(config, "utf8");
  writeFileSync(config, "name: [");
  assert.match(await until("err", /the last good result stands/, from), /error: freigabe\.yaml:1/);
  from = said.out.length;
  writeFileSync(config, `${good}\n`);
  assert.match(await until("out", /undecided +\d+ +\d+/, from), /Changed: freigabe\.yaml.*\n\nNo verdict turned/);

  assert.deepEqual(await stop(), { code: 0, signal: null });
});

test("what cannot be watched ends at once: no workspace, another output beside it", async () => {
  const none = await runIn(folder, ["assess", "nowhere", "--watch"]);
  assert.equal(none.code, 2);
  mkdirSync(join(folder, "empty"));
  assert.equal((await runIn(folder, ["assess", "empty", "--watch"])).code, 2);
  const both = await runIn(folder, ["assess", "empty", "--watch", "--output", "json"]);
  assert.match(both.err, /takes no `--output`/);
});

const header = "element,operator,action,outcome,basis,all_bases,rules,since,grade,who_can_act";
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Writes a CSV of verdicts: `element operator` -> outcome, basis, rules. */
function verdicts(name: string, rows: ReadonlyMap<string, readonly [string, string, string]>): string {
  const path = join(folder, name);
  const lines = [...rows].map(([key, [outcome, basis, rules]]) => {
    const [element = "", operator = ""] = key.split("|");
    return [quoted(element), operator, "operate", outcome, basis, basis, rules, "", "", ""].join(",");
  });
  writeFileSync(path, `${[header, ...lines].join("\n")}\n`);
  return path;
}

test("the comparison in the database is that of two maps, whatever the elements are called", async () => {
  const name = fc.constantFrom("a", "b", 'quo"ted', "com,ma", "ünï", "two\nlines", "nul\\N");
  const key = fc.tuple(name, fc.constantFrom("", "x", "y")).map((parts) => parts.join("|"));
  const verdict = fc.constantFrom<readonly [string, string, string]>(
    ["admitted", "evidence", ""],
    ["refused", "rule", "R1"],
    ["refused", "rule", "R1;R2"],
    ["undecided", "missing", "R1"],
  );
  const rows = fc.array(fc.tuple(key, verdict), { maxLength: 12 }).map((entries) => new Map(entries));
  await fc.assert(
    fc.asyncProperty(rows, rows, async (before, after) => {
      const found = await compareVerdicts(verdicts("before.csv", before), verdicts("after.csv", after), 100);
      const word = (one: readonly [string, string, string] | undefined) => (one ? `${one[0]}/${one[1]}` : null);
      const keys = [...new Set([...before.keys(), ...after.keys()])];
      const turned = keys.filter((each) => word(before.get(each)) !== word(after.get(each)));
      const same = keys.filter((each) => !turned.includes(each) && before.get(each)?.[2] !== after.get(each)?.[2]);
      assert.equal(found.turned, turned.length);
      assert.equal(found.otherReasons, same.length);
      assert.deepEqual(
        found.examples
          .map(({ element: id, operator, ...one }) => [`${id}|${operator ?? ""}`, one.before, one.after])
          .sort(),
        turned.map((each) => [each, word(before.get(each)), word(after.get(each))]).sort(),
      );
    }),
    { seed: 3, numRuns: 25 },
  );
});
