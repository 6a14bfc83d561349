import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { makeCertificate } from "../server/certificate.ts";
import { run } from "../server/run.ts";
import { readNamed } from "../storage/folder.ts";
import { writeDurably } from "../storage/write.ts";
import { demandOneTime, goOnRestored } from "../tasks/disclosure/restored.ts";
import type { Command, Input, Io } from "./command.ts";
import { deskOptions, type OpenDesk, openDesk } from "./desk-access.ts";
import { folderWatch } from "./folder-watch.ts";
import { problemLines } from "./problem-lines.ts";
import { withSettler } from "./settler.ts";

const usualPort = 8443;
const loopback = new Set(["127.0.0.1", "::1", "localhost"]);
const maxPem = 1_000_000;

export const command: Command = {
  name: "serve",
  summary: "share intelligence over TAXII 2.1, under its owners' conditions",
  usage: "DIR [--host HOST] [--port PORT] [--store WHERE]",
  positionals: [1, 1],
  options: {
    host: { type: "string", value: "HOST", means: "address to listen on (default: 127.0.0.1)" },
    port: { type: "string", value: "PORT", means: `port (default: ${usualPort}; 0: any that is free)` },
    https: { type: "boolean", means: "HTTPS also on this machine's own address" },
    "tls-cert": { type: "string", value: "FILE", means: "certificate as PEM; without one the server makes its own" },
    "tls-key": { type: "string", value: "FILE", means: "key of the certificate as PEM" },
    "client-ca": {
      type: "string",
      value: "FILE",
      means: "authorities as PEM whose client certificates name a partner (CN)",
    },
    restored: { type: "boolean", means: "go on from a copy of the state that was put back" },
    connections: { type: "string", value: "N", means: "connections at a time (default: 1000)" },
    "strict-paths": { type: "boolean", means: "paths without their last `/` are not found" },
    "per-minute": { type: "string", value: "N", means: "requests a minute for each partner (default: 60000)" },
    ...deskOptions,
  },
  notes:
    "DIR holds `sharing.yaml` (collections and partners), `conditions/*.cedar` and `trust/`; docs/disclosure.md shows\n" +
    "how two organisations join. Plain HTTP is served on this machine's own address alone.",
  examples: [
    ["serve an originator's folder on this machine", "./freigabe serve agency"],
    [
      "and to others, over HTTPS with a certificate of its own making",
      "./freigabe serve agency --host 0.0.0.0 --port 443",
    ],
    ["several servers behind one PostgreSQL", "./freigabe serve agency --store postgres://freigabe@db.example/sharing"],
  ],
  run: async (input, io) => {
    const [dir] = input.positionals as [string];
    const own = await openDesk(dir, input, io);
    own.clock();
    if (input.flag("restored")) await goOnRestored(own);
    await demandOneTime(own);
    const named = Object.keys(deskOptions).flatMap((name) => {
      const text = input.text(name);
      return text === undefined ? [] : [[name, text] as const];
    });
    const desk = withSettler(own, { dir, cwd: io.cwd, options: Object.fromEntries(named) }, io);
    const host = input.text("host") ?? "127.0.0.1";
    const tls = await tlsFor(dir, host, input, io);
    const changed = folderWatch(resolve(io.cwd, dir), ["sharing.yaml", "conditions", "trust", "notices"]);
    const running = await run({
      ...{ desk, host, port: numberOf(input, "port", usualPort, 0), ...(tls && { tls }) },
      strictPaths: input.flag("strict-paths"),
      connections: numberOf(input, "connections", 1000, 1),
      perMinute: numberOf(input, "per-minute", 60_000, 1),
      refresh: () => {
        if (changed()) reload(desk, io);
      },
      log: (text) => io.err(`freigabe: ${text}\n`),
    });
    io.err(`freigabe: TAXII 2.1 at ${running.url}/taxii2/ (end with Ctrl-C)\n`);
    await (io.ending ?? new Promise<void>(() => undefined));
    await running.close();
    await desk.close();
    return exit.done;
  },
};

/** A folder that cannot be read changes nothing: what was read before stays in force, and that is said. */
function reload(desk: OpenDesk, io: Io): void {
  try {
    io.err(problemLines(desk.reload().problems));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    io.err(`freigabe: error: ${error.message}; what was read before stays in force\n`);
  }
}

function numberOf(input: Input, name: string, usual: number, least: number): number {
  const text = input.text(name);
  if (text === undefined) return usual;
  if (/^[0-9]{1,7}$/.test(text) && Number(text) >= least) return Number(text);
  throw new UserError(`expected \`--${name}\` to be a number of at least ${least}, got \`${text}\``);
}

/** The certificate to serve with; none on loopback, unless it is wanted. */
async function tlsFor(dir: string, host: string, input: Input, io: Io) {
  const [cert, key, ca] = ["tls-cert", "tls-key", "client-ca"].map((name) => pem(input.text(name), io));
  if ((cert === undefined) !== (key === undefined)) {
    throw new UserError("`--tls-cert` and `--tls-key` go together", "give both, or neither");
  }
  const own = cert !== undefined && key !== undefined ? { cert, key } : await ownCertificate(dir, host, input, io);
  if (own) return { ...own, ...(ca !== undefined && { ca }) };
  if (ca !== undefined) throw new UserError("`--client-ca` needs HTTPS", "add `--https`, or a certificate");
  return undefined;
}

async function ownCertificate(dir: string, host: string, input: Input, io: Io) {
  if (loopback.has(host) && !input.flag("https")) return undefined;
  const [certFile, keyFile] = ["server.crt", "server.key"].map((name) =>
    resolve(io.cwd, join(dir, "disclosure", name)),
  ) as [string, string];
  if (!existsSync(certFile)) {
    const names = loopback.has(host) ? ["localhost", "127.0.0.1", "::1"] : ["localhost", host];
    const made = await makeCertificate(names, io.now);
    writeDurably(keyFile, made.key, { mode: 0o600, exclusive: true });
    writeDurably(certFile, made.cert, { mode: 0o644, exclusive: true });
    io.err(`freigabe: made a certificate, ${certFile}; give it to your partners\n`);
  }
  return { cert: pem(certFile, io)!, key: pem(keyFile, io)! };
}

function pem(file: string | undefined, io: Io): string | undefined {
  if (file === undefined) return undefined;
  const read = readNamed(resolve(io.cwd, file), maxPem);
  if (!read) throw new UserError(`no file \`${file}\``);
  return Buffer.from(read.bytes).toString("utf8");
}
