import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { worlds } from "../scripts/examples.ts";
import { equipmentFacts, revisedFacts } from "../src/facts/catalogue.ts";
import { ofKey, usesOf } from "../src/tasks/equipment.ts";
import { waysOfAsking } from "../src/tasks/settings.ts";
import { openWorkspace } from "../src/tasks/workspace.ts";
import { shellIn } from "./kit/cases.ts";

const root = join(import.meta.dirname, "..");

// A fact that looks at a parameter and does not say so in the catalogue would be counted as if nothing hung on it.
for (const name of Object.keys(worlds)) {
  test(`examples/${name}: facts revised for one parameter are those derived afresh`, async () => {
    const shell = shellIn(join(root, "examples", name));
    const store = await shell.openStore();
    try {
      const workspace = await openWorkspace(shell, store, {});
      const keys = await store.equipmentKeys();
      const ways = waysOfAsking(workspace, "operate");
      let compared = 0;
      for (const way of ways) {
        const { differs, setting } = way;
        if (differs.kind !== "parameter") continue;
        const plain = ways.find((other) => other.setting.pack === setting.pack && other.differs.kind === "nothing")!;
        const uses = usesOf(setting, keys, workspace.asOf);
        for (const key of keys) {
          const day = key.inService ?? workspace.asOf;
          const own = key.inServiceUnknown > 0 ? { to: workspace.asOf } : { from: day, to: day };
          for (const equipment of ofKey(workspace, way, key, uses, own)) {
            const facts = equipmentFacts(plain.setting, equipment);
            const revised = revisedFacts(setting, equipment, facts, differs.name);
            assert.deepEqual(revised, equipmentFacts(setting, equipment), `${differs.name}=${differs.value}`);
            compared += 1;
          }
        }
      }
      assert.ok(compared > 20, `compared ${compared}`);
    } finally {
      await store.close();
    }
  });
}
