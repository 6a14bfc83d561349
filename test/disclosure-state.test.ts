/** What a view holds: settled while its partner cannot read it, envelopes as one, recalls by row, versions as invisible as ids. */
import assert from "node:assert/strict";
import { note, onBothStores } from "./kit/scene.ts";
import { indicator, marked, marking, tlp, warnings } from "./kit/sharing.ts";

const [agency, nation, neighbour] = ["DEMO-AGENCY", "DEMO-NATION", "DEMO-NEIGHBOUR"];
const mark = marking(900, { conditions: ["DEMO-BUILT-OR-MAINTAINED"] });
const under = marked(tlp.clear, mark.id);
const clear = marked(tlp.clear);
const v = (n: number, day: number, more = {}) => indicator(n, { modified: `2019-03-0${day}T00:00:00.000Z`, ...more });
const shut = (text: string) =>
  text.replace("read: all\n    unmarked: amber", "read: [DEMO-NEIGHBOUR]\n    unmarked: amber");
const opened = (text: string) => text.replace("read: [DEMO-NEIGHBOUR]", "read: all");
const writable = (text: string) =>
  text.replace("read: all\n    unmarked: amber", "read: all\n    write: all\n    unmarked: amber");

onBothStores((on) => {
  on(
    "state: dropped from `read:`, the condition closed, put back: what was withdrawn meanwhile is not served, and recalled",
    { keys: true },
    async (s) => {
      await s.tell("good");
      await s.post(agency, [mark, indicator(1, under), indicator(2, clear)]);
      assert.equal((await s.ids(nation)).length, 2);
      s.share(shut);
      assert.equal((await s.server.call(nation, "GET", `${warnings}/objects/`)).status, 404);
      await s.tell("bad");
      s.share(opened);
      const list = await s.poll(nation);
      assert.deepEqual(list.map(({ type }) => type).sort(), ["disclosure-recall", "indicator"]);
      const recall = list.find(({ type }) => type === "disclosure-recall")!;
      assert.deepEqual([...(recall.object_refs as string[])].sort(), [indicator(1).id, mark.id].sort());
    },
  );

  on("state: what opened while its partner could not read comes when it reads again", { keys: true }, async (s) => {
    await s.tell("bad");
    await s.post(agency, [mark, indicator(1, under), indicator(2, clear)]);
    assert.deepEqual(await s.ids(nation), [indicator(2).id]);
    s.share(shut);
    await s.post(agency, [indicator(3, clear)]);
    await s.tell("good");
    await s.approve();
    s.share(opened);
    assert.deepEqual(
      await s.ids(nation),
      [1, 2, 3].map((n) => indicator(n).id),
    );
  });

  on(
    "state: a collection that is gone from `sharing.yaml` and comes again shows nothing that was withdrawn meanwhile",
    { keys: true },
    async (s) => {
      await s.tell("good");
      await s.post(agency, [mark, indicator(1, under)]);
      assert.equal((await s.ids(nation)).length, 1);
      s.share((text) =>
        text.replace("id: 91a7b528-80eb-42ed-a74d-c6fbd5a26116", "id: 00000000-80eb-42ed-a74d-c6fbd5a26116"),
      );
      await s.tell("bad");
      s.share((text) =>
        text.replace("id: 00000000-80eb-42ed-a74d-c6fbd5a26116", "id: 91a7b528-80eb-42ed-a74d-c6fbd5a26116"),
      );
      assert.deepEqual(
        (await s.ids(nation)).filter((id) => id.startsWith("indicator")),
        [],
      );
    },
  );

  on(
    "state: an envelope of 1,200 objects becomes visible as one, and points within itself in any order",
    {},
    async (s) => {
      const list = Array.from({ length: 1200 }, (_, n) => indicator(n, clear));
      const early = [
        note(1, [indicator(1100).id], clear),
        ...list,
        indicator(5000, marked(tlp.red)),
        note(2, [note(3, []).id], clear),
      ];
      const counts = new Set<number>();
      let done = false;
      const look = async () => {
        while (!done) {
          counts.add((await s.ids(neighbour)).length);
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      const looking = look();
      assert.deepEqual(await s.post(agency, [...early, note(3, [indicator(5000).id], clear)]), [1204, 0]);
      done = true;
      await looking;
      const whole = async () => {
        const { json } = await s.server.call(neighbour, "GET", `${warnings}/manifest/`);
        return json<{ objects: readonly unknown[]; next?: string }>();
      };
      assert.equal((await whole()).objects.length, 1000);
      for (const count of counts) assert.ok(count === 0 || count === 1000, `${count} were visible`);
      assert.equal((await s.get(neighbour, note(1, []).id)).status, 200);
      for (const n of [2, 3])
        assert.equal((await s.get(neighbour, note(n, []).id)).status, 404, "it points at something red");
    },
  );

  on("state: a recall names what was sent and nothing else, row by row", { keys: true }, async (s) => {
    await s.tell("good");
    await s.post(agency, [mark, ...[1, 2, 3].map((n) => indicator(n, under))]);
    await s.poll(nation, `?match[id]=${indicator(3).id}`);
    await s.server.call(nation, "GET", `${warnings}/manifest/`);
    await s.server.call(nation, "GET", `${warnings}/objects/${indicator(1).id}/versions/`);
    await s.tell("bad");
    const [recall] = await s.poll(nation, "?match[type]=disclosure-recall");
    assert.deepEqual(recall?.object_refs, [indicator(3).id]);
  });

  on("state: a version hidden behind a visible id is as invisible as an id", {}, async (s) => {
    s.share(writable);
    await s.post(agency, [
      v(1, 1, clear),
      v(1, 3, marked(tlp.red)),
      v(1, 5, clear),
      v(1, 7, marked(tlp.red)),
      v(1, 2, marked(tlp.red)),
    ]);
    const seen = ["2019-03-01T00:00:00.000Z", "2019-03-05T00:00:00.000Z"];
    const versions = await s.server.call(nation, "GET", `${warnings}/objects/${v(1, 1).id}/versions/`);
    assert.deepEqual(versions.json().versions, seen);
    for (const [query, expected] of [
      ["?match[version]=all", seen],
      ["", seen.slice(1)],
      ["?match[version]=first", seen.slice(0, 1)],
      ["?match[version]=last,2019-03-07T00:00:00.000Z", seen.slice(1)],
      ["?match[version]=2019-03-03T00:00:00Z", []],
      ["?match[version]=all&limit=2", seen],
    ] as const) {
      assert.deepEqual(
        (await s.poll(nation, query)).map(({ modified }) => modified),
        expected,
        query,
      );
      const path = `${warnings}/manifest/${query}`;
      const { objects = [], more } = (await s.server.call(nation, "GET", path)).json<{
        objects?: readonly { version: string }[];
        more?: true;
      }>();
      assert.deepEqual([objects.map(({ version }) => version), more], [expected, undefined], path);
    }
    const post = async (day: number) =>
      (
        await s.server.call(nation, "POST", `${warnings}/objects/`, {
          body: { objects: [v(1, day, { name: "guessed" })] },
        })
      ).json<{ failures: readonly { message: string }[] }>().failures[0]?.message;
    assert.equal(await post(3), await post(4), "a version that is there and hidden, and one that is not");
    const remove = (day: number) =>
      s.server.call(nation, "DELETE", `${warnings}/objects/${v(1, 1).id}/?match[version]=2019-03-0${day}T00:00:00Z`);
    assert.deepEqual(
      [(await remove(3)).body, (await remove(3)).status],
      [(await remove(4)).body, (await remove(4)).status],
    );
  });
});
