import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import published from "../../../schemas/stix-2.1/schemas.json" with { type: "json" };

type Json = Readonly<Record<string, unknown>>;

const schemas = published as Readonly<Record<string, { readonly $id: string }>>;
const validators = new Map<string, ValidateFunction>();
let checker: Ajv2020 | undefined;

/**
 * What the schemas of STIX 2.1 have against an object (OASIS, repaired as `schemas/stix-2.1/README.md` says); undefined:
 * nothing. A type without a schema is checked for the common properties alone.
 */
export function structureFault(json: Json): string | undefined {
  const { type } = json;
  if (
    typeof type !== "string" ||
    type.length < 3 ||
    type.length > 250 ||
    !/^[a-z][a-z0-9]*(-[a-z0-9]+)*-?$/.test(type)
  ) {
    return "expected a `type` of 3 to 250 lower-case letters, digits and hyphens";
  }
  const validate = validatorOf(
    Object.hasOwn(schemas, type) ? type : isObservable(json) ? "cyber-observable-core" : "core",
  );
  if (validate(json)) return undefined;
  const errors = validate.errors ?? [];
  const error = errors.find(({ keyword }) => !["allOf", "anyOf", "oneOf", "if"].includes(keyword)) ?? errors[0];
  return `at \`${error?.instancePath.slice(0, 200) || "/"}\`: ${error?.message?.slice(0, 300) ?? "does not fit the schema"}`;
}

/** Types of others say by an extension that they are observables; those have neither `created` nor `modified`. */
function isObservable({ extensions, created }: Json): boolean {
  if (created !== undefined || typeof extensions !== "object" || extensions === null) return false;
  return Object.values(extensions).some((one) => one?.extension_type === "new-sco");
}

/** Schemas compile when they are first needed: a server starts with none. */
function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name) ?? compile(name);
  validators.set(name, known);
  return known;
}

function compile(name: string): ValidateFunction {
  // Some patterns escape what the unicode mode forbids to escape.
  checker ??= new Ajv2020({
    strict: false,
    unicodeRegExp: false,
    validateFormats: false,
    schemas: Object.values(schemas),
  });
  const validate = checker.getSchema(schemas[name]!.$id);
  if (!validate) throw new Error(`no schema ${name}`);
  return validate;
}
