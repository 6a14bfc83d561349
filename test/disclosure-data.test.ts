/** Published STIX goes in and comes out equal; large posts, slow clients and a server that is killed. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { disclosureExtension } from "../src/disclosure/marking.ts";
import { recallExtension } from "../src/disclosure/recall.ts";
import { threatToLife } from "../src/disclosure/warning.ts";
import { readFight } from "../src/readers/fight.ts";
import { sliceObjects } from "../src/readers/stix/envelope.ts";
import { readStixObject } from "../src/readers/stix/object.ts";
import { dataPath, needs } from "./kit/data.ts";
import { runIn } from "./kit/run.ts";
import { agencyIn, Clock, indicator, serverOn, stage, taxii, warnings } from "./kit/sharing.ts";

const stix = dataPath("stix");
const sharing = `
originator: DEMO-AGENCY
title: an invented agency
demo: true
maxContentLength: 60000000
collections:
  - {id: 91a7b528-80eb-42ed-a74d-c6fbd5a26116, alias: warnings, title: Warnings, read: all, write: all, unmarked: clear}
partners:
  - {id: DEMO-NATION, tlp: amber}
`;
const root = join(import.meta.dirname, "..");

function textsOf(name: string): readonly string[] {
  const bytes = readFileSync(join(stix, name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim();
  if (name.endsWith(".jsonl")) return text.split("\n");
  const sliced = sliceObjects(text.startsWith("[") ? `{"objects":${text}}` : text, {
    maxObjects: 100_000,
    maxDepth: 64,
  });
  if ("fault" in sliced) throw new Error(sliced.fault);
  return sliced.objects;
}

/** What of the published files is no STIX 2.1, and why. */
const faulty: Readonly<Record<string, readonly [count: number, why: RegExp]>> = {
  "stix2-test-objects.jsonl": [1, /spec_version/],
  "sco-examples.json": [3, /payload_bin/],
};

test("published objects are read, but for those with a fault of their own", needs("stix"), () => {
  const names = [
    "attack-mobile-17.1.json.gz",
    "sco-examples.json",
    "stix2-test-objects.jsonl",
    ...globSync("examples/**/*.json", { cwd: stix }),
  ];
  let good = 0;
  for (const name of names) {
    const read = textsOf(name).map(readStixObject);
    const faults = read.flatMap((one) => ("fault" in one ? [one.fault] : []));
    const [count, why] = faulty[name] ?? [0, /^$/];
    assert.equal(faults.length, count, `${name}: ${faults[0]}`);
    for (const fault of faults) assert.match(fault, why);
    good += read.length - faults.length;
  }
  assert.ok(good > 2300, `${good} objects`);
});

const published = [
  "attack-mobile-17.1.json.gz",
  "sco-examples.json",
  "stix2-test-objects.jsonl",
  "examples/apt1.json",
  "examples/infrastructure.json",
];
for (const name of published) {
  test(`${name} goes in and comes out byte for byte`, needs("stix"), async () => {
    const { folder, end } = stage();
    agencyIn(folder, { sharing });
    const server = await serverOn(folder, new Clock("2026-11-24T00:00:00Z"));
    try {
      const good = textsOf(name).filter((text) => "object" in readStixObject(text));
      const body = `{"objects":[${good.join(",")}]}`;
      const status = (await server.call("DEMO-AGENCY", "POST", `${warnings}/objects/`, { body })).json<{
        failures?: readonly { message: string }[];
      }>();
      // The samples give the same id and version to several texts; the first is kept.
      const clashes = (status.failures ?? []).filter(({ message }) =>
        message.includes("came before with other content"),
      );
      assert.equal(status.failures?.length ?? 0, clashes.length);
      const seen: string[] = [];
      for (let next: string | undefined = ""; next !== undefined; ) {
        const path: string = `${warnings}/objects/?match[version]=all${next === "" ? "" : `&next=${next}`}`;
        const page = await server.call("DEMO-AGENCY", "GET", path);
        const sliced = sliceObjects(page.body, { maxObjects: 5000, maxDepth: 64 });
        assert.ok("objects" in sliced);
        seen.push(...sliced.objects);
        next = page.json<{ next?: string }>().next;
      }
      const sent = new Set(good);
      for (const text of seen) assert.ok(sent.has(text), text.slice(0, 200));
      assert.equal(seen.length, sent.size - clashes.length);
      assert.equal(new Set(seen).size, seen.length);
    } finally {
      await server.close();
      end();
    }
  });
}

test("the definitions of our extensions are STIX 2.1, under the ids that the code uses", () => {
  const text = readFileSync(join(root, "schemas/stix-2.1/extension-definitions.json"), "utf8");
  const sliced = sliceObjects(text, { maxObjects: 10, maxDepth: 64 });
  assert.ok("objects" in sliced);
  const read = sliced.objects.map(readStixObject);
  assert.deepEqual(read.map((one) => ("object" in one ? one.object.id : one.fault)).slice(1), [
    disclosureExtension,
    recallExtension,
    threatToLife,
  ]);
});

test("FiGHT becomes STIX 2.1 with ids that stay the same", needs("stix"), async () => {
  const bytes = readFileSync(join(stix, "mitre-fight-2025-07.yaml"));
  const { objects, problems } = readFight(bytes, "fight.yaml", "2025-07-01");
  assert.deepEqual(problems, []);
  const counts: Record<string, number> = {};
  for (const text of objects) {
    const read = readStixObject(text);
    assert.ok("object" in read, JSON.stringify(read));
    counts[read.object.type] = (counts[read.object.type] ?? 0) + 1;
  }
  const { relationship = 0, ...named } = counts;
  assert.deepEqual(named, {
    "marking-definition": 1,
    identity: 1,
    "attack-pattern": 183,
    "course-of-action": 93,
    "intrusion-set": 10,
    tool: 23,
    campaign: 2,
  });
  assert.ok(relationship > 500);
  assert.equal(new Set(objects.map((text) => JSON.parse(text).id)).size, objects.length);
  assert.deepEqual(readFight(bytes, "fight.yaml", "2025-07-01").objects, objects);
  const later = readFight(bytes, "fight.yaml", "2026-07-01").objects;
  assert.deepEqual(
    later.map((text) => JSON.parse(text).id),
    objects.map((text) => JSON.parse(text).id),
    "a later release has the same ids",
  );
});

test("what a partner knows and from whom: FiGHT by topic, and no number below 20 items", needs("stix"), async () => {
  const { folder, end } = stage();
  agencyIn(folder, { sharing });
  try {
    const fight = join(stix, "mitre-fight-2025-07.yaml");
    const put = await runIn(folder, [
      "disclose",
      "import",
      "agency",
      fight,
      "--released",
      "2025-07-01",
      "--collection",
      "warnings",
    ]);
    assert.equal(put.code, 0, put.err);
    const sources = () => runIn(folder, ["disclose", "sources", "agency", "DEMO-NATION"]);
    assert.match((await sources()).out, /0 items\n\nNothing was settled for DEMO-NATION yet/);
    const server = await serverOn(folder, new Clock("2026-11-24T00:00:00Z"));
    await server.call("DEMO-NATION", "GET", `${warnings}/objects/`);
    await server.close();
    const { code, out, err } = await sources();
    assert.equal(code, 0, err);
    assert.match(out, /everything: 311 items, HHI 10000, effective number of sources 1/);
    assert.match(out, /^ {2}MITRE FiGHT \(identity--[0-9a-f-]{36}\): alone 100 %/m);
    assert.match(out, /fewer than 20 items, so no numbers: /);
  } finally {
    end();
  }
});

test("100,000 objects in one post: all are taken, and others are answered meanwhile", {
  timeout: 180_000,
}, async () => {
  const { folder, end } = stage();
  agencyIn(folder, { sharing });
  const server = await serverOn(folder, new Clock("2026-11-24T00:00:00Z", 1));
  try {
    const count = 100_000;
    const list = Array.from({ length: count }, (_, n) => JSON.stringify(indicator(n)));
    let ended = false;
    const posting = server
      .call("DEMO-AGENCY", "POST", `${warnings}/objects/`, { body: `{"objects":[${list.join(",")}]}` })
      .then((answer) => {
        ended = true;
        return answer;
      });
    let meanwhile = 0;
    while (!ended) {
      assert.equal((await server.call("DEMO-NATION", "GET", "/api/collections/")).status, 200);
      meanwhile += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const status = (await posting).json();
    assert.deepEqual(
      [status.total_count, status.success_count, status.failure_count, status.pending_count],
      [count, count, 0, 0],
    );
    assert.ok(meanwhile > 20, `${meanwhile} answers meanwhile`);
    const manifest = await server.call("DEMO-NATION", "GET", `${warnings}/manifest/?limit=1`);
    assert.equal(manifest.json<{ more: boolean }>().more, true);
  } finally {
    await server.close();
    end();
  }
});

test("a text of 10 MB in one object fails alone", async () => {
  const { folder, end } = stage();
  agencyIn(folder, { sharing });
  const server = await serverOn(folder, new Clock("2026-11-24T00:00:00Z"));
  try {
    const answer = await server.call("DEMO-AGENCY", "POST", `${warnings}/objects/`, {
      body: { objects: [indicator(1, { name: "x".repeat(10_000_000) }), indicator(2)] },
    });
    assert.deepEqual([answer.json().success_count, answer.json().failure_count], [1, 1]);
  } finally {
    await server.close();
    end();
  }
});

/** A server in a process of its own; resolves with its address. */
function serve(folder: string, ...more: readonly string[]) {
  const child = spawn(
    process.execPath,
    [join(root, "src/cli/main.ts"), "serve", "agency", "--port", "0", "--per-minute", "9999999", ...more],
    {
      ...{
        cwd: folder,
        env: { ...process.env, FREIGABE_KEYS: join(folder, "keys-of-ledgers") },
        stdio: ["ignore", "ignore", "pipe"],
      },
    },
  );
  const url = new Promise<string>((done, fail) => {
    let text = "";
    child.stderr.on("data", (bytes: Buffer) => {
      text += bytes.toString();
      const found = /TAXII 2\.1 at (http:\S+)\/taxii2\//.exec(text);
      if (found) done(found[1]!);
    });
    child.on("exit", () => fail(new Error(`it ended: ${text}`)));
  });
  return { child, url };
}

test("kill -9 while objects come in and go out: what was acknowledged is there, and the ledger is whole", {
  timeout: 400_000,
}, async () => {
  const { folder, end } = stage();
  try {
    agencyIn(folder, { sharing });
    const token = async (party: string) => (await runIn(folder, ["disclose", "token", "agency", party])).out.trim();
    const [own, nation] = [await token("DEMO-AGENCY"), await token("DEMO-NATION")];
    const headers = (secret: string) => ({ accept: taxii, "content-type": taxii, authorization: `Bearer ${secret}` });
    const acknowledged: string[] = [];
    const told = new Map<string, string>();
    for (let round = 0; round < 4; round++) {
      const { child, url } = serve(folder);
      const base = `${await url}${warnings}/objects/`;
      const dead = new Promise((resolve) => child.once("exit", resolve));
      const post = async () => {
        for (let n = 0; ; n++) {
          const list = [0, 1, 2].map((m) => indicator(round * 100_000 + n * 10 + m));
          const answer = await fetch(base, {
            method: "POST",
            headers: headers(own),
            body: JSON.stringify({ objects: list }),
          });
          if (answer.status === 202 && (await answer.text()) !== "") acknowledged.push(...list.map(({ id }) => id));
        }
      };
      const poll = async () => {
        for (;;) {
          const answer = await fetch(`${base.replace("objects/", "manifest/")}`, { headers: headers(nation) });
          for (const one of ((await answer.json()) as { objects?: readonly { id: string; date_added: string }[] })
            .objects ?? [])
            told.set(one.id, one.date_added);
        }
      };
      const working = Promise.allSettled([post(), poll()]);
      // However busy the machine is: a few are in, and more are on their way.
      const before = acknowledged.length;
      for (let waited = 0; waited < 20_000 && acknowledged.length < before + 9; waited += 50)
        await new Promise((resolve) => setTimeout(resolve, 50));
      await new Promise((resolve) => setTimeout(resolve, 100 + 50 * round));
      child.kill("SIGKILL");
      await Promise.all([dead, working]);
    }
    assert.ok(acknowledged.length > 20, `${acknowledged.length} acknowledged`);
    const { child, url } = serve(folder);
    const base = `${await url}${warnings}/manifest/`;
    const found = new Map<string, string>();
    for (let next: string | undefined = ""; next !== undefined; ) {
      const answer: Response = await fetch(`${base}${next === "" ? "" : `?next=${next}`}`, {
        headers: headers(nation),
      });
      const body = (await answer.json()) as { objects?: readonly { id: string; date_added: string }[]; next?: string };
      for (const { id, date_added: added } of body.objects ?? []) found.set(id, added);
      next = body.next;
    }
    for (const id of acknowledged) assert.ok(found.has(id), id);
    for (const [id, added] of told) assert.equal(found.get(id), added, "what was shown keeps its place");
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    assert.equal(await gone, 0);
    mkdirSync(join(folder, "agency", "trust"), { recursive: true });
    writeFileSync(join(folder, "agency/trust/ledger.yaml"), (await runIn(folder, ["ledger", "key", "agency"])).out);
    const verified = await runIn(folder, ["ledger", "verify", "agency"]);
    assert.equal(verified.code, 0, verified.out + verified.err);
  } finally {
    end();
  }
});

test("clients that are slow or go away in the middle hold nobody up", async () => {
  const { folder, end } = stage();
  agencyIn(folder, { sharing });
  const server = await serverOn(folder, new Clock("2026-11-24T00:00:00Z"));
  try {
    const url = new URL(await server.app.listen({ host: "127.0.0.1", port: 0 }));
    const head = `POST ${warnings}/objects/ HTTP/1.1\r\nhost: x\r\naccept: ${taxii}\r\ncontent-type: ${taxii}\r\nauthorization: Bearer ${server.tokens["DEMO-AGENCY"]}\r\ncontent-length: 5000\r\n\r\n{"objects":[`;
    const slow = Array.from({ length: 50 }, () =>
      connect(Number(url.port), "127.0.0.1", function said(this: { write(text: string): void }) {
        this.write(head);
      }),
    );
    for (const socket of slow) socket.on("error", () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (let n = 0; n < 20; n++) {
      const answer = await fetch(new URL("/api/collections/", url), {
        headers: { accept: taxii, authorization: `Bearer ${server.tokens["DEMO-NATION"]}` },
      });
      assert.equal(answer.status, 200);
    }
    for (const socket of slow) socket.destroy();
    assert.equal(
      (await server.call("DEMO-NATION", "GET", `${warnings}/objects/`)).body,
      "{}",
      "nothing of a half post is stored",
    );
  } finally {
    await server.close();
    end();
  }
});
