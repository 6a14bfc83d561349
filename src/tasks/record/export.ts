import { UserError } from "../../model/errors.ts";
import type { FolderFiles } from "../../model/ports/files.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import { decisionOf, findDecision } from "./find.ts";
import { proofOf } from "./prove.ts";
import { inputsOf } from "./show.ts";

/**
 * Writes a decision into an empty folder: `decision.json` (the signed statement), `decision.tlog-proof`, `rows`,
 * `questions.jsonl`, and below `inputs/` every file that the ledger kept. Throws `UserError` if the folder is not empty.
 */
export function exportDecision(store: LedgerStore, word: string, to: FolderFiles) {
  const [there] = to.list(".", [""]).names;
  if (there !== undefined) throw new UserError(`\`${to.root}\` is not empty: \`${there}\``, "name a new folder");
  const entry = findDecision(store, word);
  const { rows, questions, kind } = decisionOf(entry);
  const inputs = inputsOf(store, entry);
  to.write("decision.json", Buffer.from(entry.bytes).toString("utf8"));
  to.write("decision.tlog-proof", proofOf(store, String(entry.index)));
  const objects = [
    { path: kind === "gate" ? "rows.jsonl" : "rows.csv", sha256: rows.sha256 },
    ...(questions ? [{ path: "questions.jsonl", sha256: questions.sha256 }] : []),
    ...inputs.map(({ from, path, sha256 }) => ({
      path: from === "order" ? "inputs/order.csv" : `inputs/${from}/${path}`,
      sha256,
    })),
  ];
  const copied = objects.filter(({ path, sha256 }) => store.objects.copyTo(sha256, to.resolve(path)));
  return { written: 2 + copied.length, missing: inputs.filter(({ state }) => state !== "kept") };
}
