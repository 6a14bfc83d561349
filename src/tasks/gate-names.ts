import { splitFunctions } from "../model/functions.ts";
import type { NamedKind } from "../model/named.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import { knownNames, tableOf } from "./known-names.ts";
import { unplacedStatements } from "./name-findings.ts";
import type { OrderedLine } from "./order.ts";
import type { Workspace } from "./workspace.ts";

/**
 * What of an order's lines, and of the statements they are measured by, nobody can place: each with the id most like it. An
 * operator or function that nobody here has may be the one that an order of an authority names.
 */
export function strangeInOrder(workspace: Workspace, file: string, lines: readonly OrderedLine[]): readonly Problem[] {
  const { knowledge, packs, asOf } = workspace;
  const known = knownNames(knowledge, packs);
  const ofLines = lines.flatMap(({ line, operator, functions }) => {
    const names = [
      ["operator", operator] as const,
      ...splitFunctions(functions).map((name) => ["function", name] as const),
    ];
    return names.flatMap(([kind, text]) =>
      known.has(kind, text, asOf) ? [] : [strange(kind, text, known.nearest(kind, text), { file, line })],
    );
  });
  const ofStatements = unplacedStatements(workspace, known).map(({ title, detail, places }) =>
    documentProblem("dangling-reference", title, places[0] ?? { file }, detail),
  );
  return [...ofLines, ...ofStatements];
}

function strange(kind: NamedKind, text: string, near: string | undefined, place: Problem["place"]): Problem {
  const nearest = near === undefined ? "" : ` (nearest: \`${near}\`)`;
  const message = `\`${kind}\`: \`${text}\` is none of ${tableOf[kind]}${nearest}`;
  return documentProblem(
    "dangling-reference",
    message,
    place,
    "an order in force may mean it, so it stays open for it",
  );
}
