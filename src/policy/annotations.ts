import { type Day, isDay } from "../model/day.ts";
import { roles } from "../model/evidence.ts";
import { certainties, type Rule, type RuleKind } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import type { PolicyJson } from "./cedar.ts";
import type { Part } from "./parts.ts";
import { refusal } from "./refusal.ts";

const required = ["id", "kind", "title", "cites", "certainty", "remedy", "waivable"] as const;
const optional = ["as", "from", "until"] as const;

/** Words an annotation must be one of. */
const closed: Readonly<Record<string, readonly string[]>> = {
  kind: ["duty", "prohibition", "limit", "advice"] satisfies readonly RuleKind[],
  certainty: [...certainties, "own-policy"],
  waivable: [...roles, "nobody"],
};

type Described = Omit<Rule, "reads">;

/** What the annotations of a `forbid` say about it. Any that is missing, unknown or malformed is a problem. */
export function readAnnotations(
  part: Part,
  json: PolicyJson,
): { readonly rule?: Described; readonly problems: readonly Problem[] } {
  const found = new Map(Object.entries(json.annotations ?? {}));
  const problems = [...missing(part, found), ...[...found].flatMap(([name, value]) => checkOne(part, name, value))];
  const [from, until] = [found.get("from"), found.get("until")];
  if (problems.length === 0 && from && until && from > until) {
    problems.push(refusal(part, `expected \`@until\` after \`@from("${from}")\`, got \`${until}\``, "swap the days"));
  }
  if (found.has("as") && found.get("kind") !== "limit") {
    const message = `expected \`@kind("limit")\` beside \`@as\`, got \`${found.get("kind") ?? ""}\``;
    problems.push(refusal(part, message, "only a limit may weigh less, as advice"));
  }
  if (problems.length > 0) return { problems };
  return { rule: describe(part, found), problems };
}

function missing(part: Part, found: ReadonlyMap<string, string | null>): Problem[] {
  return required
    .filter((name) => !found.has(name))
    .map((name) =>
      refusal(part, `expected an annotation \`@${name}\` on this forbid, got none`, `add ${example(name)}`),
    );
}

// A flag without a value comes as null, which the types of cedar-wasm do not say.
function checkOne(part: Part, name: string, value: string | null): readonly Problem[] {
  if (!isOneOf(name, [...required, ...optional])) {
    const known = [...required, ...optional].map((word) => `@${word}`).join(" ");
    return [refusal(part, `\`@${name}\` is not an annotation of rules`, `known: ${known}`)];
  }
  const wrong = (expected: string) => [
    refusal(part, `expected \`@${name}\` to be ${expected}, got \`${value ?? ""}\``, `for example ${example(name)}`),
  ];
  if (value === null || value.trim() === "") return wrong("filled in");
  if (/[\p{Cc}\p{Cf}]/u.test(value)) return wrong("plain text without control characters");
  if (name === "id" && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(value)) return wrong("letters, digits, `.`, `_`, `-`");
  if (name === "as") return /^[A-Za-z][A-Za-z0-9]{0,59}$/.test(value) ? [] : wrong("the name of a parameter");
  if (isOneOf(name, optional)) return isDay(value) ? [] : wrong("a day that exists, `YYYY-MM-DD`");
  const words = closed[name];
  return words && !words.includes(value) ? wrong(`one of ${words.join(", ")}`) : [];
}

function describe(part: Part, found: ReadonlyMap<string, string>): Described {
  const text = (name: string): string => found.get(name) ?? "";
  const day = (name: "from" | "until"): { [key in typeof name]?: Day } =>
    found.has(name) ? { [name]: text(name) } : {};
  const kind = text("kind");
  if (!isKind(kind)) throw new Error(`rule of kind ${kind} passed the check`);
  return {
    id: text("id"),
    kind,
    title: text("title"),
    cites: text("cites"),
    certainty: text("certainty"),
    remedy: text("remedy"),
    waivable: text("waivable"),
    ...(found.has("as") && { as: text("as") }),
    ...day("from"),
    ...day("until"),
    file: part.file,
    line: part.line,
    text: part.text,
  };
}

function isKind(word: string): word is RuleKind {
  return closed.kind?.includes(word) === true;
}

function isOneOf(name: string, names: readonly string[]): boolean {
  return names.includes(name);
}

function example(name: string): string {
  const values: Readonly<Record<string, string>> = {
    id: "DE-CERT-3",
    kind: "duty",
    title: "The certificate names the deployed release",
    cites: "TKG 165(4)",
    certainty: "S",
    remedy: "Deploy the certified release",
    waivable: "nobody",
    as: "makersWeigh",
    from: "2026-01-01",
    until: "2026-12-31",
  };
  return `\`@${name}("${values[name]}")\``;
}
