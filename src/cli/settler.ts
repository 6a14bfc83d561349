import { Worker } from "node:worker_threads";
import { UserError } from "../model/errors.ts";
import type { EntryContent } from "../model/record.ts";
import type { House } from "../tasks/disclosure/house.ts";
import type { Journal } from "../tasks/record/journal.ts";
import type { Io } from "./command.ts";
import type { OpenDesk } from "./desk-access.ts";

/** What the thread needs to open the same desk. */
export interface Start {
  readonly dir: string;
  readonly options: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly at: number;
}

/** What is asked of it: settle a partner's views, or enter something in the ledger. `at`: what time it is. */
export type Ask = { readonly id: number; readonly at: number } & (
  | { readonly partner: string; readonly reload: boolean }
  | { readonly contents: readonly EntryContent[] }
);
export type Said = { readonly id: number; readonly fault?: string; readonly isUserError?: boolean };

/**
 * A desk that settles and enters in a thread of its own, with a connection of its own to the store: both wait for the disk, and
 * polls do not. Ends with the desk.
 */
export function withSettler(desk: OpenDesk, start: Omit<Start, "at" | "env">, io: Io): OpenDesk {
  const env = Object.fromEntries(
    Object.entries(io.env ?? {}).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const at = () => desk.clock().getTime();
  const worker = new Worker(new URL("./settle-worker.ts", import.meta.url), {
    workerData: { ...start, env, at: at() },
  });
  const waiting = new Map<number, { done(): void; fail(error: Error): void }>();
  let ids = 0;
  let known: House = desk.house();
  let dead: Error | undefined;
  const end = (error: Error) => {
    dead = error;
    for (const { fail } of waiting.values()) fail(error);
    waiting.clear();
  };
  worker.on("message", ({ id, fault, isUserError }: Said) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (fault === undefined) one?.done();
    else one?.fail(isUserError ? new UserError(fault) : new Error(fault));
  });
  worker.on("error", end);
  worker.on("exit", () =>
    end(dead ?? new UserError("the thread that settles views has ended", "start the server again")),
  );
  const ask = (
    what: { readonly partner: string; readonly reload: boolean } | { readonly contents: readonly EntryContent[] },
  ) =>
    new Promise<void>((done, fail) => {
      if (dead) return fail(dead);
      ids += 1;
      waiting.set(ids, { done, fail });
      worker.postMessage({ id: ids, at: at(), ...what } satisfies Ask);
    });
  const journal: Journal = {
    ...desk.journal,
    enter: async (make) => {
      await ask({ contents: make(desk.clock().toISOString()) });
      return () => {
        throw new Error("who enters through the thread asks for no receipt");
      };
    },
  };
  return {
    ...desk,
    journal,
    settler: async (partner) => {
      const house = desk.house();
      await ask({ partner, reload: house !== known });
      known = house;
    },
    close: async () => {
      const gone = new Promise((resolve) => worker.once("exit", resolve));
      if (!dead) worker.postMessage("end");
      if (!dead) await gone;
      await desk.close();
    },
  };
}
