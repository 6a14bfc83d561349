/** TAXII 2.1, requirement by requirement; the numbers are those of the checklist this server was built to. All objects are invented. */
import assert from "node:assert/strict";
import { get } from "node:https";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { makeCertificate } from "../src/server/certificate.ts";
import { run } from "../src/server/run.ts";
import { makeServer } from "../src/server/server.ts";
import { historyOf } from "../src/tasks/disclosure/history.ts";
import {
  agencyIn,
  type CallOptions,
  Clock,
  indicator,
  marked,
  type Server,
  serverOn,
  stage,
  taxii,
  tlp,
  warnings,
} from "./kit/sharing.ts";

const sharing = `
originator: DEMO-AGENCY
title: an invented agency
demo: true
maxContentLength: 20000
collections:
  - {id: 91a7b528-80eb-42ed-a74d-c6fbd5a26116, alias: warnings, title: Warnings, read: all, write: all, unmarked: clear}
  - {id: 52892447-4d7e-4f70-b94d-d7f22742ff63, alias: inbox, title: Inbox, read: [], write: all, unmarked: red}
  - {id: 7f1d3b52-0c8e-4a19-b6d4-2e5f9a8c7b01, alias: reading, title: Reading, read: all, unmarked: clear}
  - {id: 3c5e9a17-6b2d-4f08-8d71-1a4c0e9f5b36, alias: others, title: Others, read: [DEMO-NEIGHBOUR], unmarked: clear}
partners:
  - {id: DEMO-NATION, tlp: amber}
  - {id: DEMO-NEIGHBOUR, tlp: amber}
`;
const { folder, end } = stage();
const clock = new Clock("2019-04-01T00:00:00.123Z");
let server: Server;
before(async () => {
  agencyIn(folder, { sharing });
  server = await serverOn(folder, clock);
  await post(
    "DEMO-AGENCY",
    [1, 2, 3, 4, 5].map((n) => indicator(n)),
  );
});
after(async () => {
  await server.close();
  end();
});

const objects = `${warnings}/objects/`;
const ask = (path: string, options?: CallOptions) => server.call("DEMO-NATION", "GET", path, options);
const post = (by: string, list: readonly unknown[], options: CallOptions = {}) =>
  server.call(by, "POST", objects, { body: { objects: list }, ...options });
const idsOf = (answer: { json(): unknown }) =>
  ((answer.json() as { objects?: readonly { id: string }[] }).objects ?? []).map(({ id }) => id);
const page = (text: string) =>
  JSON.parse(text) as { more?: boolean; next?: string; objects?: readonly { id: string }[] };
const v = (n: number, day: number) =>
  indicator(n, { modified: `2019-03-0${day}T00:00:00.000Z`, name: `version ${day}` });

/** Every resource of the API, as a partner asks for it. */
const everything = [
  ...["/taxii2/", "/api/", "/api/collections/", `${warnings}/`, `${warnings}/manifest/`, objects],
  ...[`${objects}${indicator(1).id}/`, `${objects}${indicator(1).id}/versions/`],
];

test("T1: discovery is at /taxii2/ and names at least one API root", async () => {
  const found = (await ask("/taxii2/")).json<{ api_roots: readonly string[]; default: string }>();
  assert.ok(found.api_roots.length >= 1 && found.api_roots.includes(found.default));
  assert.equal((await ask("/x/taxii2/")).status, 404);
});

test("T2: HTTPS with a certificate of its own making, TLS 1.2 and later; client certificates name a partner", async () => {
  const made = await makeCertificate(["localhost", "127.0.0.1"], new Date());
  const client = await makeCertificate(["DEMO-NATION"], new Date());
  const running = await run({
    desk: server.desk,
    host: "127.0.0.1",
    port: 0,
    tls: { ...made, ca: client.cert },
    log: () => undefined,
    refresh: () => undefined,
  });
  const call = (options: object) =>
    new Promise<{ status: number; protocol: string | null }>((done, fail) => {
      const { port } = new URL(running.url);
      get(
        {
          host: "127.0.0.1",
          port,
          path: "/taxii2/",
          ca: made.cert,
          headers: { accept: taxii },
          agent: false,
          ...options,
        },
        (answer) => {
          answer.resume();
          const protocol =
            "getProtocol" in answer.socket && typeof answer.socket.getProtocol === "function"
              ? answer.socket.getProtocol()
              : null;
          answer.on("end", () => done({ status: answer.statusCode ?? 0, protocol }));
        },
      ).on("error", fail);
    });
  try {
    assert.deepEqual(await call({}), { status: 401, protocol: "TLSv1.3" });
    assert.deepEqual(await call({ maxVersion: "TLSv1.2", cert: client.cert, key: client.key }), {
      status: 200,
      protocol: "TLSv1.2",
    });
    await assert.rejects(call({ maxVersion: "TLSv1.1", minVersion: "TLSv1.1" }));
    const stranger = await makeCertificate(["DEMO-NATION"], new Date());
    assert.equal(
      (await call({ cert: stranger.cert, key: stranger.key })).status,
      401,
      "the right name, signed by nobody known",
    );
  } finally {
    await running.close();
  }
  const { entries } = historyOf(server.desk.journal.access.store);
  assert.ok(
    entries.some(({ text }) => /logins refused by unknown: 2 requests/.test(text)),
    "refused logins are recorded",
  );
});

test("T3: every answer, errors included, has exactly the media type with its version", async () => {
  const odd = [
    await ask("/nowhere/"),
    await ask(`${objects}?limit=0`),
    await server.call(undefined, "GET", "/taxii2/"),
    await ask("/taxii2/", { headers: { accept: "application/foo" } }),
  ];
  odd.push(
    await server.call("DEMO-NATION", "PUT", objects),
    await post("DEMO-NATION", [], { body: "{" }),
    await post("DEMO-NATION", [], { headers: { "content-type": "text/plain" } }),
  );
  for (const answer of [...odd, ...(await Promise.all(everything.map((path) => ask(path))))]) {
    assert.equal(answer.headers["content-type"], taxii, `${answer.status} ${answer.body.slice(0, 80)}`);
  }
});

test("T4, T5, T6: what `Accept` may say, and what gives 406", async () => {
  const fine = [
    "application/taxii+json",
    taxii,
    "application/taxii+json; version=2.1",
    'application/taxii+json;version="2.1"',
    "*/*",
  ];
  fine.push(
    "application/json, text/plain, */*",
    "application/taxii+json;version=2.1,application/stix+json;version=2.1",
    "Application/TAXII+JSON;q=0.5",
  );
  for (const accept of fine)
    assert.equal((await ask(`${warnings}/manifest/`, { headers: { accept } })).status, 200, accept);
  for (const accept of [
    "application/foo",
    "",
    undefined,
    "application/taxii+json;version=2.0",
    "text/html;q=1",
    "*/*;q=0",
  ]) {
    assert.equal((await ask(objects, { headers: { accept } })).status, 406, String(accept));
  }
});

test("T7: what a body may be called, and what gives 415", async () => {
  const fine = [
    taxii,
    "application/taxii+json",
    "application/stix+json;version=2.1",
    "application/vnd.oasis.stix+json",
  ];
  for (const type of fine)
    assert.equal((await post("DEMO-NATION", [indicator(1)], { headers: { "content-type": type } })).status, 202, type);
  for (const type of ["application/json", "text/plain", "application/taxii+json;version=2.0"]) {
    assert.equal((await post("DEMO-NATION", [indicator(1)], { headers: { "content-type": type } })).status, 415, type);
  }
});

test("T8: a path without its last `/` is served without a redirect; strictly it is not found", async () => {
  assert.equal((await ask(`${warnings}/objects?limit=1`)).status, 200);
  const { app } = await makeServer({
    desk: server.desk,
    cursorKey: Buffer.alloc(32),
    strictPaths: true,
    log: () => undefined,
  });
  const headers = { accept: taxii, authorization: `Bearer ${server.tokens["DEMO-NATION"]}` };
  assert.equal((await app.inject({ url: `${warnings}/objects?limit=1`, headers })).statusCode, 404);
  assert.equal((await app.inject({ url: `${warnings}/objects/?limit=1`, headers })).statusCode, 200);
  await app.close();
});

test("T9, T10: 401 names its challenges; bearer tokens, Basic with a token as password", async () => {
  for (const authorization of [undefined, "Bearer nonsense", "Bearer ", "Basic bm9uc2Vuc2U=", "Digest x"]) {
    const answer = await server.call(undefined, "GET", "/taxii2/", { headers: { authorization } });
    assert.equal(answer.status, 401);
    assert.match(answer.headers["www-authenticate"] ?? "", /Bearer .*Basic /);
  }
  const basic = (user: string) => `Basic ${Buffer.from(`${user}:${server.tokens["DEMO-NATION"]}`).toString("base64")}`;
  assert.equal(
    (await server.call(undefined, "GET", "/taxii2/", { headers: { authorization: basic("DEMO-NATION") } })).status,
    200,
  );
  assert.equal(
    (await server.call(undefined, "GET", "/taxii2/", { headers: { authorization: basic("DEMO-NEIGHBOUR") } })).status,
    401,
  );
});

test("T11: a missing User-Agent is no reason to refuse", async () => {
  assert.equal((await ask("/taxii2/", { headers: { "user-agent": undefined } })).status, 200);
});

test("T12, R4, R5: collections as this client may use them, in the same order each time", async () => {
  const list = async (by: string) =>
    (await server.call(by, "GET", "/api/collections/")).json<{
      collections: readonly { alias: string; can_read: boolean; can_write: boolean; media_types: readonly string[] }[];
    }>().collections;
  const nation = await list("DEMO-NATION");
  assert.deepEqual(
    nation.map((one) => [one.alias, one.can_read, one.can_write]),
    [
      ["warnings", true, true],
      ["inbox", false, true],
      ["reading", true, false],
    ],
  );
  assert.deepEqual(nation[0]!.media_types, ["application/stix+json;version=2.1"]);
  assert.deepEqual(
    (await list("DEMO-NEIGHBOUR")).map(({ alias }) => alias),
    ["warnings", "inbox", "reading", "others"],
  );
  assert.deepEqual(await list("DEMO-NATION"), nation);
  assert.equal((await ask("/api/collections/others/")).status, 404);
  assert.equal((await ask("/api/collections/warnings/")).status, 200, "an alias is as good as the id");
});

test("R1, R2: discovery and API root say what they must", async () => {
  const discovery = (await ask("/taxii2/", { headers: { host: "evil.example" } })).json<{
    title: string;
    default: string;
    api_roots: readonly string[];
  }>();
  assert.deepEqual(
    [discovery.title, discovery.default, discovery.api_roots],
    ["an invented agency", "/api/", ["/api/"]],
  );
  const root = (await ask("/api/")).json<{ versions: readonly string[]; max_content_length: number }>();
  assert.deepEqual(root.versions, [taxii]);
  assert.equal(root.max_content_length, 20000);
});

test("R2: a body up to the limit is taken, a larger one gives 413, also without a length", async () => {
  const filler = (bytes: number) => {
    const body = JSON.stringify({ x_fill: "", objects: [indicator(1)] });
    return body.replace('"x_fill":""', `"x_fill":"${"x".repeat(bytes - body.length)}"`);
  };
  assert.equal((await post("DEMO-NATION", [], { body: filler(20000) })).status, 202);
  const large = await post("DEMO-NATION", [], { body: filler(20001) });
  assert.equal(large.status, 413);
  assert.equal(large.json().http_status, "413");
  const url = new URL(await server.app.listen({ host: "127.0.0.1", port: 0 }));
  const said = await new Promise<string>((done) => {
    const socket = connect(Number(url.port), "127.0.0.1");
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes.toString();
    });
    for (const event of ["close", "error"] as const) socket.on(event, () => done(text));
    const head = `POST ${objects} HTTP/1.1\r\nhost: x\r\naccept: ${taxii}\r\nconnection: close\r\ncontent-type: ${taxii}\r\nauthorization: Bearer ${server.tokens["DEMO-NATION"]}\r\ntransfer-encoding: chunked\r\n\r\n`;
    socket.write(`${head}${(25000).toString(16)}\r\n${"x".repeat(25000)}\r\n0\r\n\r\n`);
  });
  assert.match(said, /^HTTP\/1\.1 413 [\s\S]*"http_status":"413"/);
});

test("R3: there are no empty lists", async () => {
  for (const path of [
    "/api/collections/reading/objects/",
    "/api/collections/reading/manifest/",
    `${objects}?match[type]=malware`,
  ]) {
    assert.equal((await ask(path)).body, "{}");
  }
});

test("R6, O18: what a client may not read or write gives 403 or 404, on every resource", async () => {
  for (const path of ["manifest/", "objects/", `objects/${indicator(1).id}/`, `objects/${indicator(1).id}/versions/`]) {
    assert.equal((await ask(`/api/collections/inbox/${path}`)).status, 403, path);
    assert.equal((await ask(`/api/collections/others/${path}`)).status, 404, path);
  }
  const body = { objects: [indicator(1)] };
  assert.equal((await server.call("DEMO-NATION", "POST", "/api/collections/reading/objects/", { body })).status, 403);
  assert.equal((await server.call("DEMO-NATION", "POST", "/api/collections/others/objects/", { body })).status, 404);
  const remove = (alias: string) =>
    server.call("DEMO-NATION", "DELETE", `/api/collections/${alias}/objects/${indicator(1).id}/`);
  assert.deepEqual(
    [(await remove("others")).status, (await remove("reading")).status, (await remove("inbox")).status],
    [404, 403, 403],
  );
});

test("R7: an error has a title, and its status as text", async () => {
  const found = (await ask(`${objects}?limit=x`)).json<{ title: string; http_status: string; description: string }>();
  assert.equal(found.http_status, "400");
  assert.ok(found.title.length > 0 && found.description.includes("limit"));
});

test("R8: a status counts, names versions as they were sent, and is its poster's alone for a day and more", async () => {
  const answer = await post("DEMO-NATION", [v(60, 1), { ...v(61, 1), pattern: 7 }]);
  const status = answer.json<{
    id: string;
    successes: readonly { version: string }[];
    failures: readonly { message: string }[];
  }>();
  assert.equal(answer.status, 202);
  assert.deepEqual(
    ["total_count", "success_count", "failure_count", "pending_count"].map((name) => answer.json()[name]),
    [2, 1, 1, 0],
  );
  assert.equal(status.successes[0]?.version, "2019-03-01T00:00:00.000Z");
  assert.match(status.failures[0]?.message ?? "", /pattern/);
  const path = `/api/status/${status.id}/`;
  assert.equal((await ask(path)).body, answer.body);
  assert.equal((await server.call("DEMO-NEIGHBOUR", "GET", path)).status, 404);
  clock.at += 25 * 3_600_000;
  await post("DEMO-NATION", [v(60, 1)]);
  assert.equal((await ask(path)).status, 200);
  clock.at += 30 * 3_600_000;
  await post("DEMO-NATION", [v(60, 1)]);
  assert.equal((await ask(path)).status, 404);
});

test("R9: times have six fraction digits", async () => {
  const { headers, body } = await ask(`${warnings}/manifest/`);
  const times = [
    headers["x-taxii-date-added-first"],
    headers["x-taxii-date-added-last"],
    ...[...body.matchAll(/"date_added":"([^"]+)"/g)].map((match) => match[1]),
  ];
  for (const time of times) assert.match(time ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
});

test("R10: custom properties of an envelope are passed over", async () => {
  assert.equal((await post("DEMO-NATION", [], { body: { x_note: { a: [1] }, objects: [v(60, 1)] } })).status, 202);
});

test("O1, O2: by the day of adding, later than `added_after`, whatever its fraction", async () => {
  const { body } = await ask(`${warnings}/manifest/`);
  const dates = page(body).objects!.map((one) => (one as unknown as { date_added: string }).date_added);
  assert.deepEqual(dates, dates.toSorted());
  assert.equal(new Set(dates).size, dates.length, "O3: no two are equal");
  const after = await ask(`${objects}?added_after=${dates[1]}`);
  assert.equal(idsOf(after).length, dates.length - 2);
  for (const text of ["2019-01-01T00:00:00Z", "2019-01-01T00:00:00.1Z"])
    assert.equal((await ask(`${objects}?added_after=${text}`)).status, 200);
  for (const text of ["2019-01-01", "2019-02-30T00:00:00Z", "x", ""])
    assert.equal((await ask(`${objects}?added_after=${text}`)).status, 400);
});

test("O4, O8: who follows `next` sees each row once, on objects, manifest and versions", async () => {
  await post("DEMO-AGENCY", [v(70, 1), v(70, 2), v(70, 3)]);
  for (const path of [objects, `${warnings}/manifest/?match[version]=all`, `${objects}${v(70, 1).id}/versions/`]) {
    const whole = page((await ask(path)).body);
    const all = JSON.stringify("versions" in whole ? whole.versions : whole.objects);
    const seen: unknown[] = [];
    for (let next: string | undefined = "first"; next !== undefined; ) {
      const cursor: string = next === "first" ? "" : `&next=${next}`;
      const found = page((await ask(`${path}${path.includes("?") ? "&" : "?"}limit=2${cursor}`)).body);
      seen.push(...(("versions" in found ? (found.versions as readonly unknown[]) : found.objects) ?? []));
      assert.equal(found.more === true, found.next !== undefined);
      next = found.next;
    }
    assert.equal(JSON.stringify(seen), all, path);
  }
});

test("O5: `limit` is a whole number above 0, and never exceeded", async () => {
  for (const limit of ["0", "-1", "x", "1.5", ""])
    assert.equal((await ask(`${objects}?limit=${limit}`)).status, 400, limit);
  for (const limit of [1, 2, 3]) assert.equal(idsOf(await ask(`${objects}?limit=${limit}`)).length, limit);
  assert.equal((await ask(`${objects}?limit=999999`)).status, 200);
});

test("O6, O7: `next` goes on with another `limit`, after a restart, and for nothing else", async () => {
  const first = page((await ask(`${objects}?limit=2`)).body);
  assert.equal(first.more, true);
  const rest = page((await ask(`${objects}?limit=1&next=${first.next}`)).body);
  assert.equal(rest.objects?.length, 1);
  assert.ok(!first.objects!.some(({ id }) => id === rest.objects![0]!.id));
  const { app } = await makeServer({ desk: server.desk, cursorKey: Buffer.alloc(32, 7), log: () => undefined });
  const headers = { accept: taxii, authorization: `Bearer ${server.tokens["DEMO-NATION"]}` };
  assert.equal(
    (await app.inject({ url: `${objects}?limit=1&next=${first.next}`, headers })).body,
    JSON.stringify(rest),
  );
  await app.close();
  const wrong = [
    `${objects}?next=${first.next}&match[type]=indicator`,
    `${warnings}/manifest/?next=${first.next}`,
    `${objects}?next=nonsense`,
    `${objects}?next=`,
  ];
  for (const path of wrong) assert.equal((await ask(path)).status, 400, path);
  assert.equal(
    (await server.call("DEMO-NEIGHBOUR", "GET", `${objects}?next=${first.next}`)).status,
    400,
    "another partner's",
  );
});

test("O9: the headers with the days of adding stand on every page; an empty one repeats what was asked", async () => {
  for (const path of [
    objects,
    `${warnings}/manifest/`,
    `${objects}${indicator(1).id}/`,
    `${objects}${indicator(1).id}/versions/`,
  ]) {
    const { headers } = await ask(path);
    assert.ok(headers["x-taxii-date-added-first"]! <= headers["x-taxii-date-added-last"]!);
  }
  const empty = await ask(`${objects}?added_after=2030-01-01T00:00:00Z`);
  assert.deepEqual([empty.body, empty.headers["x-taxii-date-added-last"]], ["{}", "2030-01-01T00:00:00.000000Z"]);
});

test("O10, O12, O13: `match` is or inside and and between; twice is an error, unknown fields are passed over", async () => {
  const [one, two] = [indicator(1).id, indicator(2).id];
  assert.deepEqual(idsOf(await ask(`${objects}?match[id]=${one},${two}&match[type]=indicator,malware`)), [one, two]);
  assert.deepEqual(idsOf(await ask(`${objects}?match[id]=${one}&match[type]=malware`)), []);
  assert.deepEqual(idsOf(await ask(`${warnings}/manifest/?match[id]=${two}`)), [two]);
  assert.deepEqual(idsOf(await ask(`${objects}?match[spec_version]=2.0`)), []);
  assert.equal((await ask(`${objects}?match[spec_version]=2.1&match[nonsense]=x&other=1`)).status, 200);
  assert.equal((await ask(`${objects}?match[type]=x-unknown-type`)).status, 200);
  for (const name of ["match[id]", "match[type]", "limit", "added_after", "match[version]"]) {
    assert.equal((await ask(`${objects}?${name}=1&${name}=1`)).status, 400, name);
  }
});

test("O11, O14, O15: versions, compared as instants, and told as they were sent", async () => {
  const path = `${objects}${v(70, 1).id}/`;
  const days = async (query: string) =>
    ((await ask(`${path}${query}`)).json<{ objects?: readonly { modified: string }[] }>().objects ?? []).map(
      ({ modified }) => modified.slice(8, 10),
    );
  assert.deepEqual(await days(""), ["03"]);
  assert.deepEqual(await days("?match[version]=first"), ["01"]);
  assert.deepEqual(await days("?match[version]=all"), ["01", "02", "03"]);
  assert.deepEqual(await days("?match[version]=first,last"), ["01", "03"]);
  assert.deepEqual(await days("?match[version]=2019-03-02T00:00:00Z"), ["02"]);
  assert.deepEqual(await days("?match[version]=2019-03-09T00:00:00Z"), [], "known, and left out by the filter");
  for (const wrong of ["all,first", "latest", "2019", ""])
    assert.equal((await ask(`${path}?match[version]=${wrong}`)).status, 400, wrong);
  assert.equal((await ask(`${objects}indicator--00000000-0000-4000-8000-0000000000ff/`)).status, 404);
  const sco = {
    type: "ipv4-addr",
    spec_version: "2.1",
    id: "ipv4-addr--00000000-0000-4000-8000-000000000001",
    value: "198.51.100.3",
  };
  await post("DEMO-AGENCY", [sco]);
  const versions = async () => (await ask(`${objects}${sco.id}/versions/`)).body;
  const first = await versions();
  clock.at += 1000;
  assert.equal(await versions(), first, "what has no version keeps the one it got");
});

test("O16, O17, rule 11: duplicates are fine, a bad object fails alone, other content under a version is refused", async () => {
  const counts = async (list: readonly unknown[]) => {
    const { success_count: good, failure_count: bad } = (await post("DEMO-AGENCY", list)).json();
    return [good, bad];
  };
  assert.deepEqual(await counts([v(80, 1)]), [1, 0]);
  assert.deepEqual(await counts([v(80, 1), { nonsense: true }, 7, v(81, 1)].filter((one) => one !== 7)), [2, 1]);
  assert.deepEqual(await counts([{ ...v(80, 1), name: "another text" }]), [0, 1]);
  assert.equal(
    (await ask(`${objects}${v(80, 1).id}/`)).json<{ objects: readonly { name: string }[] }>().objects[0]?.name,
    "version 1",
  );
  for (const body of [
    "{",
    "[]",
    '{"objects":{}}',
    '{"objects":[1]}',
    '{"objects":[{}]',
    '{"objects":[{}],"objects":[{}]}',
    "{}",
    '{"objects":[]}',
    '{"objects":[{}]}x',
  ]) {
    assert.equal((await post("DEMO-AGENCY", [], { body })).status, 422, body);
  }
  const before = (await ask(`${warnings}/manifest/?match[version]=all`)).body;
  assert.equal((await post("DEMO-AGENCY", [], { body: `{"objects":[${JSON.stringify(v(82, 1))},` })).status, 422);
  assert.equal(
    (await ask(`${warnings}/manifest/?match[version]=all`)).body,
    before,
    "nothing of a broken envelope is stored",
  );
});

test("O17: the bytes that went in come out", async () => {
  const text =
    `{ "type" : "indicator","id":"indicator--00000000-0000-4000-8000-0000000000aa", "spec_version":"2.1",\n "created":"2019-03-01T00:00:00.000Z","modified":"2019-03-01T00:00:00.10Z".0}`
      .replace('".0}', '0Z"}')
      .replace(".10Z0Z", ".100Z");
  const odd = text.replace(
    '"}',
    '","pattern":"[url:value = \'\\u00e4\\/\u2603\']","pattern_type":"stix","valid_from":"2019-03-01T00:00:00Z"  }',
  );
  assert.equal((await post("DEMO-AGENCY", [], { body: `{"objects":[ ${odd} ]}` })).json().success_count, 1);
  assert.equal((await ask(`${objects}indicator--00000000-0000-4000-8000-0000000000aa/`)).body, `{"objects":[${odd}]}`);
});

test("O18: what is deleted is gone everywhere, by version if that is asked; others cannot delete it", async () => {
  await post("DEMO-NATION", [v(90, 1), v(90, 2)]);
  const path = `${objects}${v(90, 1).id}/`;
  const remove = (by: string, query = "") => server.call(by, "DELETE", `${path}${query}`);
  assert.equal((await remove("DEMO-NEIGHBOUR")).status, 404);
  assert.equal((await remove("DEMO-NATION", "?match[version]=last")).status, 200);
  assert.equal((await ask(`${path}versions/`)).json<{ versions: readonly string[] }>().versions.length, 1);
  assert.equal((await remove("DEMO-NATION")).status, 200);
  assert.deepEqual(
    [(await ask(path)).status, (await ask(`${path}versions/`)).status, (await remove("DEMO-NATION")).status],
    [404, 404, 404],
  );
  assert.ok(!(await ask(`${warnings}/manifest/`)).body.includes(v(90, 1).id));
});

test("O19: HEAD and OPTIONS answer, other methods give 405 with what is served", async () => {
  const head = await server.call("DEMO-NATION", "HEAD", objects);
  assert.deepEqual([head.status, head.body], [200, ""]);
  assert.equal((await server.call("DEMO-NATION", "OPTIONS", objects)).headers.allow, "GET, HEAD, POST, OPTIONS");
  const put = await server.call("DEMO-NATION", "PUT", objects);
  assert.deepEqual([put.status, put.headers.allow, put.json().http_status], [405, "GET, HEAD, POST", "405"]);
});

test("O20: hostile objects fail alone, quickly, and never spoil a read", async () => {
  const evil = [
    `{"type":"${"a".repeat(240)}!","id":"x","spec_version":"2.1"}`,
    `{"type":"indicator","type":"malware"}`,
    JSON.stringify(indicator(95)).replace("{", '{"__proto__":{"a":1},'),
    JSON.stringify(indicator(95)).replace("{", '{"name":"\\ud800",'),
    JSON.stringify(indicator(95))
      .replace("{", `{"x":${"[".repeat(60)}${"]".repeat(60)},`)
      .replace('"x":[', '"x":[[[[[[['),
    JSON.stringify({ ...indicator(95), id: "indicator--nonsense" }),
    JSON.stringify({ ...indicator(95), modified: "2018-01-01T00:00:00.000Z" }),
    JSON.stringify({ ...indicator(95), valid_until: "2018-01-01T00:00:00.000Z" }),
    JSON.stringify({ ...indicator(95), spec_version: "2.0" }),
  ];
  for (const one of evil) {
    const answer = await post("DEMO-AGENCY", [], { body: `{"objects":[${one},${JSON.stringify(v(96, 1))}]}` });
    if (answer.status === 202)
      assert.deepEqual([answer.json().success_count, answer.json().failure_count], [1, 1], one.slice(0, 120));
    else assert.equal(answer.status, 422);
  }
  assert.equal((await ask(objects)).status, 200);
});

test("T13: rate limits answer with TAXII and say when to come back; counts of what is left are not told", async () => {
  const { app } = await makeServer({
    desk: server.desk,
    cursorKey: Buffer.alloc(32),
    perMinute: 3,
    log: () => undefined,
  });
  const headers = { accept: taxii, authorization: `Bearer ${server.tokens["DEMO-NATION"]}` };
  const answers = [];
  // The first counts towards its address: only then it is known whose token that is.
  for (let n = 0; n < 5; n++) answers.push(await app.inject({ url: "/taxii2/", headers }));
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [200, 200, 200, 200, 429],
  );
  assert.equal(answers[4]!.headers["content-type"], taxii);
  assert.ok(Number(answers[4]!.headers["retry-after"]) > 0);
  assert.deepEqual(
    Object.keys(answers[0]!.headers).filter((name) => name.startsWith("x-ratelimit")),
    [],
  );
  await app.close();
});

test("TLP 2.0 is enforced: up to the level a partner is cleared for, RED for who is named", async () => {
  const list = Object.values(tlp).map((mark, at) => indicator(200 + at, marked(mark)));
  await post("DEMO-AGENCY", list);
  const seen = new Set(idsOf(await ask(objects)));
  assert.deepEqual(
    list.map(({ id }) => seen.has(id)),
    [true, true, true, false, false],
  );
});
