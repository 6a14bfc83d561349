import { createHash } from "node:crypto";
import { type Condition, improvements, tellings, variants } from "../model/condition.ts";
import { isDay } from "../model/day.ts";
import { assurances } from "../model/exchange.ts";
import type { FactDefinition } from "../model/fact.ts";
import type { PackFile } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import { parsePolicy } from "./cedar.ts";
import { loadPack } from "./load.ts";
import { type Part, splitFile } from "./parts.ts";
import { refusal } from "./refusal.ts";

const required = ["id", "version", "title", "from", "oldest", "assurance"] as const;
const optional = ["onImprove", "otherwise", "tell", "roles", "nations", "purposes"] as const;
const closed: Readonly<Record<string, readonly string[]>> = {
  assurance: assurances,
  onImprove: improvements,
  otherwise: variants,
  tell: tellings,
};

/**
 * Reads a condition: a Cedar file whose one blanket permit carries what the condition says about itself as annotations,
 * and whose forbids are rules as in a pack, over facts of a partner. Never throws for what the file says; a file with any
 * problem is no condition at all, and whatever carries it is withheld.
 */
export function loadCondition(
  file: PackFile,
  catalogue: readonly FactDefinition[],
): { readonly condition?: Condition; readonly problems: readonly Problem[] } {
  const { parts, problems } = splitFile(file);
  if (problems.length > 0) return { problems };
  const permit = parts.find(isPermit);
  if (!permit) {
    const hint = "begin with an annotated `permit (principal, action, resource);`, docs/disclosure.md";
    return { problems: [refusal({ file: file.path, line: 1 }, "expected one permit, got none", hint)] };
  }
  const read = readHead(permit);
  if (!read.head) return { problems: read.problems };
  const { pack, problems: faults } = loadPack([manifestOf(read.head), { ...file, path: "rules.cedar" }], catalogue);
  if (!pack)
    return { problems: faults.map((problem) => ({ ...problem, place: { ...problem.place, file: file.path } })) };
  const sha256 = createHash("sha256").update(file.text).digest("hex");
  return { condition: { ...read.head, file: file.path, sha256, pack }, problems: [] };
}

type Head = Omit<Condition, "file" | "sha256" | "pack">;

function isPermit(part: Part): boolean {
  const json = parsePolicy(part.text);
  return "effect" in json && json.effect === "permit";
}

function readHead(part: Part): { readonly head?: Head; readonly problems: readonly Problem[] } {
  const json = parsePolicy(part.text);
  const found = new Map(Object.entries(("effect" in json ? json.annotations : undefined) ?? {}));
  const problems = [
    ...required
      .filter((name) => !found.has(name))
      .map((name) => refusal(part, `expected an annotation \`@${name}\` on the permit, got none`, example(name))),
    ...[...found].flatMap(([name, value]) => faultOf(part, name, value)),
  ];
  if (problems.length > 0) return { problems };
  const text = (name: string) => found.get(name) ?? "";
  const word = <T extends string>(name: string, known: readonly T[], usual: T): T =>
    known.find((one) => one === found.get(name)) ?? usual;
  const head: Head = {
    id: text("id"),
    version: text("version"),
    title: text("title"),
    from: text("from"),
    oldest: Number(text("oldest")),
    assurance: word("assurance", assurances, "recomputed"),
    onImprove: word("onImprove", improvements, "queue"),
    otherwise: word("otherwise", variants, "none"),
    tell: word("tell", tellings, "nothing"),
    roles: list(text("roles")),
    nations: list(text("nations")),
    purposes: list(text("purposes")),
  };
  return { head, problems: [] };
}

// A flag without a value comes as null, which the types of cedar-wasm do not say.
function faultOf(part: Part, name: string, value: string | null): readonly Problem[] {
  const known: readonly string[] = [...required, ...optional];
  const wrong = (expected: string) => [
    refusal(part, `expected \`@${name}\` to be ${expected}, got \`${value ?? ""}\``, example(name)),
  ];
  if (!known.includes(name)) {
    return [refusal(part, `\`@${name}\` is not an annotation of a condition`, `known: @${known.join(" @")}`)];
  }
  if (value === null || value.trim() === "") return wrong("filled in");
  if (/[\p{Cc}\p{Cf}]/u.test(value)) return wrong("plain text without control characters");
  if (name === "id" && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(value)) return wrong("letters, digits, `.`, `_`, `-`");
  if (name === "from" && !isDay(value)) return wrong("a day that exists, `YYYY-MM-DD`");
  if (name === "oldest" && !/^[1-9][0-9]{0,3}$/.test(value)) return wrong("days, 1 to 9999");
  const words = closed[name];
  return words && !words.includes(value) ? wrong(`one of ${words.join(", ")}`) : [];
}

function list(text: string): readonly string[] {
  return text.split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
}

/** The manifest a pack of these rules would have. */
function manifestOf({ id, version, title }: Head): PackFile {
  const name = `condition-${createHash("sha256").update(id).digest("hex").slice(0, 16)}`;
  const text = JSON.stringify({ name, version, title, actions: ["disclose"] });
  return { path: "pack.yaml", text };
}

function example(name: string): string {
  const values: Readonly<Record<string, string>> = {
    id: "DEMO-BUILT-OR-MAINTAINED",
    version: "1",
    title: "No listed maker builds or maintains the network",
    from: "2019-05-01",
    oldest: "30",
    assurance: "audited",
    onImprove: "queue",
    otherwise: "tearline",
    tell: "reason",
    roles: "listed-maker",
    nations: "DE, FR",
    purposes: "network-defence",
  };
  return `for example \`@${name}("${values[name] ?? ""}")\``;
}
