import { createHash } from "node:crypto";
import { partnerFacts } from "../../disclosure/facts.ts";
import { checkShape } from "../../model/check.ts";
import type { Condition } from "../../model/condition.ts";
import { UserError } from "../../model/errors.ts";
import type { TrustedKey } from "../../model/evidence.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import { documentProblem, type Problem } from "../../model/problem.ts";
import { Sharing } from "../../model/sharing.ts";
import { loadCondition } from "../../policy/condition.ts";
import { decodeUtf8 } from "../../readers/json.ts";
import { readTrust, recognisesTrust } from "../../readers/trust.ts";
import { readYaml } from "../../readers/yaml.ts";
import { documentFiles, recognisesCondition } from "../document-files.ts";

const mostBytes = 1_000_000;

/** What an originator's folder says: with whom it shares what, on which conditions, and whose keys count. */
export interface House {
  readonly sharing: Sharing;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly trust: readonly TrustedKey[];
  readonly problems: readonly Problem[];
  /** Every file that a decision rests on. */
  readonly files: readonly ReadFile[];
}

/**
 * Reads `sharing.yaml`, `conditions/*.cedar` and `trust/`. A condition with a problem is none, and what carries it is
 * withheld; a `sharing.yaml` with one is a `UserError`.
 */
export function openHouse(folder: FolderFiles): House {
  const file = folder.read("sharing.yaml", mostBytes);
  if (!file) {
    const hint = "`sharing.yaml` says with whom what is shared, docs/disclosure.md";
    throw new UserError(`no \`sharing.yaml\` in \`${folder.root}\``, hint);
  }
  const sharing = readSharing(file);
  const inTrust = documentFiles(folder, "trust", recognisesTrust, mostBytes);
  const trust = readTrust(inTrust.files);
  const inConditions = documentFiles(folder, "conditions", recognisesCondition, mostBytes);
  const read = inConditions.files.map(readCondition);
  const conditions = new Map<string, Condition>();
  const twice = read.flatMap(({ condition }): readonly Problem[] => {
    if (!condition) return [];
    // Nobody can say which of two is meant, so neither counts.
    const count = read.filter((other) => other.condition?.id === condition.id).length;
    if (count === 1) conditions.set(condition.id, condition);
    if (count === 1) return [];
    const message = `condition \`${condition.id}\` stands in two files; neither counts`;
    return [documentProblem("duplicate-id", message, { file: condition.file }, "give each condition an id of its own")];
  });
  return {
    sharing,
    conditions,
    trust: trust.keys,
    problems: [
      ...trust.problems,
      ...inTrust.problems,
      ...inConditions.problems,
      ...read.flatMap(({ problems }) => problems),
      ...twice,
      ...unlisted(sharing, [...conditions.values()]),
    ],
    files: [file, ...inConditions.files, ...inTrust.files],
  };
}

/** Conditions that speak of a list nobody can compare: nobody meets them. */
function unlisted({ lists = {} }: Sharing, conditions: readonly Condition[]): readonly Problem[] {
  return conditions.flatMap(({ id, roles, file }) =>
    roles
      .filter((role) => !Object.hasOwn(lists, role))
      .map((role) => {
        const message = `condition \`${id}\` speaks of the role \`${role}\`, and \`lists\` in \`sharing.yaml\` does not say who has it`;
        const hint = `under \`lists\`: \`${role}: [ID, ...]\`; until then every share is open`;
        return documentProblem("missing-value", message, { file }, hint);
      }),
  );
}

function readCondition(file: ReadFile) {
  const text = decodeUtf8(file.bytes);
  if (text === undefined) return { problems: [documentProblem("not-json", "expected UTF-8", { file: file.name })] };
  return loadCondition({ path: file.name, text }, partnerFacts);
}

function readSharing(file: ReadFile): Sharing {
  const yaml = readYaml(file.bytes, file.name);
  const checked =
    yaml.problems.length > 0 ? yaml : checkShape(Sharing, yaml.value, { file: file.name, lineOf: yaml.lineOf });
  const [problem] = checked.problems;
  if (problem || !("value" in checked)) {
    const line = problem?.place.line === undefined ? "" : `:${problem.place.line}`;
    throw new UserError(
      `\`${file.name}${line}\`: ${problem?.message ?? "cannot be read"}`,
      problem?.hint ?? "docs/disclosure.md shows one",
    );
  }
  const sharing = checked.value as Sharing;
  refuseTwice(sharing, file.name);
  return sharing;
}

function refuseTwice({ collections, partners, originator }: Sharing, file: string): void {
  const ids = [...partners.map(({ id }) => id), originator];
  const names = collections.flatMap(({ id, alias }) => [id, ...(alias === undefined ? [] : [alias])]);
  for (const list of [ids, names]) {
    const twice = list.find((name, at) => list.indexOf(name) !== at);
    if (twice !== undefined)
      throw new UserError(`\`${file}\`: \`${twice}\` stands twice`, "each id and alias belongs to one");
  }
  for (const { title, read, write } of collections) {
    const named = [read, write ?? []].flatMap((list) => (list === "all" ? [] : list));
    const stray = named.find((name) => !ids.includes(name));
    if (stray !== undefined) {
      throw new UserError(
        `\`${file}\`: collection \`${title}\` names \`${stray}\`, who is no partner`,
        "list it under `partners`",
      );
    }
  }
}

/** SHA-256 of a text in hex. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}
