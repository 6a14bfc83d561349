/**
 * The pages of docs/ that describe formats, packs and dependencies say what the code says. After a change of the code:
 * `WRITE_DOCS=1 node --test test/docs.test.ts` writes the blocks that begin with "made from" anew (then `npm run format`).
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { catalogue } from "../src/facts/catalogue.ts";
import { parameterNames } from "../src/facts/pack-data.ts";
import { Assessment } from "../src/model/assessment.ts";
import { checkShape } from "../src/model/check.ts";
import { type Column, tableNames, tables } from "../src/model/columns.ts";
import { Config } from "../src/model/config.ts";
import type { FactDefinition } from "../src/model/fact.ts";
import { domainOfFunction } from "../src/model/functions.ts";
import { GateResult } from "../src/model/gate-result.ts";
import { type PackFile, PackManifest } from "../src/model/pack.ts";
import { loadPack } from "../src/policy/load.ts";
import { orderColumns } from "../src/tasks/order.ts";
import { csvHeader } from "../src/tasks/verdict-rows.ts";
import { shippedPack } from "./kit/one-by-one.ts";
import { checkPage } from "./kit/readme.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const textOf = (path: string) => readFileSync(join(root, path), "utf8");
const pages = readdirSync(join(root, "docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`)
  .sort();

// Tables

/** A page as it reads, however its tables are aligned. */
const tidy = (text: string) =>
  text
    .split("\n")
    .map((line) => (line.startsWith("|") ? line.replace(/ *\| */g, "|").replace(/-{3,}/g, "---") : line))
    .join("\n");
const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (text: unknown) => `\`${text}\``;

function tableText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(header), `|${"---|".repeat(header.length)}`, ...rows.map(line)].join("\n");
}

function columnTable(columns: Readonly<Record<string, Column>>): string {
  const typeText = ({ type }: Column) => (typeof type === "string" ? type : type.map(code).join(", "));
  return tableText(
    ["column", "must be there", "type", "holds"],
    Object.entries(columns).map(([name, column]) => [
      code(name),
      column.required ? "yes" : "",
      typeText(column),
      column.means,
    ]),
  );
}

function functionTable(): string {
  const named = (domain: string) => [...domainOfFunction].filter(([, own]) => own === domain).map(([name]) => name);
  const rows = [...new Set(domainOfFunction.values())].map((domain) => [domain, named(domain).map(code).join(", ")]);
  return tableText(["domain", "names"], rows);
}

/** Roles of suppliers, then those of operators. */
function rolesOf({ roles = {}, operatorRoles = {} }: PackManifest) {
  return [...Object.entries(roles), ...Object.entries(operatorRoles)];
}

function roleTable(): string {
  const rows = readdirSync(join(root, "packs"))
    .sort()
    .flatMap((pack) =>
      rolesOf(shippedPack(pack).manifest).map(([role, { title, cites = "" }]) => [
        ...[code(role), code(pack), title, cites],
      ]),
    );
  return tableText(["role", "pack", "title", "source"], rows);
}

function factTable(): string {
  const valuesOf = ({ values, mode }: FactDefinition) => {
    if (values.length > 8) return `${code(values[0])} to ${code(values.at(-1))}`;
    return values.map(code).join(mode === "graded" ? " < " : ", ");
  };
  const rows = catalogue.map((fact) => [
    code(fact.name),
    `${fact.mode}, ${fact.subject}`,
    valuesOf(fact),
    fact.question,
    fact.who.join(", "),
  ]);
  return tableText(["fact", "mode, about", "values", "question", "who can settle it"], rows);
}

// Refusals

const manifest = 'name: invented\nversion: "1"\ntitle: Invented\nactions: [operate, deploy, depend]\n';
const permit = "permit (principal, action, resource);\n";
const forbid = (body: string, id = "X") =>
  `@id("${id}") @kind("duty") @title("t") @cites("c") @certainty("own-policy") @remedy("r") @waivable("nobody")
forbid (principal, action, resource)\n${body};\n`;
const good = forbid("unless { context.tested }", "GOOD");
const packOf = (rules: string, yaml = manifest, more: readonly PackFile[] = []): readonly PackFile[] => [
  { path: "pack.yaml", text: yaml },
  { path: "rules.cedar", text: rules },
  ...more,
];

const refusedConditions: readonly string[] = [
  "context.oversight + 1 > 3",
  "context has era",
  'context.era like "no*"',
  "context.notice == context.guarantee",
  "context.oversight == 7",
  'context.era == "notice"',
  'context.era == Era::"notise"',
  'context.era == Segment::"core"',
  "context.notise",
  'context.era in [Era::"none", Era::"gap"]',
  '[Era::"none"].contains(context.era)',
  "context.era is Era",
  "principal.notice",
  'resource == Question::"q"',
  'ip("127.0.0.1").isLoopback()',
  "1 == 1",
  "context.oversight >= 5",
  "context.prohibited == false",
  "context.notice && context.makerCount >= 2",
  'context.era == Era::"none" && context.segment == Segment::"core" && context.certificate < 2 && context.oversight < 3 && context.maintenance < 1 && context.notice && context.guarantee',
];

const refusedPacks: Readonly<Record<string, readonly PackFile[]>> = {
  "no permit": packOf(good),
  "a permit with conditions": packOf(`permit (principal, action, resource) when { context.tested };\n${good}`),
  "a second permit": packOf(`${permit}${permit}${good}`),
  "no forbid": packOf(permit),
  "two rules with one id": packOf(`${permit}${good}${good}`),
  "an annotation left out": packOf(permit + good.replace('@remedy("r")', "")),
  "an annotation nobody knows": packOf(permit + good.replace("@remedy", '@form("x") @remedy')),
  '`@kind("wish")`': packOf(permit + good.replace('"duty"', '"wish"')),
  '`@from("2026-02-30")`': packOf(permit + good.replace("@remedy", '@from("2026-02-30") @remedy')),
  '`principal == Authority::"a"` in the head': packOf(
    permit + good.replace("(principal", '(principal == Authority::"a"'),
  ),
  "an action the pack does not have": packOf(permit + good.replace("action,", 'action == Action::"update",')),
  "a fact about elements under `depend`": packOf(permit + good.replace("action,", 'action == Action::"depend",')),
  "a template": packOf(permit + good.replace("principal", "principal == ?principal")),
  "what Cedar cannot parse": packOf(permit + forbid("when { context.tested === true }")),
  "very many brackets": packOf(permit + forbid(`when { ${"(".repeat(60)}context.tested${")".repeat(60)} }`)),
  "rules in a folder of the pack": packOf(permit + good, manifest, [{ path: "more/rules.cedar", text: good }]),
  "no `pack.yaml`": [{ path: "rules.cedar", text: permit + good }],
  "an action in `pack.yaml` that there is not": packOf(permit + good, manifest.replace("deploy", "fly")),
  "a default outside its bounds": packOf(
    permit + good,
    `${manifest}parameters:\n  limit: { default: 5, minimum: 10, confirmed: true, title: T }\n`,
  ),
  "an era fact that does not select": packOf(
    permit + good,
    `${manifest}era: { facts: [notice], current: { notice: x } }\n`,
  ),
};

function refusalRow(written: string, files: readonly PackFile[]): readonly string[] {
  const { pack, problems } = loadPack(files, catalogue);
  assert.equal(pack, undefined, `${written} was let in`);
  const [first] = problems;
  assert.ok(first?.hint, written);
  return [written, first.message, first.hint];
}

const refusalHeader = ["written", "refused with", "write instead"];
const conditionTable = () =>
  tableText(
    refusalHeader,
    refusedConditions.map((text) => refusalRow(code(text), packOf(permit + forbid(`when { ${text} }`)))),
  );
const packTable = () =>
  tableText(
    refusalHeader,
    Object.entries(refusedPacks).map(([written, files]) => refusalRow(written, files)),
  );

/** Page and marker -> what stands between the marker and the next `<!-- end -->`. */
const made: readonly (readonly [page: string, marker: string, text: () => string])[] = [
  ...tableNames.map(
    (name) => ["docs/formats.md", `src/model/columns.ts: ${name}`, () => columnTable(tables[name].columns)] as const,
  ),
  ["docs/formats.md", "packs/: roles", roleTable],
  ["docs/formats.md", "src/model/functions.ts: functions", functionTable],
  [
    "docs/formats.md",
    "src/tasks/order.ts: order",
    () =>
      tableText(
        ["column", "holds"],
        Object.entries(orderColumns).map(([name, means]) => [code(name), means]),
      ),
  ],
  ["docs/formats.md", "src/tasks/verdict-rows.ts: verdicts", () => `Columns: ${csvHeader.map(code).join(", ")}.`],
  ["docs/write-a-pack.md", "src/facts/catalogue.ts: facts", factTable],
  ["docs/write-a-pack.md", "src/policy/: conditions", conditionTable],
  ["docs/write-a-pack.md", "src/policy/: packs", packTable],
];

function between(page: string, marker: string): { before: string; block: string; after: string } {
  const text = textOf(page);
  const begin = `<!-- made from ${marker} -->\n`;
  const at = text.indexOf(begin);
  assert.ok(at >= 0, `${page} has no block made from ${marker}`);
  const start = at + begin.length;
  const end = text.indexOf("<!-- end -->", start);
  return { before: text.slice(0, start), block: text.slice(start, end).trimEnd(), after: text.slice(end) };
}

for (const [page, marker, text] of made) {
  test(`${page} is up to date with ${marker}`, () => {
    const wanted = text();
    const { before, block, after: rest } = between(page, marker);
    if (process.env.WRITE_DOCS) writeFileSync(join(root, page), `${before}${wanted}\n${rest}`);
    else assert.equal(tidy(block), tidy(wanted));
  });
}

/** The names in backticks in the first column of the table below a line of a page. */
function firstColumn(page: string, header: string): readonly string[] {
  const lines = tidy(textOf(page)).split("\n");
  const at = lines.indexOf(tidy(header));
  assert.ok(at >= 0, `${page} has no table \`${header}\``);
  const length = lines.slice(at).findIndex((line) => !line.startsWith("|"));
  const rows = lines.slice(at + 2, length < 0 ? undefined : at + length);
  return rows.flatMap((row) => [...row.split("|")[1]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!));
}

test("the keys of freigabe.yaml are those of its schema", () => {
  const pathsOf = (schema: object, path: string): readonly string[] => {
    const { properties, items, patternProperties } = schema as {
      properties?: Record<string, object>;
      items?: object;
      patternProperties?: Record<string, object>;
    };
    if (properties)
      return Object.entries(properties).flatMap(([name, inner]) => {
        const own = path === "" ? name : `${path}.${name}`;
        return [own, ...pathsOf(inner, own)];
      });
    if (items) return pathsOf(items, `${path}[]`);
    // Records whose values are plain have no keys of their own to describe.
    return Object.values(patternProperties ?? {}).flatMap((inner) => pathsOf(inner, `${path}.*`));
  };
  assert.deepEqual(firstColumn("docs/formats.md", "| key | must be there | means |"), pathsOf(Config, ""));
});

test("the keys of pack.yaml, the annotations and the parameters are those of the code", () => {
  const page = "docs/write-a-pack.md";
  assert.deepEqual(firstColumn(page, "| key | must be there | means |"), Object.keys(PackManifest.properties));

  const { problems } = loadPack(refusedPacks["an annotation nobody knows"]!, catalogue);
  assert.equal(
    `known: ${firstColumn(page, "| annotation | must be there | holds |").join(" ")}`,
    problems[0]?.hint,
    "annotations",
  );

  assert.deepEqual(firstColumn(page, "| parameter | read by |").toSorted(), [...parameterNames].sort());
});

test("the example of freigabe.yaml and the fields of the results are those of their schemas", async () => {
  const fields = firstColumn("docs/formats.md", "| field | holds |").map((name) => name.replace("[]", ""));
  for (const name of Object.keys(Assessment.properties))
    assert.ok(fields.includes(name), `\`${name}\` is not described`);

  const assessed = JSON.parse((await runIn(root, ["assess", "examples/first", "--output", "json"])).out);
  assert.deepEqual(checkShape(Assessment, assessed, { file: "assessment" }).problems, []);
  assert.deepEqual(Object.keys(assessed).sort(), Object.keys(Assessment.properties).sort());
  const order = ["gate", "examples/first", "--order", "examples/first/order.csv", "--no-record", "--output", "json"];
  const gated = JSON.parse((await runIn(root, order)).out);
  assert.deepEqual(checkShape(GateResult, gated, { file: "gate" }).problems, []);
  assert.deepEqual(Object.keys(gated).sort(), Object.keys(GateResult.properties).sort());
});

// The tutorial

const scratch = mkdtempSync(join(tmpdir(), "freigabe-docs-"));
after(() => rmSync(scratch, { recursive: true }));

/** The blocks of a page that name a file, path -> text. */
function filesIn(page: string): ReadonlyMap<string, string> {
  const found = textOf(page).matchAll(/^```[a-z]+ file=(\S+)\n([\s\S]*?)^```$/gm);
  return new Map([...found].map(([, path, text]) => [path!, text!]));
}

test("the tutorial pack loads, passes its tests, and gives the answers shown", async () => {
  const page = "docs/write-a-pack.md";
  const files = filesIn(page);
  assert.equal(files.size, 4);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(scratch, path)), { recursive: true });
    writeFileSync(join(scratch, path), text);
  }
  const places = Object.fromEntries([...files.keys()].map((path) => [path, join(scratch, path)]));
  const { ran, compared, faults } = await checkPage(page, { files: places });
  assert.deepEqual(faults, []);
  assert.deepEqual([ran, compared], [7, 7]);
});

test("the tutorial pack, broken as the page says, is refused with the words shown", () => {
  const files = filesIn("docs/write-a-pack.md");
  const rules = files.get("house-rules/rules.cedar")!;
  const turned = rules.replace("unless { context.tested }", "when { context.tested }");
  assert.notEqual(turned, rules);
  const { problems } = loadPack(packOf(turned, files.get("house-rules/pack.yaml")), catalogue);
  const said = problems.map(({ message, hint }) => `${message}\ninstead: ${hint}`).join("\n");
  assert.ok(textOf("docs/write-a-pack.md").includes(`\`\`\`text\n${said}\n\`\`\``), said);
});

// Dependencies

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

test("every dependency has an exact version, and its line with that version and its licence", () => {
  const { dependencies, devDependencies, optionalDependencies }: Manifest = JSON.parse(textOf("package.json"));
  const lock: { packages: Record<string, { license?: string }> } = JSON.parse(textOf("package-lock.json"));
  const rows = tidy(textOf("docs/dependencies.md"))
    .split("\n")
    .filter((line) => line.startsWith("|`"))
    .map((line) => line.split("|").slice(1, 4).join(" "));
  const wanted = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).map(
    ([name, version]) => {
      assert.match(version, /^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/, `${name} has no exact version`);
      return `\`${name}\` ${version} ${lock.packages[`node_modules/${name}`]?.license}`;
    },
  );
  assert.deepEqual(rows, wanted);
});

// All pages

test("all pages are looked at", () => assert.ok(pages.length >= 12, pages.join()));

for (const page of pages) {
  test(`${page} links to what is there, and names files that are there`, () => {
    const text = textOf(page);
    const links = [...text.matchAll(/\]\(([^)#]+)/g)]
      .filter((match) => !match[1]!.startsWith("http"))
      .map((match) => join("docs", match[1]!));
    const named = [...text.matchAll(/`((?:src|test|packs|examples|schemas|docs|scripts)\/[\w./-]*)`/g)].map(
      (match) => match[1]!,
    );
    assert.deepEqual(
      [...links, ...named].filter((path) => !existsSync(join(root, path))),
      [],
    );
  });
}
