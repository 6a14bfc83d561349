import type { Suspicion } from "../tasks/suspects.ts";
import type { Command, Input } from "./command.ts";

/** Who is asked about: suppliers, all that an owner controls, all of a country; together they are looked at as one. */
export function suspicionOptions(supplier: string): Command["options"] {
  return {
    supplier: { type: "string", multiple: true, value: "ID", means: `${supplier}; several are looked at as one` },
    owner: { type: "string", multiple: true, value: "ID", means: "an owner and all it controls" },
    jurisdiction: {
      type: "string",
      multiple: true,
      value: "CC",
      means: "all with their seat, or that of who controls them, in a country",
    },
  };
}

export function readSuspicion(input: Input): Suspicion {
  return {
    suppliers: input.texts("supplier"),
    owners: input.texts("owner"),
    jurisdictions: input.texts("jurisdiction"),
  };
}
