/**
 * No oracle: two servers that differ only in what is withheld from a partner answer it byte for byte the same. Histories are drawn:
 * versions of one id, deletions, changes of who reads, markings and tear lines of partners, ids in odd spellings and places,
 * large envelopes, clocks that jump. FREIGABE_RUNS sets how many (200 in the long run).
 */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { makeLogKey } from "../src/storage/record/key.ts";
import { inbox, note, relation, report } from "./kit/scene.ts";
import {
  agencyIn,
  Clock,
  indicator,
  marked,
  marking,
  type Server,
  serverOn,
  stage,
  terms,
  tlp,
  uuid,
  warnings,
} from "./kit/sharing.ts";

type Party = "DEMO-AGENCY" | "DEMO-NATION" | "DEMO-NEIGHBOUR" | "DEMO-THIRD";
type Json = Readonly<Record<string, unknown>>;

const sharing = `
originator: DEMO-AGENCY
title: an invented agency
demo: true
collections:
  - {id: 91a7b528-80eb-42ed-a74d-c6fbd5a26116, title: Warnings, read: all, write: all, unmarked: clear}
  - {id: 52892447-4d7e-4f70-b94d-d7f22742ff63, title: Inbox, read: [], write: all, unmarked: red}
partners:
  - {id: DEMO-NATION, nation: DE, tlp: amber}
  - {id: DEMO-NEIGHBOUR, nation: FR, tlp: red}
  - {id: DEMO-THIRD, nation: FR, tlp: amber}
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
/** Nobody of the agency defines it: what carries it waits. */
const awaited = "marking-definition--9f9f9f9f-0000-4000-8000-000000000000";
const statement = {
  ...{ type: "marking-definition", spec_version: "2.1", id: awaited, created: "2019-03-01T00:00:00.000Z" },
  ...{ definition_type: "statement", definition: { statement: "invented" } },
};
const hidden = [tlp.red, tlp.strict, conditionMark.id, named.id, awaited].map((mark) => marked(mark));

interface Step {
  readonly by: Party;
  /** Not taken on the server that has nothing to withhold. */
  readonly withheld: boolean;
  readonly objects?: readonly Json[];
  /** Ids written with escapes. */
  readonly escaped?: boolean;
  readonly collection?: string;
  readonly remove?: string;
  /** Milliseconds by which all clocks move. */
  readonly clock?: number;
  readonly share?: { readonly reads?: boolean; readonly tlp?: "amber" | "green" };
}

// 1 to 9 are withheld, 10 to 14 are not, and of 15 to 19 some versions are, of odd days.
const shut = fc.integer({ min: 1, max: 9 });
const open = fc.integer({ min: 10, max: 14 });
const mixed = fc.integer({ min: 15, max: 19 });
const at = fc.nat(99);
const time = (day: number) => `2019-03-0${day}T00:00:00.000Z`;
const odd = fc.constantFrom(1, 3, 5).map(time);
const even = fc.constantFrom(2, 4, 6).map(time);
const how = fc.constantFrom(...hidden);
const partner = fc.constantFrom<Party>("DEMO-NEIGHBOUR", "DEMO-THIRD");
const visibly = (by: Party, ...objects: readonly Json[]): Step => ({ by, withheld: false, objects });
const secretly = (by: Party, ...objects: readonly Json[]): Step => ({ by, withheld: true, objects });
const upper = (id: string) => id.replace(/[0-9a-f-]{36}$/, (digits) => digits.toUpperCase());

/** Ways in which something open to read points at what is not. */
const pointing = (n: number, target: string): readonly Json[] => [
  relation(100 + n, target, indicator(10).id),
  relation(100 + n, upper(target), indicator(10).id),
  note(100 + n, [indicator(10).id], { x_demo: [[{ deep_refs: [[target]] }]] }),
  note(100 + n, [indicator(10).id], { abstract: `as ${upper(target)} says` }),
  indicator(200 + n, { x_demo: { [target]: 1 } }),
];

const step: fc.Arbitrary<Step> = fc.oneof(
  // Withheld: objects, versions behind visible ids, pointers in any spelling, what stands in the inbox, deletions.
  {
    weight: 3,
    arbitrary: fc
      .tuple(shut, how, odd)
      .map(([n, mark, modified]) => secretly("DEMO-AGENCY", indicator(n, { ...mark, modified }))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(mixed, how, odd)
      .map(([n, mark, modified]) => secretly("DEMO-AGENCY", indicator(n, { ...mark, modified }))),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(shut, at, fc.nat(4), fc.boolean()).map(([n, m, way, escaped]): Step => {
      // Of ids that the partner does not guess: else it may own the target, whose next version it may open itself.
      const target = indicator(n + 20, marked(tlp.red));
      return { ...secretly("DEMO-AGENCY", target, pointing(m, target.id)[way]!), escaped };
    }),
  },
  fc.tuple(shut, odd).map(
    ([n, modified]): Step => ({
      ...secretly("DEMO-AGENCY", indicator(n, { ...marked(tlp.clear), modified })),
      collection: inbox,
    }),
  ),
  shut.map((n): Step => ({ by: "DEMO-AGENCY", withheld: true, remove: indicator(n).id })),
  // Withheld, of partners: squatted ids, markings under ids that are waited for, tear lines, copies in the inbox.
  fc
    .tuple(partner, fc.oneof(shut, open, mixed), odd)
    .map(([by, n, modified]) => secretly(by, indicator(n, { ...marked(tlp.red), modified, name: "squatted" }))),
  partner.map((by): Step => ({ ...secretly(by, statement), collection: inbox })),
  fc
    .tuple(partner, open, at)
    .map(([by, n, m]) =>
      secretly(
        by,
        report(400 + m, [indicator(n).id], { ...marked(tlp.red), ...terms({ tearline_ref: indicator(n).id }) }),
      ),
    ),
  // Open: versions by the agency and by partners, relationships, deletions, an envelope above 500.
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.oneof(open, mixed), even, fc.constantFrom(tlp.clear, tlp.amber))
      .map(([n, modified, mark]) => visibly("DEMO-AGENCY", indicator(n, { ...marked(mark), modified }))),
  },
  fc
    .tuple(partner, fc.oneof(open, mixed), even)
    .map(([by, n, modified]) => visibly(by, indicator(n, { modified, name: by }))),
  fc
    .tuple(partner, open, open, at)
    .map(([by, n, m, k]) => visibly(by, relation(300 + k, indicator(n).id, indicator(m).id))),
  fc
    .tuple(fc.constantFrom<Party>("DEMO-AGENCY", "DEMO-NEIGHBOUR"), open)
    .map(([by, n]): Step => ({ by, withheld: false, remove: indicator(n).id })),
  at.map((k) =>
    visibly("DEMO-AGENCY", ...Array.from({ length: k % 10 === 0 ? 520 : 3 }, (_, n) => indicator(10_000 + n))),
  ),
  // The partner itself: guessed ids and versions, references, markings, tear lines, deletions of what it does not see.
  fc
    .tuple(fc.oneof(shut, mixed), fc.oneof(odd, even))
    .map(([n, modified]) => visibly("DEMO-NATION", indicator(n, { name: "guessed", modified }))),
  fc
    .tuple(shut, at)
    .map(([n, k]) => visibly("DEMO-NATION", relation(500 + k, upper(indicator(n).id), indicator(10).id))),
  fc.tuple(shut, how).map(([n, mark]) => visibly("DEMO-NATION", indicator(n, mark))),
  fc.constant(visibly("DEMO-NATION", statement)),
  fc
    .tuple(shut, at)
    .map(([n, k]) =>
      visibly("DEMO-NATION", report(600 + k, [indicator(n).id], terms({ tearline_ref: indicator(n).id }))),
    ),
  fc.oneof(shut, mixed).map((n): Step => ({ by: "DEMO-NATION", withheld: false, remove: indicator(n).id })),
  // Who reads what, and what time it is.
  fc.boolean().map((reads): Step => ({ by: "DEMO-AGENCY", withheld: false, share: { reads } })),
  fc
    .constantFrom<"amber" | "green">("amber", "green")
    .map((level): Step => ({ by: "DEMO-AGENCY", withheld: false, share: { tlp: level } })),
  fc
    .constantFrom(-60_000, -1, 3_600_000, 86_400_000)
    .map((clock): Step => ({ by: "DEMO-AGENCY", withheld: false, clock })),
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
  `${warnings}/objects/?match[version]=${time(1)},${time(3)},${time(4)}`,
  `${warnings}/objects/?added_after=2019-04-01T00:00:00.000002Z`,
  `${warnings}/manifest/?match[version]=all`,
  ...[1, 5, 9, 10, 15, 17, 25].flatMap((n) => [
    `${warnings}/objects/${indicator(n).id}/`,
    `${warnings}/objects/${indicator(n).id}/versions/`,
  ]),
  `${warnings}/objects/${upper(indicator(3).id)}/`,
  `${warnings}/objects/?match[id]=${indicator(3).id},${upper(indicator(12).id)}`,
  `${inbox}/objects/`,
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
  const stored = new Set<string>();
  let last = "";
  try {
    for (const [index, step] of steps.entries()) {
      clock.at += 1000;
      // Both servers look at their clocks every second, whatever comes in.
      server.desk.clock();
      // What only the fuller server takes gets ids of its own, or later ones would differ.
      const before = ids;
      if (step.withheld && (!withAll || !isDue(step, stored))) continue;
      ids = step.withheld ? 100_000 + index : before;
      const answer = await take(server, folder, clock, step);
      if (step.withheld) ids = before;
      if (step.by === "DEMO-NATION") said.push(answer);
      const seen = await transcript(server);
      if (!step.withheld) said.push(seen);
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

/** Whether a withheld step does anything: what is deleted has to be there, or it would be what others have under the id. */
function isDue({ by, objects, collection, remove }: Step, stored: Set<string>): boolean {
  if (remove !== undefined) return stored.delete(remove);
  if (by === "DEMO-AGENCY" && collection === undefined) for (const { id } of objects ?? []) stored.add(String(id));
  return true;
}

/** Takes a step; what its party is told, its status included. */
async function take(server: Server, folder: string, clock: Clock, step: Step): Promise<string> {
  const { by, objects, remove, clock: jump = 0, share, collection = warnings, escaped } = step;
  clock.at += jump;
  if (share) {
    const file = join(folder, "agency/sharing.yaml");
    const text = readFileSync(file, "utf8");
    const read = share.reads ? "Warnings, read: all" : "Warnings, read: [DEMO-NEIGHBOUR, DEMO-THIRD]";
    const reading = share.reads === undefined ? text : text.replace(/Warnings, read: (all|\[[^\]]*\])/, read);
    writeFileSync(
      file,
      share.tlp === undefined ? reading : reading.replace(/DE, tlp: [a-z]+/, `DE, tlp: ${share.tlp}`),
    );
    server.desk.reload();
  }
  if (remove !== undefined) {
    const { status, body } = await server.call(by, "DELETE", `${warnings}/objects/${remove}/`);
    return `${status} ${body}`;
  }
  if (!objects) return "";
  const text = JSON.stringify({ objects });
  const body = escaped
    ? text.replaceAll("indicator--", "indicator\\u002d\\u002d").replaceAll("_refs", "\\u005frefs")
    : text;
  const answer = await server.call(by, "POST", `${collection}/objects/`, { body });
  assert.equal(answer.status, 202, answer.body);
  const status = await server.call(by, "GET", `/api/status/${answer.json<{ id: string }>().id}/`);
  return `${answer.status} ${answer.body} ${status.status} ${status.body}`;
}

const numRuns = Number(process.env.FREIGABE_RUNS ?? 20);
const isLong = numRuns > 20;

test(`rule 5, property: what is withheld changes no byte of what a partner sees (${numRuns} histories)`, {
  timeout: isLong ? 7_200_000 : 600_000,
}, async () => {
  const { folder, end } = stage();
  let runs = 0;
  mkdirSync(join(folder, "keys"));
  makeLogKey(join(folder, "keys", "DEMO-AGENCY_views_DEMO-NATION.key"));
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: isLong ? 16 : 10 }), async (steps) => {
        const head = secretly("DEMO-AGENCY", conditionMark, named);
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
      { numRuns, ...(!isLong && { seed: 20190311 }) },
    );
  } finally {
    end();
  }
});
