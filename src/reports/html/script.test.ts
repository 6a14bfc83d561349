import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Script } from "node:vm";
import { clientScript } from "./script.ts";

const folder = join(import.meta.dirname, "client");
const files = globSync("*.ts", { cwd: folder }).filter((file) => !file.endsWith(".test.ts"));

test("the script parses, and cannot end its own element", () => {
  const script = clientScript();
  assert.doesNotThrow(() => new Script(script));
  assert.doesNotMatch(script, /<\/script|<!--/i);
});

test("every function of client/ is in the script once, under a name of its own", () => {
  const script = clientScript();
  const names = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return [...text.matchAll(/^(?:export )?(?:async )?function (\w+)/gm)].map(([, name]) => name!);
  });
  assert.ok(names.length > 40, `saw ${names.length} functions`);
  assert.equal(new Set(names).size, names.length);
  for (const name of names)
    assert.equal(script.split(new RegExp(`^(?:async )?function ${name}\\(`, "m")).length, 2, name);
});

test("files of client/ hold nothing but functions and types, for nothing else reaches the page", () => {
  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8");
    assert.doesNotMatch(text, /^(?:export )?(?:const|let|var|class|enum)\b/m, file);
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/, file);
    for (const [, target] of text.matchAll(/^import (?!type)[^;]*? from "([^"]+)"/gm))
      assert.match(target!, /^\.\/[a-z-]+\.ts$/, `${file} imports ${target}`);
  }
});
