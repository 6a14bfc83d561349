import { createHash, randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { openDisclosureStore } from "../storage/disclosure/open.ts";
import { makePrivateFolder, openFolder } from "../storage/folder.ts";
import { openLedgerStore } from "../storage/record/open.ts";
import type { Desk } from "../tasks/disclosure/desk.ts";
import { type House, openHouse } from "../tasks/disclosure/house.ts";
import { lettersIn } from "../tasks/disclosure/letters.ts";
import { mostLetterBytes } from "../tasks/notices/read.ts";
import { steadyClock } from "../tasks/record/clock.ts";
import { type Journal, openJournal } from "../tasks/record/journal.ts";
import type { Input, Io, Option } from "./command.ts";
import { ledgerChoice, openAccess } from "./ledger-access.ts";
import { problemLines } from "./problem-lines.ts";
import { version } from "./shell.ts";

/** Options of the verbs that open a desk. */
export const deskOptions = {
  store: {
    type: "string",
    value: "WHERE",
    means: "the state: a file, or `postgres://USER@HOST/DATABASE` (default: `disclosure/state.sqlite` in DIR)",
  },
  ledger: { type: "string", value: "DIR", means: "the ledger (default: `ledger` in DIR)" },
  "ledger-key": { type: "string", value: "FILE", means: "the key that signs it (default: one of your own)" },
} as const satisfies Record<string, Option>;

/** A desk that can look at the originator's folder again. */
export interface OpenDesk extends Desk {
  /** Reads `sharing.yaml`, conditions and keys again. Throws `UserError`; then what was read before stays. */
  reload(): House;
  close(): Promise<void>;
}

/** Opens the desk of an originator's folder: its state, its ledger, and a log for each partner. Throws `UserError`. */
export async function openDesk(dir: string, input: Input, io: Io): Promise<OpenDesk> {
  const root = resolve(io.cwd, dir);
  const folder = openFolder(root);
  let house = openHouse(folder);
  io.err(problemLines(house.problems));
  const where = input.text("store");
  makePrivateFolder(join(root, "disclosure"));
  const isUrl = where !== undefined && /^postgres(ql)?:/.test(where);
  const name = where ?? join(dir, "disclosure", "state.sqlite");
  const store = await openDisclosureStore(isUrl ? name : resolve(io.cwd, name), name);
  const choice = { ...ledgerChoice(input), origin: `${house.sharing.originator}/ledger` };
  const access = openAccess(dir, io, choice);
  const trust = () => house.trust;
  const logs = new Map<string, Journal>();
  const clock = steadyClock(() => io.clock?.() ?? io.now, await store.noted("time"));
  return {
    house: () => house,
    reload: () => {
      house = openHouse(folder);
      return house;
    },
    store,
    journal: openJournal(access, trust, version()),
    viewLog: (partner) => {
      const known = logs.get(partner) ?? openViewLog(root, partner, house.sharing.originator, access, trust);
      logs.set(partner, known);
      return known;
    },
    letters: () =>
      lettersIn(folder, {
        trust: house.trust,
        today: clock().toISOString().slice(0, 10),
        demo: house.sharing.demo === true,
      }),
    keepReply: (id, text) => {
      const digest = createHash("sha256").update(text).digest("hex").slice(0, 12);
      const name = `notices/${id.replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 120)}-${digest}.json`;
      if (!folder.read(name, mostLetterBytes)) folder.write(name, text, { exclusive: true });
    },
    clock,
    uuid: io.uuid ?? randomUUID,
    version: version(),
    settled: new Map(),
    close: () => store.close(),
  };
}

/** A log of its own, under the name of the partner and signed by the key of the ledger. */
function openViewLog(
  root: string,
  partner: string,
  originator: string,
  access: ReturnType<typeof openAccess>,
  trust: Parameters<typeof openJournal>[1],
): Journal {
  const name = join(root, "disclosure", "views", partner);
  const origin = `${originator}/views/${partner}`;
  return openJournal(
    { ...access, store: openLedgerStore(name, name, { isPrivate: true }), origin },
    () => trust().filter(({ role }) => role !== "ledger"),
    version(),
  );
}
