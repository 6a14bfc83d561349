import Type from "typebox";
import { checkShape } from "../model/check.ts";
import { digestLengths } from "../model/digest.ts";
import type { Content } from "../model/envelope.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import {
  predicates,
  type RegisterKind,
  registerKinds,
  type Statement,
  type StatementKind,
  statementKinds,
  statementType,
} from "../model/statement.ts";
import { readJson } from "./json.ts";
import { subjectName, withNames } from "./names.ts";
import { isRecord } from "./records.ts";

/** in-toto Attestation Framework, Statement v1; unknown fields are ignored, as it demands. */
const StatementShape = Type.Object({
  _type: Type.String(),
  subject: Type.Array(
    Type.Object({
      name: Type.String({ minLength: 1, maxLength: 500 }),
      digest: Type.Record(
        Type.String({ minLength: 1, maxLength: 40 }),
        Type.String({ pattern: "^[0-9a-f]+$", maxLength: 128, description: "a digest in lower-case hex" }),
        { minProperties: 1 },
      ),
    }),
    { minItems: 1, maxItems: 1000 },
  ),
  predicateType: Type.String({ minLength: 1, maxLength: 300 }),
  predicate: Type.Unknown(),
});

const Head = Type.Object({ _type: Type.String({ maxLength: 300 }), predicateType: Type.String({ maxLength: 300 }) });

/** Reads the payload of an envelope. Pointers of problems begin at the statement. */
export function readStatement(payload: Uint8Array, file: string): Content {
  const json = readJson(payload, file);
  if (json.problems.length > 0) return { kind: "broken", problems: json.problems };
  const head = checkShape(Head, json.value, { file });
  if (!("value" in head)) return { kind: "broken", problems: head.problems };
  const { _type, predicateType } = head.value;
  if (_type !== statementType) {
    return { kind: "foreign", message: `expected statement type \`${statementType}\`, got \`${_type}\`` };
  }
  const kind = kindOf(predicateType);
  if (!kind) return { kind: "foreign", message: `predicate type \`${predicateType}\` is not one that decides here` };
  return readKnown(kind, withNames(json.value), file);
}

function readKnown(kind: StatementKind, value: unknown, file: string): Content {
  const outer = checkShape(StatementShape, value, { file });
  if (!("value" in outer)) return { kind: "broken", problems: outer.problems, meant: { kind } };
  const predicate = checkShape(predicates[kind].schema, outer.value.predicate, { file, pointer: "/predicate" });
  const register = kind === "register" ? registerNamed(outer.value.predicate) : undefined;
  const meant = { kind, ...(register && { register }) };
  if (!("value" in predicate)) return { kind: "broken", problems: predicate.problems, meant };
  const faults = outer.value.subject.flatMap(({ digest }, at) => digestFaults(digest, `/subject/${at}/digest`, file));
  if (faults.length > 0) return { kind: "broken", problems: faults, meant };
  const subjects = outer.value.subject.map(({ name, digest }) => ({ name: subjectName(name), digest }));
  return { kind: "statement", statement: { kind, predicate: predicate.value, subjects } as Statement };
}

/** Names that in-toto does not know, and digests that are not as long as their names say. */
function digestFaults(digest: Readonly<Record<string, string>>, pointer: string, file: string): readonly Problem[] {
  const hint = `known are ${Object.keys(digestLengths).join(", ")}`;
  return Object.entries(digest).flatMap(([name, hex]) => {
    const lengths = Object.hasOwn(digestLengths, name) ? digestLengths[name] : undefined;
    if (lengths?.includes(hex.length)) return [];
    const message = lengths
      ? `expected ${lengths.join(" or ")} hex digits, got ${hex.length}`
      : `\`${name}\` is no digest algorithm known here`;
    return [documentProblem("wrong-shape", message, { file, pointer: `${pointer}/${name}` }, hint)];
  });
}

function registerNamed(predicate: unknown): RegisterKind | undefined {
  const named = isRecord(predicate) ? predicate.register : undefined;
  return registerKinds.find((kind) => kind === named);
}

function kindOf(predicateType: string): StatementKind | undefined {
  return statementKinds.find((kind) => predicates[kind].uri === predicateType);
}
