import type { AddressInfo } from "node:net";
import { UserError } from "../model/errors.ts";
import { overdueCases } from "../tasks/disclosure/cases.ts";
import { bringAllUpToDate, type Desk } from "../tasks/disclosure/desk.ts";
import { aboutText } from "../tasks/record/journal.ts";
import { makeServer, type ServerOptions } from "./server.ts";

export interface RunOptions extends Omit<ServerOptions, "cursorKey"> {
  readonly host: string;
  readonly port: number;
  /** Looks at the originator's folder again, if it changed. */
  refresh(): void;
}

export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

const second = 1000;
const minute = 60;
const hour = 3_600_000;

/**
 * Serves until it is closed. Every second it looks whether anything became due: a posture too old, a day of force, a change
 * of the folder; so nobody has to poll for something to be taken back.
 */
export async function run(options: RunOptions): Promise<Running> {
  const { desk, host, port } = options;
  const secret = await desk.store.change((tx) => tx.secret("cursor", () => `${desk.uuid()}${desk.uuid()}`));
  const { app, door } = await makeServer({ ...options, cursorKey: Buffer.from(secret) });
  await bringAllUpToDate(desk);
  await app.listen({ host, port });
  const stop = everySecond(options, () => door.refused());
  const { port: bound } = app.server.address() as AddressInfo;
  const shown = host.includes(":") ? `[${host}]` : host;
  return {
    url: `${options.tls ? "https" : "http"}://${shown}:${bound}`,
    close: async () => {
      await stop();
      await app.close();
    },
  };
}

function everySecond(options: RunOptions, refusedLogins: () => number): () => Promise<void> {
  let ticks = 0;
  const alarm = overdueAlarm(options);
  let working: Promise<void> = Promise.resolve();
  let said = "";
  const tick = async () => {
    ticks += 1;
    options.refresh();
    await bringAllUpToDate(options.desk);
    await alarm();
    if (ticks % minute === 0) await recordRefused(options.desk, refusedLogins());
  };
  const timer = setInterval(() => {
    working = working.then(tick).then(
      () => {
        said = "";
      },
      (error: unknown) => {
        // What stays wrong is said once, and in words if it is something that a person can mend.
        const text = error instanceof UserError ? error.message : error instanceof Error ? error.stack : String(error);
        if (text !== said) options.log(`error: ${text}`);
        said = text ?? "";
      },
    );
  }, second);
  return async () => {
    clearInterval(timer);
    await working;
    await recordRefused(options.desk, refusedLogins());
  };
}

/** Says of every warning that is overdue that it is, and again each hour as long as nobody decides. */
function overdueAlarm({ desk, log }: RunOptions): () => Promise<void> {
  const said = new Map<string, number>();
  return async () => {
    const now = desk.clock().getTime();
    for (const { id, version, deadline } of await overdueCases(desk)) {
      const name = `${id} ${version}`;
      if (now - (said.get(name) ?? 0) < hour) continue;
      said.set(name, now);
      log(`alarm: ${id} should have been decided by ${deadline}: \`freigabe disclose cases\``);
    }
  };
}

/** Refused logins go into the ledger once a minute, so that nobody can fill it by knocking. */
async function recordRefused(desk: Desk, count: number): Promise<void> {
  if (count === 0) return;
  await desk.journal.enter((recordedAt) => {
    const text = `${count} requests without a token or certificate that is known here`;
    const predicate = { recordedAt, act: "logins refused", by: "unknown", text };
    return [{ kind: "act", predicate, subject: aboutText("logins", `${recordedAt} ${count}`) }];
  });
}
