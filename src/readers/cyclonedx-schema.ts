import { documentProblem, type Problem } from "../model/problem.ts";
import { pointerOf } from "./json.ts";

export const cycloneDxVersions = ["1.4", "1.5", "1.6", "1.7"] as const;
export type CycloneDxVersion = (typeof cycloneDxVersions)[number];

/** Length from which a list of the outermost object is checked in pieces. */
export const piece = 500;
const longLists = ["components", "dependencies", "vulnerabilities", "services"] as const;
const longestMessage = 200;

type Bom = Readonly<Record<string, unknown>>;
type Validate = (text: string) => Promise<readonly SchemaError[] | null>;
interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
}

const validators = new Map<CycloneDxVersion, Promise<Validate>>();

/**
 * What the official schema of the version has against a document (CycloneDX 1.4 to 1.7, JSON Schema): its first fault, or
 * nothing. Entries that stand twice in a long list are looked for here, since the schema checker compares each with each.
 */
export async function schemaProblems(bom: Bom, version: CycloneDxVersion, file: string): Promise<readonly Problem[]> {
  const validate = await validatorOf(version);
  for (const { part, offsets } of piecesOf(bom)) {
    const [error] = (await validate(JSON.stringify(part))) ?? [];
    if (error) return [schemaProblem(error, offsets, version, file)];
  }
  return longLists.flatMap((name) => twiceIn(bom, name, file)).slice(0, 1);
}

/** The library is large: a run without such documents does not load it. */
function validatorOf(version: CycloneDxVersion): Promise<Validate> {
  const known = validators.get(version) ?? loadValidator(version);
  validators.set(version, known);
  return known;
}

async function loadValidator(version: CycloneDxVersion): Promise<Validate> {
  const [{ Version }, { JsonValidator }] = await Promise.all([
    import("@cyclonedx/cyclonedx-library/Spec"),
    import("@cyclonedx/cyclonedx-library/Validation"),
  ]);
  const { v1dot4, v1dot5, v1dot6, v1dot7 } = Version;
  const names = { "1.4": v1dot4, "1.5": v1dot5, "1.6": v1dot6, "1.7": v1dot7 } as const;
  const validator = new JsonValidator(names[version]);
  return (text) => validator.validate(text);
}

/** The document with the first piece of each long list, then each further piece in a document without the other lists. */
function* piecesOf(bom: Bom): Generator<{ readonly part: Bom; readonly offsets: Readonly<Record<string, number>> }> {
  const long = longLists.filter((name) => lengthOf(bom[name]) > piece);
  const sliced = (name: string, from: number) => (bom[name] as readonly unknown[]).slice(from, from + piece);
  yield { part: { ...bom, ...Object.fromEntries(long.map((name) => [name, sliced(name, 0)])) }, offsets: {} };
  const { $schema, bomFormat, specVersion, version } = bom;
  const frame = {
    ...($schema !== undefined && { $schema }),
    bomFormat,
    specVersion,
    ...(version !== undefined && { version }),
  };
  for (const name of long) {
    for (let from = piece; from < lengthOf(bom[name]); from += piece) {
      yield { part: { ...frame, [name]: sliced(name, from) }, offsets: { [name]: from } };
    }
  }
}

function schemaProblem(
  { instancePath, message = "does not fit" }: SchemaError,
  offsets: Readonly<Record<string, number>>,
  version: string,
  file: string,
): Problem {
  const pointer = instancePath.replace(/^\/([a-z]+)\/([0-9]+)/, (whole, name: string, index: string) =>
    offsets[name] === undefined ? whole : pointerOf([name, Number(index) + offsets[name]]),
  );
  const text = `not CycloneDX ${version} as its schema wants it: ${message.replaceAll('"', "`").slice(0, longestMessage)}`;
  return documentProblem("wrong-shape", text, { file, pointer });
}

function twiceIn(bom: Bom, name: string, file: string): readonly Problem[] {
  const list = bom[name];
  if (!Array.isArray(list) || list.length <= piece) return [];
  const seen = new Set<string>();
  for (const [index, entry] of list.entries()) {
    const text = JSON.stringify(sorted(entry));
    if (seen.has(text)) {
      const place = { file, pointer: pointerOf([name, index]) };
      return [documentProblem("wrong-shape", `entry of \`${name}\` stands twice`, place)];
    }
    seen.add(text);
  }
  return [];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
