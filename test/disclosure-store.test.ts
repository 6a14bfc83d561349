/** What a store of disclosure promises, on SQLite and on a real PostgreSQL. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { DisclosureStore, NewObject } from "../src/model/ports/disclosure.ts";
import { openDisclosureStore } from "../src/storage/disclosure/open.ts";
import { type Postgres, startPostgres } from "./kit/postgres.ts";
import { stage, uuid } from "./kit/sharing.ts";

const { folder, end } = stage();
let postgres: Postgres | { readonly skip: string };
let files = 0;
before(async () => {
  postgres = await startPostgres();
});
after(async () => {
  if (!("skip" in postgres)) await postgres.stop();
  end();
});

const nothing = { originator: "O", opened: [], objects: [] };
const view = { collection: "c", partner: "P" };
const [openKey, shutKey] = ['{"conditions":[]}', '{"conditions":["C"]}'];

function object(n: number, more: Partial<NewObject> = {}): NewObject {
  return {
    ...{ id: `indicator--${uuid(n)}`, type: "indicator", version: "2019-03-01T00:00:00.000Z" },
    ...{
      versionKey: "2019-03-01T00:00:00.000000000Z",
      specVersion: "2.1",
      text: `{"n":${n},"é":"\\u0000 ☃"}`,
      sha256: `${n}`,
    },
    ...{
      classKey: openKey,
      ownClassKey: openKey,
      poster: "A",
      content: `${n}`,
      unmarked: "clear",
      pointers: [],
      redact: false,
      private: false,
    },
    ...more,
  };
}
const key = (day: number) => ({
  version: `2019-03-0${day}T00:00:00Z`,
  versionKey: `2019-03-0${day}T00:00:00.000000000Z`,
});

const kinds = {
  SQLite: async () => join(folder, `${files++}.sqlite`),
  PostgreSQL: async () => ("skip" in postgres ? undefined : postgres.database()),
};
for (const [name, where] of Object.entries(kinds)) {
  describe(name, () => {
    const on = (title: string, work: (store: DisclosureStore, place: string) => Promise<void>) =>
      test(title, async (t) => {
        const place = await where();
        if (place === undefined) return t.skip("skip" in postgres ? postgres.skip : "");
        const store = await openDisclosureStore(place);
        try {
          await work(store, place);
        } finally {
          await store.close();
        }
      });
    const rows = (store: DisclosureStore, more = {}) => store.rows(view, { after: 0, limit: 1000, now: 5, ...more });
    const put = (store: DisclosureStore, objects: readonly NewObject[], now = 1) =>
      store.change(async (tx) => {
        const oids = await tx.insert(objects);
        await tx.enlist("c", oids, now);
        for (const { classId, key: text } of await tx.classes())
          await tx.setStanding("P", classId, text === openKey ? "open" : "closed", now);
        const { released } = await tx.release(view, { ...nothing, now });
        await tx.markSeen(view);
        return released;
      });

    on("gives back every byte, in the order in which rows came", async (store) => {
      await put(store, [object(2), object(1), object(3)]);
      const found = await rows(store);
      assert.deepEqual(
        found.map(({ text }) => text),
        [2, 1, 3].map((n) => object(n).text),
      );
      assert.deepEqual(
        found.map(({ added }) => added),
        [1, 2, 3],
      );
    });

    on("`added` is unique and rises, whatever the clock does", async (store) => {
      const first = await put(store, [object(1), object(2)], 100);
      const second = await put(store, [object(3)], 50);
      assert.deepEqual(
        [...first, ...second].map(({ added }) => added),
        [100, 101, 102],
      );
      assert.deepEqual(
        (await rows(store, { addedAfter: 101 })).map(({ seq }) => seq),
        [3],
      );
    });

    on("a transaction that fails leaves nothing", async (store) => {
      await assert.rejects(
        store.change(async (tx) => {
          await tx.enlist("c", await tx.insert([object(1)]), 1);
          throw new Error("no");
        }),
        /^Error: no$/,
      );
      assert.deepEqual(await store.versionsOf(object(1).id), []);
      assert.equal(await store.changes(), 0);
    });

    on("what was committed is there when it is opened again", async (store, place) => {
      await put(store, [object(1)]);
      const other = await openDisclosureStore(place);
      assert.equal((await rows(other)).length, 1);
      await other.close();
    });

    on("a closed class is not shown, is withheld, and comes as a new row when it opens", async (store) => {
      await put(store, [object(1), object(2, { classKey: shutKey, ownClassKey: shutKey })]);
      assert.deepEqual(
        (await rows(store)).map(({ id }) => id),
        [object(1).id],
      );
      const late = await store.change(async (tx) => {
        const shut = await tx.classOf(shutKey);
        assert.deepEqual(
          (await tx.withheld(view, 0)).map(({ id }) => id),
          [object(2).id],
        );
        await tx.setStanding("P", shut, "open", 9);
        return (await tx.release(view, { ...nothing, opened: [shut], now: 9 })).released;
      });
      assert.deepEqual(
        late.map(({ seq, added }) => [seq, added]),
        [[2, 9]],
      );
    });

    on("withdrawn rows vanish and a re-release is a new row with a later `added`", async (store) => {
      await put(store, [object(1)]);
      const cid = await store.change(async (tx) => {
        const open = await tx.classOf(openKey);
        assert.equal((await tx.withdraw(view, [open], 3)).length, 1);
        assert.equal((await tx.withdraw(view, [open], 4)).length, 0);
        return open;
      });
      assert.deepEqual(await rows(store), []);
      assert.equal(await store.shownFrom(view, object(1).id, 5), undefined);
      const [again] = (await store.change((tx) => tx.release(view, { ...nothing, opened: [cid], now: 4 }))).released;
      assert.deepEqual([again?.seq, again?.added], [2, 4]);
      assert.deepEqual(await store.pastOf("P", object(1).id), [
        { version: object(1).version, added: 1, gone: 3 },
        { version: object(1).version, added: 4 },
      ]);
    });

    on("first, last, exact and all versions, among what the view shows", async (store) => {
      const versions = [1, 2, 3].map((day) => object(1, { ...key(day), sha256: `v${day}` }));
      await put(store, [versions[1]!, versions[0]!, versions[2]!]);
      const asked = async (wanted: unknown) =>
        (await rows(store, { versions: wanted })).map(({ version }) => version.slice(0, 10));
      assert.deepEqual(await asked(undefined), ["2019-03-03"]);
      assert.deepEqual(await asked(["first"]), ["2019-03-01"]);
      assert.deepEqual(await asked("all"), ["2019-03-02", "2019-03-01", "2019-03-03"]);
      assert.deepEqual(await asked(["first", { key: key(2).versionKey }]), ["2019-03-02", "2019-03-01"]);
    });

    on("expired objects are not shown, and not put into a view", async (store) => {
      await put(store, [object(1, { expires: 4 }), object(2, { expires: 9 })]);
      assert.deepEqual((await rows(store, { now: 3 })).length, 2);
      assert.deepEqual(
        (await rows(store, { now: 4 })).map(({ id }) => id),
        [object(2).id],
      );
      const moved = await put(store, [object(3, { expires: 4 })], 5);
      assert.deepEqual(moved, []);
    });

    on("what changes its class is looked at again; a row that was shown stays", async (store) => {
      await put(store, [object(1), object(2, { classKey: shutKey, ownClassKey: shutKey })]);
      const moved = await store.change(async (tx) => {
        const [one, two] = await tx.linesOf("A", [object(1).id, object(2).id]);
        await tx.reclass([two!.oid], openKey, openKey);
        await tx.reclass([one!.oid], shutKey, openKey);
        return (await tx.release(view, { ...nothing, now: 7 })).released;
      });
      assert.deepEqual(
        moved.map(({ id }) => id),
        [object(2).id],
      );
      assert.equal((await rows(store)).length, 2);
    });

    on("an object that is let through by name is shown, once", async (store) => {
      await put(store, [object(1, { classKey: shutKey, ownClassKey: shutKey }), object(2)]);
      const names = [object(1).id, object(2).id];
      const through = (now: number) => store.change((tx) => tx.release(view, { ...nothing, objects: names, now }));
      const { released: moved } = await through(7);
      assert.deepEqual(
        moved.map(({ id }) => id),
        [object(1).id],
      );
      assert.deepEqual(await through(8), { released: [], replaced: [] });
    });

    on("striking takes chosen versions out of the collection and its views", async (store) => {
      await put(
        store,
        [1, 2].map((day) => object(1, { ...key(day), sha256: `v${day}` })),
      );
      await store.change(async (tx) => {
        const [, last] = await tx.linesOf("A", [object(1).id]);
        await tx.strike("c", [last!.oid], 3);
        assert.deepEqual(
          (await tx.linesOf("A", [object(1).id])).map(({ struck }) => struck),
          [false, true],
        );
      });
      assert.deepEqual(
        (await rows(store)).map(({ version }) => version.slice(0, 10)),
        ["2019-03-01"],
      );
    });

    on("what points at an object is found, by kind of pointing and by poster", async (store) => {
      const [target, mark] = [object(1).id, "marking-definition--1"];
      await put(store, [
        object(1),
        object(2, { pointers: [{ how: "ref", target, seen: shutKey }] }),
        object(3, { pointers: [{ how: "marking", target: mark }] }),
        object(4, { pointers: [{ how: "tearline", target }] }),
        object(5, { poster: "B", pointers: [{ how: "ref", target }] }),
      ]);
      const found = await store.change(async (tx) => [
        await tx.pointing("A", [target], "ref"),
        await tx.pointing("A", [mark], "marking"),
        await tx.pointing("A", [target], "tearline"),
      ]);
      assert.deepEqual(
        found.map((list) => list.map(({ id }) => id)),
        [[object(2).id], [object(3).id], [object(4).id]],
      );
    });

    on("writers take turns, also in two programs: no row is lost and none has two numbers", async (store, place) => {
      const other = await openDisclosureStore(place);
      const all = Array.from({ length: 20 }, (_, n) => put(n % 2 === 0 ? store : other, [object(n)], 1));
      await Promise.all(all);
      await other.close();
      const found = await rows(store);
      assert.deepEqual(
        found.map(({ seq }) => seq),
        Array.from({ length: 20 }, (_, n) => n + 1),
      );
      assert.equal(new Set(found.map(({ added }) => added)).size, 20);
    });

    on("a secret is made once, tokens and statements are kept and taken away", async (store) => {
      assert.equal(await store.change((tx) => tx.secret("s", () => "one")), "one");
      assert.equal(await store.change((tx) => tx.secret("s", () => "two")), "one");
      await store.change((tx) => tx.setToken("P", "ab", 1));
      assert.deepEqual(await store.tokens(), [{ partner: "P", hash: "ab", made: 1 }]);
      assert.equal(await store.change((tx) => tx.dropTokens("P")), 1);
      const statement = { kind: "posture", partner: "P", received: 1, sha256: "x", envelope: "{}" };
      for (const _ of [1, 2]) await store.change((tx) => tx.putStatement(statement));
      assert.deepEqual(await store.postures(), [statement]);
    });
  });
}
