import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..");

/** Which rooms of `src/` a room may import; the reasons stand in docs/architecture.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  graph: [],
  readers: ["model"],
  evidence: ["model"],
  facts: ["model", "graph"],
  policy: ["model", "readers"],
  assess: ["model", "graph"],
  ledger: ["model"],
  disclosure: ["model", "policy"],
  charts: ["model"],
  reports: ["model", "charts"],
  storage: ["model"],
  tasks: ["model", "readers", "evidence", "facts", "policy", "assess", "graph", "ledger", "disclosure"],
  server: ["tasks", "disclosure", "readers", "model"],
  cli: ["tasks", "reports", "storage", "model", "server", "readers"],
};

/** Rooms that may touch the disk, the network or the process. */
const touchesWorld = new Set(["storage", "cli", "server"]);
const worldly = /^node:(fs|fs\/promises|net|http|https|child_process|worker_threads|process|os|sqlite|readline|tty)$/;
/** A package belongs to the rooms that exist to hide it. */
const packageRooms: Readonly<Record<string, readonly string[]>> = {
  "@cedar-policy/cedar-wasm": ["policy"],
  "@duckdb/node-api": ["storage"],
  "@cyclonedx/cyclonedx-library": ["readers"],
  "@secvisogram/csaf-validator-lib": ["readers"],
  sax: ["readers"],
  ajv: ["readers"],
  fastify: ["server"],
  "@fastify/rate-limit": ["server"],
  selfsigned: ["server"],
  pg: ["storage"],
};
const leastFiles = 100;

const files = globSync("src/**/*.ts", { cwd: root }).sort();
const production = files.filter((file) => !file.endsWith(".test.ts"));
const imports = production.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g);
  return [...found].map((match) => ({ file, room: roomOf(file), target: match[1]! }));
});

function roomOf(file: string): string {
  return file.split("/")[1]!;
}

test("the table of rooms covers every folder, and enough files were seen", () => {
  assert.ok(production.length >= leastFiles, `saw ${production.length} files, expected at least ${leastFiles}`);
  assert.deepEqual(
    [...new Set(production.map(roomOf))].filter((room) => !(room in mayImport)),
    [],
  );
});

test("a room imports only the rooms its line allows", () => {
  const broken = imports
    .filter(({ target }) => target.startsWith("."))
    .map(({ file, room, target }) => ({ file, room, to: relative(root, join(root, dirname(file), target)) }))
    .filter(({ room, to }) => to.startsWith("src/") && roomOf(to) !== room && !mayImport[room]?.includes(roomOf(to)))
    .map(({ file, to }) => `${file} -> ${to}`);
  assert.deepEqual(broken, []);
});

test("only storage and the skins touch the world", () => {
  const broken = imports.filter(({ room, target }) => worldly.test(target) && !touchesWorld.has(room));
  assert.deepEqual(
    broken.map(({ file, target }) => `${file} -> ${target}`),
    [],
  );
});

test("a package stays in the room that hides it", () => {
  const broken = imports.filter(({ room, target }) => {
    const name = Object.keys(packageRooms).find((key) => target === key || target.startsWith(`${key}/`));
    return name !== undefined && !packageRooms[name]!.includes(room);
  });
  assert.deepEqual(
    broken.map(({ file, target }) => `${file} -> ${target}`),
    [],
  );
});

test("nobody casts to Evidence outside the room that makes it", () => {
  const casts = files.filter(
    (file) =>
      roomOf(file) !== "evidence" &&
      /\bas (unknown as )?(readonly )?Evidence\b/.test(readFileSync(join(root, file), "utf8")),
  );
  assert.deepEqual(casts, []);
});
