import Type, { type Static } from "typebox";
import { UserError } from "../../model/errors.ts";
import { byWord, closed } from "./described-map.ts";

const opt = Type.Optional;
/** An id that can stand in a list joined by `;`. */
const Id = Type.String({ minLength: 1, maxLength: 200, pattern: "^[^;]*$" });

/** What a person may say about a published network; nothing of it has to be said. */
export const TopologyMap = Type.Object(
  {
    file: opt(
      Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,59}$", description: "name of the file below the table's folder" }),
    ),
    /** Whose network it is. */
    operator: opt(Id),
    /** Id or name of a node -> id of `sites.csv`. */
    sites: byWord(Id),
  },
  closed,
);
export type TopologyMap = Static<typeof TopologyMap>;

/** A published network's owner, who stands nowhere in it. Throws `UserError` if nobody says or two say otherwise. */
export function operatorOf(map: TopologyMap, given: string | undefined): string {
  if (given !== undefined && map.operator !== undefined && given !== map.operator) {
    const hint = "leave one of them out";
    throw new UserError(`\`--operator\` says \`${given}\`, the map says \`${map.operator}\``, hint);
  }
  const operator = given ?? map.operator;
  if (operator === undefined)
    throw new UserError("a topology does not say whose it is", "name the operator: `--operator ID`");
  if (!/^[^;\p{Cc}]{1,200}$/u.test(operator))
    throw new UserError(`expected an id without \`;\` after \`--operator\`, got \`${operator.slice(0, 60)}\``);
  return operator;
}
