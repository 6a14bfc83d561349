/** Writes the example worlds below `examples/`; a test fails if what is committed differs from what this makes. */
import { join } from "node:path";
import { writeWorld } from "../test/kit/world.ts";
import { first } from "./worlds/first.ts";

export const worlds = { first };

if (import.meta.main) {
  for (const [name, world] of Object.entries(worlds))
    writeWorld(join(import.meta.dirname, "..", "examples", name), world);
}
