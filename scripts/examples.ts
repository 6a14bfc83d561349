/** Writes the example worlds below `examples/`; a test fails if what is committed differs from what this makes. */
import { join } from "node:path";
import { type World, writeWorld } from "../test/kit/world.ts";
import { first } from "./worlds/first.ts";
import { firstUse } from "./worlds/first-use.ts";
import { sharedCore } from "./worlds/shared-core.ts";
import { staleRegister } from "./worlds/stale-register.ts";

/** Folder below `examples/` -> what is in it, apart from its README. */
export const worlds: Readonly<Record<string, World>> = {
  first,
  "stale-register": staleRegister,
  "shared-core": sharedCore,
  "first-use": firstUse,
};

if (import.meta.main) {
  for (const [name, world] of Object.entries(worlds))
    writeWorld(join(import.meta.dirname, "..", "examples", name), world);
}
