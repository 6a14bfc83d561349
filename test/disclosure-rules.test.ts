/** The design rules of disclosure, by number, and what happens to views while others post and postures move. All is invented. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { decideClass } from "../src/disclosure/decide.ts";
import { partnerFacts } from "../src/disclosure/facts.ts";
import { loadCondition } from "../src/policy/condition.ts";
import { askedOf, scalesOf } from "../src/tasks/disclosure/desk.ts";
import { asPosture, weigh } from "../src/tasks/disclosure/posture-of.ts";
import { type Postgres, startPostgres } from "./kit/postgres.ts";
import {
  agencyIn,
  Clock,
  indicator,
  keysIn,
  marked,
  marking,
  postureIn,
  serverOn,
  stage,
  terms,
  tlp,
  uuid,
  warnings,
} from "./kit/sharing.ts";

const objects = `${warnings}/objects/`;
const mark = marking(900, { conditions: ["DEMO-BUILT-OR-MAINTAINED"] });
const under = marked(tlp.clear, mark.id);
const bad = { built: [50, 50], maintained: [0, 0] } as const;
const good = { built: [0, 0], maintained: [0, 0] } as const;
const now = "2019-06-01T08:00:00Z";

/** A server with its own folder, the condition in force, and a posture if one is given. */
async function scene(
  options: {
    readonly posture?: typeof bad | typeof good;
    readonly store?: string;
    readonly conditions?: Readonly<Record<string, string>>;
  } = {},
) {
  const { folder, end } = stage();
  agencyIn(folder, options.conditions ? { conditions: options.conditions } : {});
  await keysIn(folder, "2019-03-01T00:00:00Z", ["agency/trust"]);
  const clock = new Clock(now, 1);
  const server = await serverOn(folder, clock, options.store === undefined ? {} : { store: options.store });
  const tell = async (shares: Parameters<typeof postureIn>[2], how: Parameters<typeof postureIn>[3] = {}) => {
    const name = await postureIn(folder, new Date(clock.at).toISOString(), shares, how);
    clock.at += 1000;
    return server.call("DEMO-NATION", "POST", "/exchange/statements/", {
      body: readFileSync(join(folder, name), "utf8"),
    });
  };
  if (options.posture) assert.equal((await tell(options.posture)).status, 202);
  const post = (list: readonly unknown[], by = "DEMO-AGENCY") =>
    server.call(by, "POST", objects, { body: { objects: list } });
  const poll = async (query = "") => {
    const answer = await server.call("DEMO-NATION", "GET", `${objects}${query}`);
    assert.equal(answer.status, 200, answer.body);
    const { objects: list = [], next } = answer.json<{
      objects?: readonly Readonly<Record<string, unknown>>[];
      next?: string;
    }>();
    return { list, ids: list.map(({ id }) => String(id)), next, last: answer.headers["x-taxii-date-added-last"]! };
  };
  return {
    folder,
    clock,
    server,
    tell,
    post,
    poll,
    end: async () => {
      await server.close();
      end();
    },
  };
}

async function with_<T>(
  options: Parameters<typeof scene>[0],
  work: (s: Awaited<ReturnType<typeof scene>>) => Promise<T>,
): Promise<void> {
  const s = await scene(options);
  try {
    await work(s);
  } finally {
    await s.end();
  }
}

const approveAll = async (s: Awaited<ReturnType<typeof scene>>) => {
  const { say } = await import("../src/tasks/disclosure/officer.ts");
  const { openSigner } = await import("../src/storage/keys.ts");
  const officer = openSigner(join(s.folder, "keys/officer-1"));
  for (const { partner, classId } of await s.server.desk.store.queue())
    await say(s.server.desk, `${partner}/${classId}`, "approve", officer);
};

test("rules 1 and 2: given, taken back, given again: three events, and a late release is a new row", () =>
  with_({ posture: good }, async (s) => {
    await s.post([mark, indicator(1, under), indicator(2, marked(tlp.clear))]);
    const first = await s.poll();
    assert.ok(first.ids.includes(indicator(1).id));
    await s.tell(bad);
    assert.equal((await s.server.call("DEMO-NATION", "GET", `${objects}${indicator(1).id}/`)).status, 404);
    await s.tell(good);
    assert.ok(!(await s.poll()).ids.includes(indicator(1).id), "an officer has to say so");
    await approveAll(s);
    const again = await s.poll(`?added_after=${first.last}`);
    assert.ok(again.ids.includes(indicator(1).id), "a poller that goes on gets it");
    assert.ok(!again.ids.includes(indicator(2).id));
    const past = await s.server.desk.store.pastOf("DEMO-NATION", indicator(1).id);
    assert.deepEqual(
      past.map(({ gone }) => gone !== undefined),
      [true, false],
    );
  }));

test("rule 3: a recall is an object of ours that names what was fetched, with a deadline; the originator's is not touched", () =>
  with_({ posture: good }, async (s) => {
    await s.post([mark, indicator(1, under)]);
    await s.poll();
    await s.post([indicator(2, under)]);
    await s.server.call("DEMO-NATION", "GET", `${warnings}/manifest/`);
    await s.tell(bad);
    const { list } = await s.poll("?match[type]=disclosure-recall");
    assert.deepEqual(
      [...(list[0]!.object_refs as readonly string[])].sort(),
      [indicator(1).id, mark.id].toSorted(),
      "what was never fetched is not named",
    );
    assert.match(String(list[0]?.deadline), /^2019-06-08$/);
    const [stored] = await s.server.desk.store.versionsOf(indicator(1).id);
    assert.doesNotMatch(stored!.text, /revoked/);
  }));

test("rules 4 and 9: missing, stale, undecided, too little vouched for, unsigned, of the future: withheld", () =>
  with_({}, async (s) => {
    await s.post([mark, indicator(1, under)]);
    const gets = async () => (await s.poll()).ids.includes(indicator(1).id);
    assert.equal(await gets(), false, "no posture");
    await s.tell({ built: [0, 1], maintained: [0, 0] });
    assert.equal(await gets(), false, "undecided");
    await s.tell(good);
    await approveAll(s);
    assert.equal(await gets(), true);
    s.clock.at += 31 * 86_400_000;
    assert.equal(await gets(), false, "stale");
    const answer = await s.server.call("DEMO-NATION", "POST", "/exchange/statements/", { body: "{}" });
    assert.equal(answer.status, 422);
    const foreign = await postureIn(s.folder, new Date(s.clock.at).toISOString(), good, { key: "lotus" });
    const refused = await s.server.call("DEMO-NATION", "POST", "/exchange/statements/", {
      body: readFileSync(join(s.folder, foreign), "utf8"),
    });
    assert.deepEqual([refused.status, await gets()], [422, false], "signed by a maker");
    const others = await s.server.call("DEMO-NEIGHBOUR", "POST", "/exchange/statements/", {
      body: readFileSync(join(s.folder, await postureIn(s.folder, new Date(s.clock.at).toISOString(), good)), "utf8"),
    });
    assert.equal(others.status, 422, "about somebody else");
  }));

test("rule 4: taking any cell away, or any fact, never gives", async () =>
  with_({ posture: good }, async (s) => {
    const asked = await askedOf(s.server.desk, { id: "DEMO-NATION", tlp: "amber" });
    const wanted = { conditions: ["DEMO-BUILT-OR-MAINTAINED"] };
    assert.equal(decideClass(wanted, asked).outcome, "open");
    const { posture } = asked;
    for (const [at] of posture!.predicate.cells.entries()) {
      const cells = posture!.predicate.cells.filter((_, other) => other !== at);
      const less = { ...asked, posture: { ...posture!, predicate: { ...posture!.predicate, cells } } };
      assert.equal(decideClass(wanted, less).outcome, "closed", `cell ${at}`);
    }
    const elsewhere = posture!.predicate.cells.map((cell) => ({ ...cell, role: "another-role" }));
    const other = { ...asked, posture: { ...posture!, predicate: { ...posture!.predicate, cells: elsewhere } } };
    assert.equal(decideClass(wanted, other).outcome, "closed");
    assert.equal(
      decideClass(wanted, { ...asked, conditions: new Map() }).outcome,
      "closed",
      "a condition that is not there",
    );
  }));

test("rule 4: a condition with anything wrong is none, and says where", () => {
  const text = readFileSync(
    join(import.meta.dirname, "..", "examples", "agency", "conditions", "built-or-maintained.cedar"),
    "utf8",
  );
  const load = (changed: string) => loadCondition({ path: "c.cedar", text: changed }, partnerFacts);
  assert.ok(load(text).condition);
  const broken = [
    text.replace('@oldest("30")', ""),
    text.replace('@oldest("30")', '@oldest("soon")'),
    text.replace('@assurance("self")', '@assurance("any")'),
    text.replace("context.builtAny == 0", "context.builtAll == 0"),
    text.replace("context.builtAny == 0", "context.builtAny + 1 == 1"),
    text.replace("context.builtAny == 0", "context.builtAny > 0 || context.maintainedAny > 0"),
    text.replace("context.builtAny == 0", "context.builtAny > 50"),
    text.replace("unless {", "when {"),
    `${text}\npermit (principal, action, resource);`,
    text.replace("permit (principal, action, resource);", ""),
    text.replace("forbid", "forbidden"),
    text.replace('@tell("reason")', '@tells("reason")'),
  ];
  for (const one of broken) {
    const { condition, problems } = load(one);
    assert.equal(condition, undefined);
    assert.ok(problems.length > 0 && problems.every(({ place }) => place.file === "c.cedar"));
  }
});

test("rule 6: what points at something withheld is withheld, at any distance and in any order of arrival", () =>
  with_({ posture: bad }, async (s) => {
    const relation = (n: number, from: string, to: string) => ({
      ...{
        type: "relationship",
        spec_version: "2.1",
        id: `relationship--${uuid(n)}`,
        created: "2019-03-01T00:00:00.000Z",
      },
      ...{
        modified: "2019-03-01T00:00:00.000Z",
        relationship_type: "related-to",
        source_ref: from,
        target_ref: to,
        ...marked(tlp.clear),
      },
    });
    const sighting = {
      ...{ type: "sighting", spec_version: "2.1", id: `sighting--${uuid(7)}`, created: "2019-03-01T00:00:00.000Z" },
      ...{ modified: "2019-03-01T00:00:00.000Z", sighting_of_ref: indicator(1).id, ...marked(tlp.clear) },
    };
    const note = {
      ...{
        type: "note",
        spec_version: "2.1",
        id: `note--${uuid(8)}`,
        created: "2019-03-01T00:00:00.000Z",
        modified: "2019-03-01T00:00:00.000Z",
      },
      ...{ content: "invented", object_refs: [`relationship--${uuid(5)}`], ...marked(tlp.clear) },
    };
    await s.post([
      note,
      relation(5, indicator(2).id, indicator(1).id),
      sighting,
      mark,
      indicator(1, under),
      indicator(2, marked(tlp.clear)),
    ]);
    assert.deepEqual((await s.poll()).ids, [indicator(2).id]);
    await s.post([relation(6, indicator(2).id, `relationship--${uuid(5)}`)]);
    assert.deepEqual((await s.poll()).ids, [indicator(2).id]);
  }));

test("rule 6: where the originator allows it, a variant without the withheld goes, under an id of its own", () =>
  with_({ posture: bad }, async (s) => {
    const report = {
      ...{
        type: "report",
        spec_version: "2.1",
        id: `report--${uuid(1)}`,
        created: "2019-03-01T00:00:00.000Z",
        modified: "2019-03-01T00:00:00.000Z",
      },
      ...{
        name: "invented",
        published: "2019-03-01T00:00:00Z",
        object_refs: [indicator(1).id, indicator(2).id],
        ...marked(tlp.clear),
      },
      ...terms({ redact: true }),
    };
    await s.post([mark, indicator(1, under), indicator(2, marked(tlp.clear)), report]);
    const { list } = await s.poll("?match[type]=report");
    assert.equal(list.length, 1);
    assert.notEqual(list[0]?.id, report.id);
    assert.deepEqual([list[0]?.object_refs, list[0]?.labels], [[indicator(2).id], ["redacted"]]);
    assert.doesNotMatch(JSON.stringify(list), new RegExp(`${indicator(1).id}|${report.id}`));
    await s.tell(good);
    await approveAll(s);
    const full = await s.poll("?match[type]=report");
    assert.deepEqual(full.ids, [report.id], "the full one comes, and the variant is gone");
  }));

test("rules 7 and 12: every decision is recorded with its inputs and made again the same; a forged one is found", () =>
  with_({ posture: bad }, async (s) => {
    const { replayDisclosures } = await import("../src/tasks/disclosure/replay.ts");
    await s.post([mark, indicator(1, under), indicator(2, marked(tlp.clear))]);
    await s.poll();
    await s.tell(good);
    await approveAll(s);
    const { access } = s.server.desk.journal;
    const { entries } = replayDisclosures(access.store);
    assert.ok(entries.length >= 2 && entries.some(({ classes }) => classes > 0));
    assert.ok(
      entries.every(({ outcome }) => outcome === "same"),
      JSON.stringify(entries),
    );
    await s.server.desk.journal.enter((recordedAt) => {
      const { conditions } = s.server.desk.house();
      const predicate = {
        ...{
          recordedAt,
          partner: "DEMO-NATION",
          today: "2019-06-01",
          conditions: [...conditions.values()].map(({ id, version, sha256 }) => ({ id, version, sha256 })),
        },
        inputs: s.server.desk.house().files.map(({ name, sha256 }) => ({ file: name, sha256 })),
        engine: { freigabe: "0", cedar: "0" },
        turns: [
          {
            class: JSON.stringify({ conditions: ["DEMO-BUILT-OR-MAINTAINED"] }),
            from: "new",
            to: "open",
            outcome: "open",
            against: [],
          },
        ],
        counts: { released: 1, withdrawn: 0, withheld: 0, recalls: 0 },
      };
      return [{ kind: "disclosure", predicate, subject: { name: "forged", sha256: "0".repeat(64) } }];
    });
    assert.equal(replayDisclosures(access.store).entries.at(-1)?.outcome, "differs");
  }));

test("rule 8: a day of force, an age and an expiry take effect by the clock alone", () =>
  with_({ posture: good }, async (s) => {
    await s.post([
      mark,
      indicator(1, under),
      indicator(2, { valid_until: "2019-06-02T00:00:00Z", ...marked(tlp.clear) }),
    ]);
    assert.deepEqual((await s.poll()).ids, [mark.id, indicator(1).id, indicator(2).id]);
    s.clock.set("2019-06-02T00:00:01Z");
    assert.deepEqual((await s.poll("?match[type]=indicator")).ids, [indicator(1).id], "expired");
    s.clock.set("2019-07-02T00:00:00Z");
    assert.deepEqual((await s.poll("?match[type]=indicator")).ids, [], "the posture is too old");
  }));

test("rule 10: a posture that falls during a paged poll: later pages hold nothing withheld, and `next` stays valid", () =>
  with_({ posture: good }, async (s) => {
    const list = Array.from({ length: 20 }, (_, n) => indicator(n, n % 2 === 0 ? under : marked(tlp.clear)));
    await s.post([mark, ...list]);
    const first = await s.poll("?limit=5");
    await s.tell(bad);
    const seen = [...first.ids];
    for (let next = first.next; next !== undefined; ) {
      const page = await s.poll(`?limit=5&next=${next}`);
      for (const id of page.ids)
        assert.ok(id.startsWith("disclosure-recall") || Number.parseInt(id.slice(11, 19), 16) % 2 === 1, id);
      seen.push(...page.ids);
      next = page.next;
    }
    for (const one of list.filter((_, n) => n % 2 === 1)) assert.equal(seen.filter((id) => id === one.id).length, 1);
  }));

test("what was posted over an object that the poster cannot see is a success, stands beside it, and is recorded", () =>
  with_({ posture: bad }, async (s) => {
    await s.post([mark, indicator(1, under)]);
    const sharing = readFileSync(join(s.folder, "agency/sharing.yaml"), "utf8").replace(
      "read: all\n    unmarked: amber",
      "read: all\n    write: all\n    unmarked: amber",
    );
    writeFileSync(join(s.folder, "agency/sharing.yaml"), sharing);
    s.server.desk.reload();
    const answer = await s.post([indicator(1, { name: "beside it", ...marked(tlp.clear) })], "DEMO-NATION");
    const {
      success_count: good_,
      failure_count: failed,
      successes,
    } = answer.json<{ success_count: number; failure_count: number; successes: readonly object[] }>();
    assert.deepEqual(
      [good_, failed, successes],
      [1, 0, [{ id: indicator(1).id, version: "2019-03-01T00:00:00.000Z" }]],
    );
    assert.equal((await s.poll(`?match[id]=${indicator(1).id}`)).list[0]?.name, "beside it");
    const others = await s.server.call("DEMO-AGENCY", "GET", `${objects}${indicator(1).id}/`);
    assert.equal(
      others.json<{ objects: readonly { name?: string }[] }>().objects[0]?.name,
      undefined,
      "who sees the agency's is not shown it",
    );
    const { historyOf } = await import("../src/tasks/disclosure/history.ts");
    assert.match(
      historyOf(s.server.desk.journal.access.store)
        .entries.map(({ text }) => text)
        .join("\n"),
      /post beside by DEMO-NATION/,
    );
  }));

test("an auditor's key makes a posture `audited`, and nobody's claim does", () =>
  with_({}, async (s) => {
    for (const [key, expected] of [
      ["nation", "self"],
      ["auditor", "audited"],
      ["agency", "audited"],
    ] as const) {
      const name = await postureIn(s.folder, now, good, { key, assurance: "audited" });
      const weighed = weigh(readFileSync(join(s.folder, name), "utf8"), name, scalesOf(s.server.desk));
      assert.ok(typeof weighed !== "string", String(weighed));
      assert.equal(asPosture(weighed)?.assurance, expected, key);
    }
  }));

test("from a posture to the first poll that withholds it takes less than a second", () =>
  with_({ posture: good }, async (s) => {
    await s.post([mark, ...Array.from({ length: 400 }, (_, n) => indicator(n, under))]);
    await s.poll();
    const name = await postureIn(s.folder, new Date(s.clock.at + 5000).toISOString(), bad);
    s.clock.at += 10_000;
    const body = readFileSync(join(s.folder, name), "utf8");
    await s.server.call("DEMO-NATION", "POST", "/exchange/statements/", { body });
    assert.deepEqual((await s.poll("?match[type]=indicator")).ids, []);
  }));

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof scene>>["poll"]>>;

/** Follows `next` to the end; `last`: when the last row was added, if there was one. */
async function pages(poll: (query: string) => Promise<Page>, query: string) {
  const ids: string[] = [];
  let last: string | undefined;
  for (let page: Page | undefined = await poll(query); page; ) {
    ids.push(...page.ids);
    if (page.ids.length > 0) last = page.last;
    page = page.next === undefined ? undefined : await poll(`${query}&next=${page.next}`);
  }
  return { ids, last };
}

describe("pollers miss nothing and see nothing twice while others post, withdraw and let go again", () => {
  let postgres: Postgres | { readonly skip: string };
  before(async () => {
    postgres = await startPostgres();
  });
  after(async () => {
    if (!("skip" in postgres)) await postgres.stop();
  });
  for (const store of ["SQLite", "PostgreSQL"] as const) {
    test(store, async (t) => {
      if (store === "PostgreSQL" && "skip" in postgres) return t.skip(postgres.skip);
      const place = store === "PostgreSQL" && !("skip" in postgres) ? await postgres.database() : undefined;
      return with_({ posture: good, ...(place !== undefined && { store: place }) }, async (s) => {
        await s.post([mark]);
        const posted: string[] = [];
        let done = false;
        const writer = async () => {
          for (let n = 0; n < 30; n++) {
            const list = [0, 1, 2].map((m) => indicator(10 * n + m, m === 0 ? under : marked(tlp.clear)));
            assert.equal((await s.post(list)).json().success_count, 3);
            posted.push(...list.filter((_, m) => m > 0).map(({ id }) => id));
            if (n === 10) await s.tell(bad);
            if (n === 20) {
              await s.tell(good);
              await approveAll(s);
            }
          }
          done = true;
        };
        const poller = async (limit: number) => {
          const seen: string[] = [];
          for (let [after, last] = ["", false]; !last; ) {
            last = done;
            await new Promise((resolve) => setTimeout(resolve, 3));
            const found = await pages(s.poll, `?limit=${limit}${after === "" ? "" : `&added_after=${after}`}`);
            seen.push(...found.ids);
            after = found.last ?? after;
          }
          return seen;
        };
        const [, ...views] = await Promise.all([writer(), poller(4), poller(7), poller(1000)]);
        for (const seen of views) {
          for (const id of posted) assert.equal(seen.filter((one) => one === id).length, 1, id);
          for (let n = 0; n < 30; n++) {
            const times = seen.filter((one) => one === indicator(10 * n).id).length;
            assert.ok(times >= 1 && times <= 2, `${n} came ${times} times`);
          }
        }
      });
    });
  }
});
