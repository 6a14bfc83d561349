import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dataClasses, functionSights } from "../../assess/functions-see.ts";
import { catalogue } from "../../facts/catalogue.ts";
import { undecidedBases } from "../../model/basis.ts";
import { languages } from "./text.ts";
import { catalogueWords } from "./words.ts";
import { actionTitles } from "./words-actions.ts";
import { factWords } from "./words-facts.ts";
import { dataClassWords, takesDownWords } from "./words-network.ts";
import { basisMeanings, basisWords } from "./words-verdict.ts";

test("every fact of the catalogue, and every value that has a label, has German words", () => {
  const missing = catalogue.flatMap(({ name, values, labels, mode }) => {
    const words = factWords[name];
    if (!words) return [name];
    const isWord = (value: unknown) => typeof value !== "number" || labels !== undefined;
    return values
      .filter((value) => isWord(value) && !words.values[String(value)])
      .map((value) => `${name} (${mode}): ${value}`);
  });
  assert.deepEqual(missing, []);
  const known = new Set(catalogue.map(({ name }) => name));
  assert.deepEqual(
    Object.keys(factWords).filter((name) => !known.has(name)),
    [],
    "facts that there are no longer",
  );
});

test("every named action has a German title", () => {
  const source = readFileSync(join(import.meta.dirname, "../../facts/actions.ts"), "utf8");
  const ids = [...source.matchAll(/action\(\s*"([a-z-]+)"/g), ...source.matchAll(/\[(?:\d, )?"([a-z]+-[a-z-]+)", "/g)];
  const plain = ids.map(([, id]) => id!);
  assert.ok(plain.length >= 12, `saw ${plain.length} actions`);
  const made = ["era", "oversight"].flatMap((fact) => {
    const id = fact === "era" ? "show-first-use" : fact;
    return catalogue.find(({ name }) => name === fact)!.values.map((value) => `${id}-${value}`);
  });
  assert.deepEqual(
    [...plain, ...made].filter((id) => !actionTitles[id]),
    [],
  );
});

test("what functions see and take down has German words, and nothing else has", () => {
  assert.deepEqual(Object.keys(dataClassWords).sort(), Object.keys(dataClasses).sort());
  const falls = new Set(Object.values(functionSights).flatMap(({ takesDown }) => takesDown));
  assert.deepEqual(Object.keys(takesDownWords).sort(), [...falls].sort());
});

test("every basis has a name and a meaning", () => {
  for (const basis of undecidedBases) assert.ok(basisWords[basis] && basisMeanings[basis]);
});

test("every word of the script stands in both languages, with the same gaps to fill", () => {
  const { en, de } = catalogueWords();
  const gaps = (text = "") => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();
  for (const [key, text] of Object.entries(en)) {
    assert.ok(de[key] !== undefined, key);
    if (text !== "") assert.deepEqual(gaps(de[key]), gaps(text), key);
  }
});

test("the script asks for no word that the catalogue lacks", () => {
  const files = ["app", "chain", "command", "facts", "language", "map", "table", "tables"];
  const asked = files.flatMap((file) => {
    const text = readFileSync(join(import.meta.dirname, `client/${file}.ts`), "utf8");
    return [...text.matchAll(/"((?:ui|column)\.\w+)"/g)].map(([, key]) => key!);
  });
  assert.ok(asked.length > 30);
  const words = catalogueWords();
  for (const language of languages)
    assert.deepEqual(
      asked.filter((key) => words[language][key] === undefined),
      [],
    );
});
