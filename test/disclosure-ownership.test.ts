/** Nobody but the owner decides: what a partner posts changes nothing of what others own, who gets it, or whether their posts succeed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inbox, note, onBothStores, relation, report } from "./kit/scene.ts";
import { indicator, marked, marking, terms, tlp, warnings } from "./kit/sharing.ts";

const [agency, nation, neighbour] = ["DEMO-AGENCY", "DEMO-NATION", "DEMO-NEIGHBOUR"];
const third = "DEMO-THIRD";
const extension = "extension-definition--6c8f3b0a-5d4e-4f27-9a61-3f0d2b7c9e15";
const green = marked(tlp.green);
/** A marking that asks nothing: who may define it may open what carries it. */
const statement = (n: number) => ({
  ...{ type: "marking-definition", spec_version: "2.1", id: marking(n, {}).id, created: "2019-03-01T00:00:00.000Z" },
  ...{ definition_type: "statement", definition: { statement: "invented" } },
});
const v = (n: number, day: number, more = {}) => indicator(n, { modified: `2019-03-0${day}T00:00:00.000Z`, ...more });
/** Everybody may write, and there is a third partner who only looks. */
const open = `
originator: DEMO-AGENCY
title: an invented agency
demo: true
lists:
  listed-maker: [DEMO-lotus]
collections:
  - {id: 91a7b528-80eb-42ed-a74d-c6fbd5a26116, alias: warnings, title: Warnings, read: all, write: all, unmarked: clear}
  - {id: 52892447-4d7e-4f70-b94d-d7f22742ff63, alias: inbox, title: Inbox, read: [], write: all, unmarked: red}
partners:
  - {id: DEMO-NATION, nation: DE, tlp: amber+strict}
  - {id: DEMO-NEIGHBOUR, nation: FR, tlp: amber}
  - {id: DEMO-THIRD, nation: NL, tlp: amber}
`;

onBothStores((on) => {
  on(
    "ownership, on the example: a `statement` posted under the id that an object waits for opens nothing",
    {},
    async (s) => {
      const waiting = indicator(1, marked(tlp.green, statement(70).id));
      await s.post(agency, [waiting]);
      await s.post(nation, [statement(70)], inbox);
      assert.deepEqual(await s.ids(nation), []);
      // Neither if it was there before.
      await s.post(nation, [statement(71)], inbox);
      await s.post(agency, [indicator(2, marked(tlp.green, statement(71).id))]);
      assert.deepEqual(await s.ids(neighbour), []);
      assert.deepEqual(await s.post(agency, [statement(70)]), [1, 0], "nor does it keep the owner from defining it");
      assert.deepEqual(await s.ids(nation), [indicator(1).id]);
    },
  );

  on("ownership, on the example: `tearline_ref` of a partner stops nothing of others", {}, async (s) => {
    await s.post(agency, [v(1, 1, green)]);
    const full = report(9, [indicator(1).id], { ...marked(tlp.red), ...terms({ tearline_ref: indicator(1).id }) });
    await s.post(nation, [full], inbox);
    await s.post(agency, [v(1, 2, green), indicator(2, green)]);
    assert.deepEqual(await s.ids(neighbour), [indicator(1).id, indicator(1).id, indicator(2).id].sort());
  });

  on(
    "ownership, on the example: a partner deletes nothing that it does not see, nor what others have under an id of its own",
    { sharing: open },
    async (s) => {
      await s.post(agency, [v(1, 1, marked(tlp.red))]);
      await s.post(nation, [v(1, 2)]);
      assert.equal(await s.remove(nation, indicator(1).id), 200, "its own");
      assert.equal(await s.remove(nation, indicator(1).id), 404);
      assert.deepEqual(await s.ids(agency), [indicator(1).id], "and the agency's is there");
      await s.post(agency, [v(2, 1, green)]);
      assert.equal(await s.remove(nation, indicator(2).id), 404, "what it sees, and somebody else posted");
      await s.post(neighbour, [indicator(3)]);
      assert.equal(await s.remove(nation, indicator(3).id), 404);
      assert.equal(await s.remove(agency, indicator(3).id), 200, "the originator takes out what it sees");
    },
  );

  on(
    "ownership, on the example: squatted ids and versions keep nobody's post from succeeding or from arriving",
    {},
    async (s) => {
      await s.post(nation, [v(1, 1, { ...green, name: "squatted" }), v(1, 9, green), statement(72)], inbox);
      await s.post(neighbour, [v(1, 1, { ...green, name: "squatted too" })], inbox);
      assert.deepEqual(await s.post(agency, [v(1, 1, green), v(1, 9, { ...green, name: "genuine" })]), [2, 0]);
      assert.deepEqual(
        await s.post(agency, [statement(72), marking(72, { conditions: ["NONE"] })]),
        [1, 1],
        "its own first one stays",
      );
      const [found] = await s.poll(neighbour, `?match[id]=${indicator(1).id}`);
      assert.deepEqual([found?.name, found?.modified], ["genuine", "2019-03-09T00:00:00.000Z"]);
      const copy = await s.get(agency, indicator(1).id, inbox);
      assert.equal(
        copy.json<{ objects: readonly { name?: string }[] }>().objects[0]?.name,
        undefined,
        "the first poster's",
      );
    },
  );

  on(
    "ownership: a version of somebody else's object does not reach who sees that object",
    { sharing: open },
    async (s) => {
      await s.post(nation, [v(1, 1, { name: "genuine" })]);
      assert.equal((await s.poll(third)).length, 1);
      assert.deepEqual(await s.post(neighbour, [v(1, 5, { name: "forged", revoked: true })]), [1, 0]);
      for (const by of [third, nation, agency]) {
        const list = await s.poll(by, "?match[version]=all");
        assert.deepEqual(
          list.map(({ name }) => name),
          ["genuine"],
          by,
        );
      }
      assert.equal((await s.poll(neighbour))[0]?.name, "forged", "who posted it has it");
      await s.post(nation, [v(1, 6, { name: "newer" })]);
      assert.equal((await s.poll(third))[0]?.name, "newer");
      assert.deepEqual(await s.post(neighbour, [indicator(2, { name: "agency's" })]), [1, 0]);
      await s.post(agency, [indicator(2, { name: "agency" })]);
      assert.deepEqual(
        await s.post(nation, [v(2, 7)]),
        [0, 1],
        "what the originator owns and one sees, one does not post over",
      );
      assert.equal((await s.poll(third, `?match[id]=${indicator(2).id}`))[0]?.name, "agency");
    },
  );

  on(
    "ownership: what is hidden under the id keeps a partner's object from nobody, and the owner's takes its place when it opens",
    { sharing: open, keys: true },
    async (s) => {
      const mark = marking(900, { conditions: ["DEMO-BUILT-OR-MAINTAINED"] });
      await s.tell("bad");
      await s.post(agency, [mark, v(1, 3, { ...marked(tlp.clear, mark.id), name: "agency" })]);
      await s.post(neighbour, [v(1, 1, { name: "neighbour" })]);
      assert.equal((await s.poll(third))[0]?.name, "neighbour", "as if nothing were hidden");
      assert.equal((await s.poll(nation))[0]?.name, "neighbour");
      s.share((text) => text.replace("nation: NL", "nation: NL, title: Third"));
      await s.tell("good");
      await s.approve();
      assert.deepEqual(
        (await s.poll(nation, "?match[version]=all&match[type]=indicator")).map(({ name }) => name),
        ["agency"],
      );
      assert.equal((await s.poll(third))[0]?.name, "neighbour");
    },
  );

  on(
    "ownership: references narrow what points at them, if its owner saw them, and stay as they were then",
    { sharing: open },
    async (s) => {
      await s.post(agency, [report(1, [indicator(1).id], green)]);
      assert.equal((await s.ids(third)).length, 1);
      await s.post(nation, [indicator(1, marked(tlp.red))]);
      await s.post(agency, [note(2, [report(1, []).id], green)]);
      assert.deepEqual(
        await s.ids(third),
        [note(2, []).id, report(1, []).id].sort(),
        "red came after who points at it",
      );
      await s.post(agency, [note(3, [indicator(1).id], green)]);
      assert.equal((await s.ids(third)).length, 2, "its own owner points at a partner's red object");
      await s.post(nation, [v(1, 2, green)]);
      assert.equal(await s.remove(nation, indicator(1).id), 200);
      await s.post(agency, [indicator(50, green)]);
      assert.ok(
        !(await s.ids(third)).includes(note(3, []).id),
        "which neither a newer version nor a deletion of it widens",
      );
      await s.post(agency, [v(1, 4, green)]);
      assert.ok((await s.ids(third)).includes(note(3, []).id), "the owner's own object under the id does");
    },
  );

  on("ownership: pointing at what one cannot see tells a third party nothing of it", { sharing: open }, async (s) => {
    await s.post(agency, [indicator(1, marked(tlp.red)), marking(73, { recipients: [neighbour] })]);
    await s.post(nation, [
      relation(5, indicator(1).id, indicator(2).id),
      note(6, [indicator(9).id], marked(marking(73, {}).id)),
    ]);
    assert.deepEqual(await s.ids(third), [relation(5, "", "").id]);
  });

  on(
    "ownership: after DELETE an id is free for its first poster, with other content too, and for nobody else",
    { sharing: open },
    async (s) => {
      await s.post(nation, [v(1, 1, { name: "first" })]);
      assert.equal((await s.poll(third))[0]?.name, "first");
      assert.equal(await s.remove(nation, indicator(1).id), 200);
      assert.deepEqual(await s.post(neighbour, [v(1, 1, { name: "taken over" })]), [1, 0]);
      assert.deepEqual(await s.ids(third), []);
      assert.deepEqual(await s.post(nation, [v(1, 1, { name: "second" })]), [1, 0]);
      assert.deepEqual(
        (await s.poll(third, "?match[version]=all")).map(({ name }) => name),
        ["second"],
      );
    },
  );

  on(
    "ownership: what stood beside somebody else's object comes when that one is deleted",
    { sharing: open },
    async (s) => {
      await s.post(nation, [v(1, 1, { name: "copied before" })]);
      await s.poll(third);
      await s.post(neighbour, [v(1, 1, { name: "copied before" })]);
      await s.remove(nation, indicator(1).id);
      assert.equal((await s.poll(third)).length, 1);
    },
  );

  on("ownership: an object is put into a collection by its owner alone", { sharing: open }, async (s) => {
    await s.post(nation, [indicator(1)], inbox);
    await s.post(agency, [indicator(2, marked(tlp.green))], inbox);
    assert.deepEqual(await s.post(neighbour, [indicator(1), indicator(2, marked(tlp.green))]), [2, 0]);
    const list = await s.poll(third);
    assert.equal(list.length, 2, "the neighbour's own");
    await s.remove(neighbour, indicator(1).id);
    assert.deepEqual(await s.ids(agency, inbox), [indicator(1).id, indicator(2).id]);
  });

  on("ownership: the same in other spacing and order is the same, and the first bytes stay", {}, async (s) => {
    const one = indicator(1, green);
    const first = JSON.stringify(one);
    const turned = JSON.stringify(Object.fromEntries(Object.entries(one).toReversed()), null, 2).replace(
      "198.51",
      "\\u0031\\u00398.51",
    );
    const post = (text: string) =>
      s.server.call(agency, "POST", `${warnings}/objects/`, { body: `{"objects":[${text}]}` });
    for (const text of [first, turned])
      assert.deepEqual((await post(text)).json<{ success_count: number }>().success_count, 1);
    assert.equal((await s.get(nation, one.id)).body, `{"objects":[${first}]}`);
  });

  on(
    "one reading: the case `f2`: markings and references in upper case and with escapes count, then and later",
    { keys: true },
    async (s) => {
      const text = (name: string) => readFileSync(join(import.meta.dirname, "fixtures/disclosure", name), "utf8");
      s.clock.set("2026-12-01T00:00:00Z");
      for (const name of ["f2-escaped-marking.json", "f2-then-indicator.json"]) {
        const answer = await s.server.call(agency, "POST", `${warnings}/objects/`, { body: text(name) });
        assert.equal(answer.json<{ failure_count: number }>().failure_count, 0, answer.body);
      }
      for (const by of [nation, neighbour])
        assert.deepEqual(await s.ids(by), ["indicator--8d5e2f7a-1c43-4b96-a0e8-6f9b3d7c2e14"]);
    },
  );

  on(
    "one reading: references count at any depth, in lists of lists, custom properties, keys and texts",
    {},
    async (s) => {
      const hidden = indicator(1, marked(tlp.red)).id;
      const upper = hidden.replace("indicator", "indicator").toUpperCase().replace("INDICATOR", "indicator");
      const ways = [
        { x_demo_ref: hidden },
        { x_demo_refs: [[hidden], [[upper]]] },
        { x_demo: { deep: [{ other_refs: [hidden] }] } },
        { x_demo: { [hidden]: true } },
        { x_demo: [hidden] },
        { description: `as in ${upper}.` },
        { external_references: [{ source_name: "DEMO", external_id: hidden }] },
      ];
      await s.post(agency, [
        indicator(1, marked(tlp.red)),
        ...ways.map((way, n) => indicator(10 + n, { ...green, ...way })),
      ]);
      assert.deepEqual(await s.ids(nation), []);
      await s.post(
        agency,
        ways.map((way, n) => indicator(20 + n, { ...green, ...way })),
      );
      assert.deepEqual(await s.ids(nation), [], "nor if it stood there before");
    },
  );

  on(
    "one reading: what stands in a collection that a partner cannot read is withheld, and so is what points at it",
    { sharing: open },
    async (s) => {
      const redact = terms({ redact: true });
      await s.post(agency, [note(1, [indicator(1).id], green)]);
      await s.post(agency, [indicator(1, green)], inbox);
      await s.post(agency, [indicator(2, green), note(2, [indicator(1).id], green), note(3, [note(2, []).id], green)]);
      await s.post(agency, [
        report(4, [indicator(1).id.toUpperCase().replace("INDICATOR", "indicator"), indicator(2).id], {
          ...green,
          ...redact,
        }),
      ]);
      const list = await s.poll(nation);
      assert.ok(!JSON.stringify(list).toLowerCase().includes(indicator(1).id), JSON.stringify(list));
      assert.deepEqual(
        list.map(({ type }) => type),
        ["indicator", "report"],
        "a variant, under an id of its own",
      );
      s.share((text) => text.replace("read: []", "read: all"));
      assert.deepEqual((await s.ids(nation)).length, 5);
      s.share((text) => text.replace("title: Inbox, read: all", "title: Inbox, read: []"));
      assert.deepEqual(
        (await s.ids(nation)).filter((id) => id.startsWith("note")),
        [],
      );
    },
  );

  on(
    "one reading: an object that goes into a second collection, or leaves one, is classed anew with all that points at it",
    { sharing: open },
    async (s) => {
      const [one, two] = [indicator(1, green), note(2, [indicator(1).id], green)];
      await s.post(agency, [one], inbox);
      await s.post(agency, [two]);
      assert.deepEqual(await s.ids(nation), []);
      await s.post(agency, [one]);
      assert.deepEqual(await s.ids(nation), [one.id, two.id].sort());
      await s.remove(agency, one.id);
      await s.post(agency, [note(3, [one.id], green)]);
      assert.ok(!(await s.ids(neighbour)).includes(note(3, []).id));
    },
  );

  on("one reading: a marking extension under a foreign spelling of its id bars everybody", {}, async (s) => {
    const odd = {
      ...marking(80, {}),
      extensions: {
        [extension.toUpperCase().replace("EXTENSION-DEFINITION", "extension-definition")]: {
          extension_type: "property-extension",
          conditions: [],
        },
      },
    };
    await s.post(agency, [odd, indicator(1, marked(tlp.green, odd.id))]);
    assert.deepEqual(await s.ids(nation), []);
  });
});
