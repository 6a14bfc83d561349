/** The thread in which a server settles views and writes its ledger, so that polls do not wait for the disk. */
import { parentPort, workerData } from "node:worker_threads";
import { UserError } from "../model/errors.ts";
import type { EntryContent } from "../model/record.ts";
import { bringUpToDate, partnerNamed } from "../tasks/disclosure/desk.ts";
import type { Input, Io } from "./command.ts";
import { openDesk } from "./desk-access.ts";
import type { Ask, Said, Start } from "./settler.ts";

const { dir, options, cwd, env, at } = workerData as Start;
let now = new Date(at);
const io: Io = {
  ...{ out: () => undefined, err: () => undefined, cwd, now, clock: () => now, env, terminal: false, colours: false },
};
const input: Input = { positionals: [], text: (name) => options[name], texts: () => [], flag: () => false };
const desk = await openDesk(dir, input, io);
const port = parentPort!;
let last: Promise<unknown> = Promise.resolve();

async function settled({ partner, reload }: Extract<Ask, { partner: string }>): Promise<void> {
  if (reload) desk.reload();
  const known = partnerNamed(desk, partner);
  if (known) await bringUpToDate(desk, known);
}

/** Time and order are the ledger's own, so what is entered gets them here. */
async function entered(contents: readonly EntryContent[]): Promise<void> {
  await desk.journal.enter((recordedAt) =>
    contents.map((one) => ({ ...one, predicate: { ...one.predicate, recordedAt } }) as EntryContent),
  );
}

async function answer(ask: Ask): Promise<void> {
  now = new Date(Math.max(ask.at, now.getTime()));
  if ("contents" in ask) return entered(ask.contents);
  // One after the other; what is entered does not wait for them, for who enters may hold the store.
  const work = last.then(
    () => settled(ask),
    () => settled(ask),
  );
  last = work;
  return work;
}

port.on("message", (ask: Ask | "end") => {
  if (ask === "end") {
    void last
      .catch(() => undefined)
      .then(() => desk.close())
      .then(() => port.close());
    return;
  }
  answer(ask).then(
    () => port.postMessage({ id: ask.id } satisfies Said),
    (error: unknown) => {
      const message = error instanceof UserError ? error.message : error instanceof Error ? error.stack : String(error);
      const said: Said = { id: ask.id, fault: message ?? "unknown", isUserError: error instanceof UserError };
      port.postMessage(said);
    },
  );
});
