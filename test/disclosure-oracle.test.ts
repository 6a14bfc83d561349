/** No oracle: two servers that differ only in what is withheld from a partner answer it byte for byte the same. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { makeLogKey } from "../src/storage/record/key.ts";
import {
  agencyIn,
  Clock,
  indicator,
  marked,
  marking,
  type Server,
  serverOn,
  stage,
  tlp,
  uuid,
  warnings,
} from "./kit/sharing.ts";

const sharing = `
originator: DEMO-AGENCY
title: an invented agency
demo: true
collections:
  - {id: 91a7b528-80eb-42ed-a74d-c6fbd5a26116, title: Warnings, read: all, write: all, unmarked: clear}
partners:
  - {id: DEMO-NATION, nation: DE, tlp: amber}
  - {id: DEMO-NEIGHBOUR, nation: FR, tlp: red}
`;
const secret = `
@id("SECRET") @version("1") @title("nobody of that nation") @from("2019-01-01") @oldest("30") @assurance("self") @nations("FR")
permit (principal, action, resource);
@id("NATION") @kind("duty") @title("of a nation that is named") @cites("invented") @certainty("own-policy")
@remedy("none") @waivable("nobody")
forbid (principal, action, resource) unless { context.nationNamed };
`;
const conditionMark = marking(900, { conditions: ["SECRET"] });
const named = marking(901, { recipients: ["DEMO-NEIGHBOUR"] });

/** Everything below 10 is withheld from DEMO-NATION, everything else is not, but for what points below. */
const hidden = [
  marked(tlp.red),
  marked(tlp.strict),
  marked(conditionMark.id),
  marked(named.id),
  marked("marking-definition--9f9f9f9f-0000-4000-8000-000000000000"),
];

interface Step {
  readonly by: "DEMO-AGENCY" | "DEMO-NATION" | "DEMO-NEIGHBOUR";
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  /** The step is not taken on the server that has nothing to withhold. */
  readonly withheld: boolean;
}

const relation = (n: number, from: string, to: string) => ({
  ...{ type: "relationship", spec_version: "2.1", id: `relationship--${uuid(n)}`, created: "2019-03-01T00:00:00.000Z" },
  ...{ modified: "2019-03-01T00:00:00.000Z", relationship_type: "related-to", source_ref: from, target_ref: to },
});

const shut = fc.integer({ min: 1, max: 9 });
const open = fc.integer({ min: 10, max: 19 });
const day = fc.integer({ min: 1, max: 3 }).map((n) => `2019-03-0${n}T00:00:00.000Z`);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(shut, fc.constantFrom(...hidden), day).map(
    ([n, how, modified]): Step => ({
      by: "DEMO-AGENCY",
      withheld: true,
      objects: [indicator(n, { ...how, modified })],
    }),
  ),
  fc.tuple(shut, open, fc.nat(99)).map(([n, m, at]): Step => {
    const mark = marked(tlp.red);
    // Of ids that the partner does not guess: else it may own the target, whose next version it may open itself.
    const target = indicator(n + 20, mark);
    return { by: "DEMO-AGENCY", withheld: true, objects: [target, relation(100 + at, target.id, indicator(m).id)] };
  }),
  fc
    .tuple(open, day)
    .map(([n, modified]): Step => ({ by: "DEMO-AGENCY", withheld: false, objects: [indicator(n, { modified })] })),
  fc.tuple(open, open, fc.nat(99)).map(
    ([n, m, at]): Step => ({
      by: "DEMO-NEIGHBOUR",
      withheld: false,
      objects: [relation(300 + at, indicator(n).id, indicator(m).id)],
    }),
  ),
  // The partner guesses ids: those withheld from it, and relationships to them.
  fc.tuple(shut, day).map(
    ([n, modified]): Step => ({
      by: "DEMO-NATION",
      withheld: false,
      objects: [indicator(n, { name: "guessed", modified })],
    }),
  ),
  fc.tuple(shut, fc.nat(99)).map(
    ([n, at]): Step => ({
      by: "DEMO-NATION",
      withheld: false,
      objects: [relation(500 + at, indicator(n).id, indicator(10).id)],
    }),
  ),
  fc
    .tuple(shut, fc.constantFrom(...hidden))
    .map(([n, how]): Step => ({ by: "DEMO-NATION", withheld: false, objects: [indicator(n, how)] })),
);

const paths = [
  "/taxii2/",
  "/api/",
  "/api/collections/",
  `${warnings}/`,
  `${warnings}/objects/`,
  `${warnings}/objects/?limit=2`,
  `${warnings}/objects/?match[version]=all`,
  `${warnings}/objects/?match[version]=first&match[type]=indicator`,
  `${warnings}/objects/?added_after=2019-04-01T00:00:00.000002Z`,
  `${warnings}/manifest/?match[version]=all`,
  ...[1, 5, 9, 10, 15, 25].flatMap((n) => [
    `${warnings}/objects/${indicator(n).id}/`,
    `${warnings}/objects/${indicator(n).id}/versions/`,
  ]),
  `${warnings}/objects/?match[id]=${indicator(3).id},${indicator(12).id}`,
  "/exchange/withheld/",
  "/exchange/notices/",
  "/exchange/log/checkpoint",
  "/exchange/log/tile/entries/000.p/1",
];

/** All that a partner can see of a server, as one text. */
async function transcript(server: Server): Promise<string> {
  const lines: string[] = [];
  for (const path of paths) {
    const { status, headers, body } = await server.call("DEMO-NATION", "GET", path);
    const { date: _, "content-length": __, ...rest } = headers;
    lines.push(`${path} ${status} ${JSON.stringify(rest)} ${body}`);
    const { next } = body.startsWith("{") ? (JSON.parse(body) as { next?: string }) : {};
    if (next !== undefined) {
      const more = await server.call("DEMO-NATION", "GET", `${path}${path.includes("?") ? "&" : "?"}next=${next}`);
      lines.push(`more ${more.status} ${more.body}`);
    }
  }
  return lines.join("\n");
}

/** What the partner saw after each step that both servers take; what it saw after the others must be what it saw before. */
async function play(folder: string, steps: readonly Step[], withAll: boolean): Promise<readonly string[]> {
  const clock = new Clock("2019-04-01T00:00:00Z");
  let ids = 0;
  const server = await serverOn(folder, clock, { ids: () => uuid(++ids) });
  const said: string[] = [];
  let last = "";
  try {
    for (const [at, { by, objects, withheld }] of steps.entries()) {
      clock.at += 1000;
      // What only the fuller server takes gets ids of its own, or later ones would differ.
      const before = ids;
      if (withheld && !withAll) continue;
      ids = withheld ? 100_000 + at : before;
      const answer = await server.call(by, "POST", `${warnings}/objects/`, { body: { objects } });
      if (withheld) ids = before;
      if (by === "DEMO-NATION") {
        const { id } = answer.json<{ id: string }>();
        const status = await server.call(by, "GET", `/api/status/${id}/`);
        said.push(`${answer.status} ${answer.body} ${status.status} ${status.body}`);
      }
      const seen = await transcript(server);
      if (!withheld) said.push(seen);
      else if (last !== "") assert.equal(seen, last, "something was withheld, and it shows");
      last = seen;
    }
    clock.at += 86_400_000;
    said.push(await transcript(server));
    return said;
  } finally {
    await server.close();
  }
}

test("rule 5, property: what is withheld changes no byte of what a partner sees", { timeout: 240_000 }, async () => {
  const { folder, end } = stage();
  let runs = 0;
  mkdirSync(join(folder, "keys"));
  makeLogKey(join(folder, "keys", "DEMO-AGENCY_views_DEMO-NATION.key"));
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
        const head: Step = { by: "DEMO-AGENCY", withheld: true, objects: [conditionMark, named] };
        const answers: (readonly string[])[] = [];
        const [first, second] = [join(folder, `full-${++runs}`), join(folder, `bare-${runs}`)];
        agencyIn(first, { sharing, conditions: { "secret.cedar": secret } });
        cpSync(first, second, { recursive: true });
        // Both sign with the same keys.
        cpSync(join(folder, "keys"), join(first, "keys-of-ledgers"), { recursive: true, force: true });
        cpSync(join(folder, "keys"), join(second, "keys-of-ledgers"), { recursive: true, force: true });
        for (const [place, all] of [
          [first, true],
          [second, false],
        ] as const)
          answers.push(await play(place, [head, ...steps], all));
        const [full, bare] = answers;
        assert.deepEqual(full, bare);
      }),
      { numRuns: 20, seed: 20190311 },
    );
  } finally {
    end();
  }
});
