/** An originator and a partner, with keys, folders and a server whose clock stands still until it is moved. All is invented. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Input, Io } from "../../src/cli/command.ts";
import { type OpenDesk, openDesk } from "../../src/cli/desk-access.ts";
import { makeServer, type ServerOptions } from "../../src/server/server.ts";
import { newToken } from "../../src/tasks/disclosure/tokens.ts";
import { type Run, runIn } from "./run.ts";

export const taxii = "application/taxii+json;version=2.1";
export const warnings = "/api/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116";
const example = join(import.meta.dirname, "..", "..", "examples", "agency");

/** A folder for a test, removed by `end`. */
export function stage(): { readonly folder: string; end(): void } {
  const folder = mkdtempSync(join(tmpdir(), "freigabe-sharing-"));
  return { folder, end: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Copies the example agency to `folder/agency`; `sharing` and `conditions` replace what it has. */
export function agencyIn(
  folder: string,
  changes: { readonly sharing?: string; readonly conditions?: Readonly<Record<string, string>> } = {},
): string {
  const dir = join(folder, "agency");
  cpSync(example, dir, { recursive: true });
  for (const name of ["trust", "notices"]) mkdirSync(join(dir, name), { recursive: true });
  if (changes.sharing !== undefined) writeFileSync(join(dir, "sharing.yaml"), changes.sharing);
  for (const [name, text] of Object.entries(changes.conditions ?? {}))
    writeFileSync(join(dir, "conditions", name), text);
  return dir;
}

/** Keys of the agency, its two officers and the partner, known to both sides. */
export async function keysIn(
  folder: string,
  now: string,
  trusts: readonly string[] = ["agency/trust", "nation/trust"],
): Promise<void> {
  const keys = [
    ["agency", "originator", "DEMO-AGENCY"],
    ["officer-1", "approver", "DEMO-AGENCY"],
    ["officer-2", "approver", "DEMO-AGENCY"],
    ["auditor", "authority", "DEMO-AUDIT"],
    ["nation", "partner", "DEMO-NATION"],
    ["operator", "operator", "DEMO-north"],
    ["lotus", "maker", "DEMO-lotus"],
  ] as const;
  for (const [name, role, party] of keys) {
    const words = ["certify", "key", "--out", `keys/${name}`, "--id", `DEMO-${name}`, "--party", party, "--role", role];
    await ok(runIn(folder, [...words, "--from", "2019-01-01", "--trust", trusts[0]!], now));
    for (const more of trusts.slice(1)) {
      mkdirSync(join(folder, more), { recursive: true });
      cpSync(join(folder, trusts[0]!), join(folder, more), { recursive: true });
    }
  }
}

export async function ok(run: Promise<Run>): Promise<string> {
  const { code, out, err } = await run;
  assert.equal(code, 0, out + err);
  return out;
}

/** A clock that stands until it is moved; every look at it is `tick` milliseconds later. */
export class Clock {
  at: number;
  readonly tick: number;

  constructor(start: string, tick = 0) {
    this.at = Date.parse(start);
    this.tick = tick;
  }

  now = (): Date => {
    this.at += this.tick;
    return new Date(this.at);
  };

  set(moment: string): void {
    this.at = Date.parse(moment);
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  json<T = Readonly<Record<string, unknown>>>(): T;
}

export interface Server {
  readonly desk: OpenDesk;
  readonly tokens: Readonly<Record<string, string>>;
  call(
    party: string | undefined,
    method: "GET" | "POST" | "DELETE" | "PUT" | "HEAD" | "OPTIONS",
    url: string,
    options?: CallOptions,
  ): Promise<Answer>;
  readonly app: Awaited<ReturnType<typeof makeServer>>["app"];
  close(): Promise<void>;
}
export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** An `Input` of which only the options given are there. */
export function inputOf(options: Readonly<Record<string, string>> = {}): Input {
  return { positionals: [], text: (name) => options[name], texts: () => [], flag: () => false };
}

/** Opens the desk of `folder/agency` and a server on it, with a token for everybody. */
export async function serverOn(
  folder: string,
  clock: Clock,
  options: {
    readonly store?: string;
    readonly ids?: () => string;
    readonly server?: Partial<ServerOptions>;
    /** What the server logs; without it, it may log nothing. */
    readonly problems?: string[];
  } = {},
): Promise<Server> {
  const io: Io = {
    ...{ out: () => undefined, err: () => undefined, cwd: folder, now: new Date(clock.at), clock: clock.now },
    ...{ env: { FREIGABE_KEYS: join(folder, "keys-of-ledgers") }, terminal: false, colours: false },
    ...(options.ids && { uuid: options.ids }),
  };
  const desk = await openDesk("agency", inputOf(options.store === undefined ? {} : { store: options.store }), io);
  const { problems = [] } = options;
  const { app } = await makeServer({
    desk,
    cursorKey: Buffer.alloc(32, 7),
    log: (text) => void problems.push(text),
    perMinute: 100_000_000,
    ...options.server,
  });
  const tokens: Record<string, string> = {};
  const { sharing } = desk.house();
  for (const party of [sharing.originator, ...sharing.partners.map(({ id }) => id)])
    tokens[party] = await newToken(desk, party);
  return {
    desk,
    tokens,
    app,
    call: async (party, method, url, { body, headers = {} } = {}) => {
      const given = {
        accept: taxii,
        ...(party !== undefined && { authorization: `Bearer ${tokens[party]}` }),
        ...(body !== undefined && { "content-type": taxii }),
        ...headers,
      };
      const sent = Object.fromEntries(
        Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      );
      const payload =
        body === undefined || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
      const answer = await app.inject({ method, url, headers: sent, ...(payload !== undefined && { payload }) });
      if (!options.problems) assert.deepEqual(problems, [], "nothing went wrong inside");
      return {
        status: answer.statusCode,
        headers: answer.headers as Readonly<Record<string, string>>,
        body: answer.body,
        json: <T>() => JSON.parse(answer.body) as T,
      };
    },
    close: async () => {
      await app.close();
      await desk.close();
    },
  };
}

/** An indicator about nothing, told apart by `n`. */
export function indicator(n: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    ...{ type: "indicator", spec_version: "2.1", id: `indicator--${uuid(n)}`, created: "2019-03-01T00:00:00.000Z" },
    ...{
      modified: "2019-03-01T00:00:00.000Z",
      pattern: `[ipv4-addr:value = '198.51.100.${n % 250}']`,
      pattern_type: "stix",
    },
    ...{ valid_from: "2019-03-01T00:00:00Z", ...more },
  };
}

export function uuid(n: number): string {
  return `${n.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
}

export const tlp = {
  clear: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
  green: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
  amber: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
  strict: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
  red: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
} as const;
const extension = "extension-definition--6c8f3b0a-5d4e-4f27-9a61-3f0d2b7c9e15";

/** A marking that attaches conditions, or names recipients. */
export function marking(n: number, says: Readonly<Record<string, unknown>>) {
  return {
    ...{
      type: "marking-definition",
      spec_version: "2.1",
      id: `marking-definition--${uuid(n)}`,
      created: "2019-03-01T00:00:00.000Z",
    },
    extensions: { [extension]: { extension_type: "property-extension", ...says } },
  };
}

export function marked(...refs: readonly string[]) {
  return { object_marking_refs: refs };
}

export function terms(says: Readonly<Record<string, unknown>>) {
  return { extensions: { [extension]: { extension_type: "property-extension", ...says } } };
}

export interface PostureOptions {
  readonly key?: string;
  readonly assurance?: string;
  readonly knownAt?: string;
  /** Fields of the predicate that are to be others. */
  readonly says?: Readonly<Record<string, unknown>>;
}

/** A posture of DEMO-NATION, signed; shares in percent of the whole network for the role `listed-maker`. */
export async function postureIn(
  folder: string,
  now: string,
  shares: { readonly built: readonly [number, number]; readonly maintained: readonly [number, number] },
  { key = "nation", assurance = "self", knownAt = now.slice(0, 10), says = {} }: PostureOptions = {},
): Promise<string> {
  const cell = (channel: string, [best, worst]: readonly [number, number]) => ({
    ...{ domain: "any", channel, role: "listed-maker", base: 100, undecided: 0, best, worst },
  });
  const predicate = {
    ...{ partner: "DEMO-NATION", assurance, asOf: knownAt, knownAt, elements: 100, examined: 100 },
    lists: [{ role: "listed-maker", suppliers: ["DEMO-lotus"] }],
    cells: [cell("built", shares.built), cell("maintained", shares.maintained)],
    ...{ work: [], oversight: { best: 3, worst: 3 }, ...says },
  };
  const name = `posture-${Math.random().toString(16).slice(2)}`;
  writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(predicate));
  const words = ["certify", "posture", "--from", `${name}.yaml`, "--key", `keys/${key}`, "--out", `${name}.json`];
  await ok(runIn(folder, words, now));
  return `${name}.json`;
}
