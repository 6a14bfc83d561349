/**
 * Writes the example worlds below `examples/`, or those named on the command line; a test fails if what is committed
 * differs from what this makes.
 */
import { join } from "node:path";
import { type World, writeWorld } from "../test/kit/world.ts";
import { first } from "./worlds/first.ts";
import { firstUse } from "./worlds/first-use.ts";
import { germany } from "./worlds/germany/germany.ts";
import { sharedCore } from "./worlds/shared-core.ts";
import { staleRegister } from "./worlds/stale-register.ts";

/** Folder below `examples/` -> what is in it, apart from its README. */
export const worlds: Readonly<Record<string, World>> = {
  first,
  "stale-register": staleRegister,
  "shared-core": sharedCore,
  "first-use": firstUse,
};

/** Worlds of a size that is made only when it is asked for; `test/germany.test.ts` looks at it. */
export const nations: Readonly<Record<string, () => World>> = { germany };

if (import.meta.main) {
  const makers = {
    ...Object.fromEntries(Object.entries(worlds).map(([name, world]) => [name, () => world])),
    ...nations,
  };
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !Object.hasOwn(makers, name));
  if (unknown !== undefined) throw new Error(`no example \`${unknown}\`: there are ${Object.keys(makers).join(", ")}`);
  for (const [name, make] of Object.entries(makers)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    writeWorld(join(import.meta.dirname, "..", "examples", name), make());
  }
}
