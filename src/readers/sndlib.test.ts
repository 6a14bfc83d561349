import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { readSndlib } from "./sndlib.ts";

const node = (id: string, at = "<coordinates><x>10</x><y>50</y></coordinates>") => `<node id="${id}">${at}</node>`;
const link = (id: string, from: string, to: string, more = "") =>
  `<link id="${id}"><source>${from}</source><target>${to}</target>${more}</link>`;
const demand = (id: string, from: string, to: string, value: string, more = "") =>
  `<demand id="${id}"><source>${from}</source><target>${to}</target><demandValue>${value}</demandValue>${more}</demand>`;
const paths = (...all: string[][]) =>
  `<admissiblePaths>${all.map((ids, at) => `<admissiblePath id="P${at}">${ids.map((id) => `<linkId>${id}</linkId>`).join("")}</admissiblePath>`).join("")}</admissiblePaths>`;
const network = (nodes: string, links = "", demands = "", kind = "geographical") =>
  `<?xml version="1.0" encoding="UTF-8"?>
<network xmlns="http://sndlib.zib.de/network" version="1.0"><networkStructure><nodes coordinatesType="${kind}">
${nodes}
</nodes><links>
${links}
</links></networkStructure><demands>
${demands}
</demands></network>`;
const read = (text: string | Uint8Array) => readSndlib({ name: "n.xml", bytes: Buffer.from(text) });
const faults = (text: string | Uint8Array) =>
  read(text).problems.map(({ code, rows, place }) => [code, rows, place.line ?? null]);

const three = ["A", "B", "C"].map((id) => node(id)).join("\n");
const ring = [link("L1", "A", "B"), link("L2", "C", "B"), link("L3", "C", "A")].join("\n");

test("nodes, links and demands, with positions, installed capacity, routing cost and routing unit", () => {
  const installed = "<preInstalledModule><capacity>40.5</capacity><cost>1</cost></preInstalledModule>";
  const modules = "<additionalModules><addModule><capacity>9</capacity><cost>1</cost></addModule></additionalModules>";
  const links = [link("L1", "A", "B", `${installed}<routingCost>2.5</routingCost>`), link("L2", "B", "C", modules)];
  const { network: found, problems } = read(
    network(three, links.join("\n"), demand("D", "A", "C", "1.5e1", "<routingUnit>2</routingUnit>")),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    found?.nodes.map(({ id, latitude, longitude, place }) => [id, latitude, longitude, place.line]),
    [
      ["A", 50, 10, 3],
      ["B", 50, 10, 4],
      ["C", 50, 10, 5],
    ],
  );
  assert.deepEqual(
    found?.lines.map(({ id, from, to, weight, capacity }) => [id, from, to, weight, capacity]),
    [
      ["L1", "A", "B", 2.5, 40.5],
      ["L2", "B", "C", null, null],
    ],
  );
  assert.deepEqual(
    found?.demands.map(({ from, to, value, path }) => [from, to, value, path]),
    [["A", "C", 30, null]],
  );
  assert.deepEqual(found?.remarks, [
    { reason: "links: modules that may be installed are no capacity that is there", records: 1 },
  ]);
});

test("one admissible path is followed link by link, in either direction; several are left to routing", () => {
  const demands = [
    demand("D1", "A", "C", "1", paths(["L1", "L2"])),
    demand("D2", "A", "C", "1", paths(["L1", "L2"], ["L3"])),
  ];
  const { network: found, problems } = read(network(three, ring, demands.join("\n")));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    found?.demands.map(({ path }) => path),
    [["A", "B", "C"], null],
  );
  assert.ok(found?.remarks.some(({ reason, records }) => reason.startsWith("demands: several") && records === 1));
  const broken = [paths(["L2"]), paths(["L1"]), paths(["none"]), paths([])].map((more, at) =>
    demand(`D${at}`, "A", "C", "1", more),
  );
  assert.deepEqual(
    faults(network(three, ring, broken.join("\n"))).map(([code, rows]) => [code, rows]),
    broken.map(() => ["dangling-reference", 1]),
  );
});

test("pixels are no position, and a position that cannot be is unknown and said", () => {
  const drawn = read(network(three, "", "", "pixel"));
  assert.deepEqual([drawn.problems, drawn.network?.nodes[0]?.latitude], [[], null]);
  assert.match(drawn.network?.remarks[0]?.reason ?? "", /pixels/);
  const wrong = ["<x>181</x><y>1</y>", "<x>1</x><y>-91</y>", "<x>NaN</x><y>1</y>", "<x>1</x>"];
  const nodes = wrong.map((at, index) => node(`N${index}`, `<coordinates>${at}</coordinates>`)).join("\n");
  const { network: found, problems } = read(network(nodes));
  assert.deepEqual(
    problems.map(({ code, rows, place }) => [code, rows, place.line]),
    [3, 4, 5, 6].map((line) => ["wrong-type", 0, line]),
  );
  assert.ok(found?.nodes.every(({ latitude, longitude }) => latitude === null && longitude === null));
});

test("each fault by itself costs its record, with its line, and no other", () => {
  const pre = (text: string) => `<preInstalledModule><capacity>${text}</capacity><cost>0</cost></preInstalledModule>`;
  const cases: readonly (readonly [string, readonly (readonly [string, number, number])[]])[] = [
    [network(`${three}\n${node("A")}`), [["duplicate-id", 2, 6]]],
    [network(`${three}\n<node/>`), [["missing-value", 1, 6]]],
    [network(`${three}\n<node id="a;b"/>`), [["missing-value", 1, 6]]],
    [network(three, `${link("L", "A", "B")}\n${link("L", "B", "C")}`), [["duplicate-id", 2, 8]]],
    [network(three, link("L", "A", "X")), [["dangling-reference", 1, 7]]],
    [network(three, '<link id="L"><source>A</source></link>'), [["dangling-reference", 1, 7]]],
    [network(three, link("L", "A", "B", pre("-1"))), [["wrong-type", 1, 7]]],
    [network(three, link("L", "A", "B", pre("NaN"))), [["wrong-type", 1, 7]]],
    [network(three, link("L", "A", "B", pre("INF"))), [["wrong-type", 1, 7]]],
    [network(three, link("L", "A", "B", pre("1e999"))), [["wrong-type", 1, 7]]],
    [network(three, link("L", "A", "B", "<routingCost>-2</routingCost>")), [["wrong-type", 1, 7]]],
    [network(three, "", demand("D", "A", "B", "-1")), [["wrong-type", 1, 9]]],
    [network(three, "", demand("D", "A", "B", "NaN")), [["wrong-type", 1, 9]]],
    [network(three, "", demand("D", "A", "B", "")), [["wrong-type", 1, 9]]],
    [network(three, "", demand("D", "A", "B", "1e300", "<routingUnit>1e300</routingUnit>")), [["wrong-type", 1, 9]]],
    [network(three, "", demand("D", "X", "B", "1")), [["dangling-reference", 1, 9]]],
  ];
  for (const [text, wanted] of cases) {
    const { network: found, problems } = read(text);
    assert.deepEqual(
      problems.map(({ code, rows, place }) => [code, rows, place.line]),
      wanted,
      text,
    );
    assert.ok((found?.nodes.length ?? 0) >= 2, text);
  }
});

test("what is no network of SNDlib says so and gives nothing", () => {
  const other = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>';
  const foreign = network(three).replace("sndlib.zib.de", "example.org");
  for (const text of [other, foreign, '<network xmlns="http://sndlib.zib.de/network"/>']) {
    assert.deepEqual(faults(text)[0]?.[0], "wrong-shape", text);
    assert.equal(read(text).network, undefined);
  }
  assert.deepEqual(faults("")[0]?.[0], "unreadable");
  assert.ok(read(network(`${three}<hub/>`)).network?.remarks.some(({ reason }) => reason.includes("`hub`")));
});

test("encodings: UTF-8 and ISO-8859-1 as declared; anything else is refused", () => {
  const texted = (encoding: string) =>
    network(three).replace("UTF-8", encoding).replace("<demands>", "<!-- ü --><demands>");
  assert.deepEqual(faults(Buffer.from(texted("ISO-8859-1"), "latin1")), []);
  assert.deepEqual(faults(Buffer.from(texted("utf-8"), "utf8")), []);
  assert.deepEqual(faults(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(network(three))])), []);
  assert.deepEqual(faults(Buffer.from(texted("UTF-8"), "latin1")), [["unreadable", 0, 1]]);
  assert.deepEqual(faults(Buffer.from(texted("UTF-16"), "utf8")), [["unreadable", 0, 1]]);
  assert.deepEqual(faults(Buffer.from(`\ufeff${texted("UTF-16")}`, "utf16le")), [["unreadable", 0, 1]]);
  assert.deepEqual(faults(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(texted("ISO-8859-1"))])), [
    ["unreadable", 0, 1],
  ]);
  const unit = "<meta><unit>M\u00fc</unit></meta><networkStructure>";
  const named = network(three).replace("UTF-8", "ISO-8859-1").replace("<networkStructure>", unit);
  assert.match(read(Buffer.from(named, "latin1")).network?.remarks.at(-1)?.reason ?? "", /`Mü`/);
});

test("attacks: entities, depth, long names, truncation; one problem with a line, at once", () => {
  const laughs = `<!DOCTYPE n [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
  const cases: readonly (readonly [string, string])[] = [
    [network(three).replace("?>", `?>\n${laughs}`).replace('id="A"', 'id="&b;"'), "wrong-shape"],
    [network(three).replace("?>", '?>\n<!DOCTYPE n SYSTEM "file:///etc/passwd">'), "wrong-shape"],
    [network(three).replace('id="A"', 'id="&xxe;"'), "unreadable"],
    [network(three).replace('id="A"', 'id="&nbsp;"'), "unreadable"],
    [network("<a>".repeat(200_000)), "too-deep"],
    [network(`<node id="${"x".repeat(10_000_000)}"/>`), "unreadable"],
    [network(`<${"x".repeat(10_000_000)}/>`), "unreadable"],
    [network(`<node id="A">${"x".repeat(10_000_000)}</node>`), "too-large"],
    [network(`<node id="${"x".repeat(5_000)}"/>`), "too-large"],
    [network(three).slice(0, -40), "unreadable"],
    [`${network(three)}<more/>`, "unreadable"],
    [network(`${three}</wrong>`), "unreadable"],
    [network(three).replace('id="A"', "id=A"), "unreadable"],
  ];
  const start = Date.now();
  for (const [text, code] of cases) {
    const { network: found, problems } = read(text);
    assert.deepEqual([found, problems.length, problems[0]?.code], [undefined, 1, code], text.slice(0, 200));
    assert.ok((problems[0]?.place.line ?? 0) >= 1, text.slice(0, 200));
    assert.ok((problems[0]?.message.length ?? 0) < 300);
  }
  assert.deepEqual(faults(Buffer.alloc(64_000_001, 0x20)), [["too-large", 0, null]]);
  assert.ok(Date.now() - start < 10_000);
});

test("many faults of one kind are cut short and keep their number", () => {
  const links = Array.from({ length: 500 }, (_, at) => link(`L${at}`, "A", "X")).join("\n");
  const { problems } = read(network(three, links));
  assert.equal(problems.length, 21);
  assert.equal(
    problems.reduce((sum, { rows }) => sum + rows, 0),
    500,
  );
});

test("whatever the bytes, it answers, and every record is counted", () => {
  const id = fc.constantFrom("A", "B", "C", "D", "", "a b");
  const number = fc.constantFrom("1", "0", "-1", "NaN", "x", "2.5");
  const records = fc.record({
    nodes: fc.array(id, { maxLength: 6 }),
    links: fc.array(fc.tuple(fc.constantFrom("L1", "L2", "L3", ""), id, id), { maxLength: 6 }),
    demands: fc.array(fc.tuple(fc.constantFrom("D1", "D2", ""), id, id, number), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(records, ({ nodes, links, demands }) => {
      const text = network(
        nodes.map((one) => node(one)).join("\n"),
        links.map((one) => link(...one)).join("\n"),
        demands.map((one) => demand(...one)).join("\n"),
      );
      const { network: found, problems } = read(text);
      const taken = (found?.nodes.length ?? 0) + (found?.lines.length ?? 0) + (found?.demands.length ?? 0);
      const lost = problems.reduce((sum, { rows }) => sum + rows, 0);
      assert.equal(taken + lost, nodes.length + links.length + demands.length);
    }),
    { seed: 4, numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string()), (bytes) => {
      const { network: found, problems } = read(bytes);
      assert.equal(found === undefined, problems.length > 0);
    }),
    { seed: 4, numRuns: 300 },
  );
});

const data = process.env.FREIGABE_DATA ?? join(import.meta.dirname, "../../../shared/data");
const real = join(data, "topology/sndlib");
const skip = existsSync(real) ? false : `SKIPPED: real data not found at ${real}`;

test("the published German networks: 50, 88, 662 and 17, 26, 121", { skip }, () => {
  const sizes = ["germany50", "nobel-germany"].map((name) => {
    const { network: found, problems } = readSndlib({ name, bytes: readFileSync(join(real, `${name}.xml`)) });
    const sum = found?.demands.reduce((total, { value }) => total + value, 0);
    assert.ok(found?.nodes.every(({ latitude }) => latitude !== null && latitude > 47 && latitude < 55.1));
    return [problems.length, found?.nodes.length, found?.lines.length, found?.demands.length, sum];
  });
  assert.deepEqual(sizes, [
    [0, 50, 88, 662, 2365],
    [0, 17, 26, 121, 660],
  ]);
});
