/** A served agency for one test, on SQLite and on PostgreSQL, with short words for what partners do. All is invented. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { ServerOptions } from "../../src/server/server.ts";
import { openSigner } from "../../src/storage/keys.ts";
import { say } from "../../src/tasks/disclosure/officer.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import {
  type Answer,
  agencyIn,
  Clock,
  keysIn,
  postureIn,
  type Server,
  serverOn,
  stage,
  uuid,
  warnings,
} from "./sharing.ts";

type Json = Readonly<Record<string, unknown>>;

export const inbox = "/api/collections/52892447-4d7e-4f70-b94d-d7f22742ff63";
export const shares = {
  bad: { built: [50, 50], maintained: [0, 0] },
  good: { built: [0, 0], maintained: [0, 0] },
} as const;

export interface Scene {
  readonly folder: string;
  readonly clock: Clock;
  readonly server: Server;
  /** A call that may go wrong inside; what the server says of it is in `said`. */
  unsafe(by: string, method: "GET" | "POST", url: string, body?: unknown): Promise<Answer>;
  said(): string;
  /** Counts of successes and failures. */
  post(by: string, objects: readonly unknown[], collection?: string): Promise<readonly [good: number, bad: number]>;
  /** Objects of a page. */
  poll(by: string, query?: string, collection?: string): Promise<readonly Json[]>;
  /** Ids of the indicators, reports, notes and relationships that a partner sees, as a sorted list. */
  ids(by: string, collection?: string): Promise<readonly string[]>;
  get(by: string, id: string, collection?: string): Promise<Answer>;
  remove(by: string, id: string, collection?: string): Promise<number>;
  /** Writes `sharing.yaml` anew and has the server read it. */
  share(change: (text: string) => string): void;
  /** An officer lets go all that waits. */
  approve(): Promise<void>;
  /** Hands in a posture of DEMO-NATION. */
  tell(what: keyof typeof shares): Promise<void>;
}

export interface SceneOptions {
  readonly sharing?: string;
  readonly conditions?: Readonly<Record<string, string>>;
  readonly keys?: boolean;
  readonly store?: string;
  readonly server?: Partial<ServerOptions>;
}

export async function scene<T>(options: SceneOptions, work: (s: Scene) => Promise<T>): Promise<T> {
  const { folder, end } = stage();
  const { sharing, conditions, store } = options;
  agencyIn(folder, { ...(sharing !== undefined && { sharing }), ...(conditions && { conditions }) });
  if (options.keys) await keysIn(folder, "2019-03-01T00:00:00Z", ["agency/trust"]);
  const clock = new Clock("2019-06-01T08:00:00Z", 1);
  const problems: string[] = [];
  const with_ = { problems, ...(store !== undefined && { store }), ...(options.server && { server: options.server }) };
  const server = await serverOn(folder, clock, with_);
  try {
    return await work(sceneOf(folder, clock, server, problems));
  } finally {
    await server.close();
    end();
  }
}

function sceneOf(folder: string, clock: Clock, bare: Server, problems: string[]): Scene {
  const call: Server["call"] = async (...given) => {
    const answer = await bare.call(...given);
    assert.deepEqual(problems, [], "nothing went wrong inside");
    return answer;
  };
  const words: string[] = [];
  const server = { ...bare, call };
  const poll = async (by: string, query = "", collection = warnings) => {
    const answer = await server.call(by, "GET", `${collection}/objects/${query}`);
    assert.equal(answer.status, 200, answer.body);
    return answer.json<{ objects?: readonly Json[] }>().objects ?? [];
  };
  return {
    ...{ folder, clock, server, poll },
    unsafe: async (by, method, url, body) => {
      const answer = await bare.call(by, method, url, body === undefined ? {} : { body });
      words.push(...problems.splice(0));
      return answer;
    },
    said: () => words.join("\n"),
    post: async (by, objects, collection = warnings) => {
      const answer = await server.call(by, "POST", `${collection}/objects/`, { body: { objects } });
      assert.equal(answer.status, 202, answer.body);
      const { success_count: good, failure_count: bad } = answer.json<{
        success_count: number;
        failure_count: number;
      }>();
      return [good, bad];
    },
    ids: async (by, collection) => {
      const list = (await poll(by, "?match[version]=all", collection)).map(({ id }) => String(id));
      return list.filter((id) => !id.startsWith("marking-definition")).sort();
    },
    get: (by, id, collection = warnings) => server.call(by, "GET", `${collection}/objects/${id}/`),
    remove: async (by, id, collection = warnings) =>
      (await server.call(by, "DELETE", `${collection}/objects/${id}/`)).status,
    share: (change) => {
      const file = join(folder, "agency/sharing.yaml");
      writeFileSync(file, change(readFileSync(file, "utf8")));
      server.desk.reload();
    },
    approve: async () => {
      const officer = openSigner(join(folder, "keys/officer-1"));
      for (const { partner, classId } of await server.desk.store.queue())
        await say(server.desk, `${partner}/${classId}`, "approve", officer);
    },
    tell: async (what) => {
      const name = await postureIn(folder, new Date(clock.at).toISOString(), shares[what]);
      clock.at += 1000;
      const body = readFileSync(join(folder, name), "utf8");
      const answer = await server.call("DEMO-NATION", "POST", "/exchange/statements/", { body });
      assert.equal(answer.status, 202, answer.body);
    },
  };
}

type OnStores = (title: string, options: SceneOptions, work: (s: Scene) => Promise<void>) => void;

/** Tests that hold on either store; where PostgreSQL cannot be had that half is skipped, and says so. */
export function onBothStores(define: (on: OnStores) => void): void {
  for (const store of ["SQLite", "PostgreSQL"] as const) {
    describe(store, () => {
      let postgres: Postgres | { readonly skip: string } = { skip: "not started" };
      if (store === "PostgreSQL") {
        before(async () => {
          postgres = await startPostgres();
        });
        after(async () => {
          if (!("skip" in postgres)) await postgres.stop();
        });
      }
      define((title, options, work) => {
        test(title, async (t) => {
          if (store === "SQLite") return scene(options, work);
          if ("skip" in postgres) return t.skip(postgres.skip);
          return scene({ ...options, store: await postgres.database() }, work);
        });
      });
    });
  }
}

/** A note, report or relationship of DEMO parties, told apart by `n`. */
export function note(n: number, refs: readonly string[], more: Json = {}): Json & { readonly id: string } {
  return { ...common("note", n), content: "invented", object_refs: refs, ...more };
}

export function report(n: number, refs: readonly string[], more: Json = {}): Json & { readonly id: string } {
  return { ...common("report", n), name: "invented", published: "2019-03-01T00:00:00Z", object_refs: refs, ...more };
}

export function relation(n: number, from: string, to: string, more: Json = {}): Json & { readonly id: string } {
  return { ...common("relationship", n), relationship_type: "related-to", source_ref: from, target_ref: to, ...more };
}

function common(type: string, n: number): { readonly id: string } {
  const time = "2019-03-01T00:00:00.000Z";
  return { ...{ type, spec_version: "2.1", created: time, modified: time }, id: `${type}--${uuid(n)}` };
}
