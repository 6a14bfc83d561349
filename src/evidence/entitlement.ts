import type { DocumentFormat } from "../model/document.ts";
import type { Meant } from "../model/envelope.ts";
import { type Grade, grades, type Role, type TrustedKey } from "../model/evidence.ts";
import { type RegisterKind, type RegisterPredicate, registerKinds, type Statement } from "../model/statement.ts";
import { differentKeys } from "./signature.ts";

/** What a role may say: with which grade, and whether only about itself (the party its key belongs to). */
interface Right {
  readonly grade: Grade;
  readonly self?: true;
}
type Rights = Readonly<Partial<Record<Role, Right>>>;

const issuer: Right = { grade: "issuer" };
const aboutItself: Right = { grade: "self-declared", self: true };

/** Who may say what. What stands nowhere may be said by nobody. */
const rights = {
  certificate: { body: issuer },
  "test-result": { lab: issuer },
  order: { authority: issuer },
  "update-statement": { body: issuer, lab: issuer, maker: { grade: "self-declared" } },
  // A declaration of trustworthiness is the maker's own act, so nobody is closer to it.
  guarantee: { maker: { grade: "issuer", self: true } },
  notice: { authority: issuer, operator: aboutItself },
  oversight: { authority: issuer, body: issuer, lab: issuer, maker: aboutItself },
  alias: { approver: issuer, operator: issuer },
  // Nobody else has counted its network.
  shares: { operator: { grade: "issuer", self: true } },
  posture: { partner: aboutItself, authority: issuer, body: issuer, lab: issuer, originator: issuer },
  "formal-notice": { originator: { grade: "issuer", self: true }, authority: { grade: "issuer", self: true } },
  "notice-reply": { partner: { grade: "issuer", self: true } },
  "supplier-comment": { maker: aboutItself },
  "recall-reply": { partner: { grade: "issuer", self: true } },
} as const satisfies Record<string, Rights>;

const registerRights: Readonly<Record<RegisterKind, Rights>> = {
  certificates: { body: issuer, operator: aboutItself },
  orders: { authority: issuer, operator: aboutItself },
  notices: { authority: issuer, operator: aboutItself },
  guarantees: { operator: aboutItself },
  maintenance: { operator: aboutItself },
  inventory: { operator: aboutItself },
};

/** Who may vouch for a document that carries no signature of its own, by its format. */
const documentRights: Readonly<Record<DocumentFormat, Rights>> = {
  CycloneDX: { maker: issuer },
  CSAF: { maker: issuer, authority: issuer, body: issuer },
  KEV: { authority: issuer, body: issuer },
};

/** Whether a role may sign such a statement at all, alone or as one of two who copy it. */
export function mayEverSign({ kind, register }: Meant, role: Role): boolean {
  if (kind === "register") {
    const kinds = register === undefined ? registerKinds : [register];
    return kinds.some((one) => role in registerRights[one] || (copiedRegisters.has(one) && copyists.has(role)));
  }
  return (kind in rights && role in rights[kind as keyof typeof rights]) || (copied.has(kind) && copyists.has(role));
}

const copied = new Set(["certificate", "test-result", "order", "guarantee", "oversight", "document"]);
const copiedRegisters = new Set<RegisterKind>(["certificates", "orders"]);
const copyists = new Set<Role>(["operator", "approver"]);

export type Entitlement =
  | { readonly grade: Grade; readonly signers: readonly TrustedKey[] }
  | { readonly refused: string };

/**
 * With which grade a statement counts, given the keys whose signatures hold at their time, and which of them give it
 * that grade; or why nobody among them may say it.
 */
export function entitlementOf(statement: Statement, keys: readonly TrustedKey[]): Entitlement {
  if (statement.kind === "exception") return exceptionEntitlement(statement, keys);
  if (statement.kind === "override" || statement.kind === "warning-decision")
    return officersEntitlement(statement, keys);
  if (statement.kind === "removal") return removalEntitlement(statement, keys);
  if (statement.predicate.transcriptOf) return transcriptEntitlement(statement, keys);
  const answers = keys.map((key) => ({ key, answer: rightOf(statement, key) }));
  const entitled = answers.flatMap(({ key, answer }) => ("grade" in answer ? [{ key, grade: answer.grade }] : []));
  const best = grades.find((grade) => entitled.some((one) => one.grade === grade));
  if (best !== undefined) {
    return { grade: best, signers: entitled.filter(({ grade }) => grade === best).map(({ key }) => key) };
  }
  const reasons = answers.flatMap(({ answer }) => ("refused" in answer ? [answer.refused] : []));
  return { refused: reasons.join("; ") };
}

function rightOf(statement: Statement, key: TrustedKey): { grade: Grade } | { refused: string } {
  const { what, of } = matterOf(statement);
  const right: Right | undefined = of[key.role];
  if (!right) {
    return { refused: `\`${key.id}\` has role ${key.role}, and ${what} comes from ${Object.keys(of).join(" or ")}` };
  }
  const about = partyNamed(statement, key.role);
  if (right.self && about !== key.party) {
    const named = about === undefined ? "names no party" : `is about \`${about}\``;
    return { refused: `\`${key.id}\` speaks for \`${key.party}\` alone, and the statement ${named}` };
  }
  const scheme = schemesNamed(statement).find((name) => key.schemes && !key.schemes.includes(name));
  if (scheme !== undefined) return { refused: `\`${key.id}\` does not speak for scheme \`${scheme}\`` };
  if (key.schemes && isRegister(statement, "certificates") && !statement.predicate.schemes?.length) {
    return { refused: `\`${key.id}\` speaks for ${key.schemes.join(", ")} alone, and the register names no schemes` };
  }
  return { grade: right.grade };
}

/** Two people copied a public document: two keys under two ids, whatever else they may say. */
function transcriptEntitlement(statement: Statement, keys: readonly TrustedKey[]): Entitlement {
  const { what, name } = matterOf(statement);
  const copyable = statement.kind === "register" ? copiedRegisters.has(statement.predicate.register) : copied.has(name);
  if (!copyable) return { refused: `${what} cannot be a transcript` };
  if (statement.kind === "register" && statement.predicate.operator !== undefined) {
    return { refused: "a register of what an operator holds is signed by the operator, not copied" };
  }
  const signers = keys.filter(({ role }) => copyists.has(role));
  const different = differentSigners(signers);
  if (different >= 2) return { grade: "transcript", signers };
  return { refused: `a transcript needs two signers with role operator or approver, got ${different}` };
}

/**
 * Two approvers of one role. Which role a rule demands (`@waivable`) stands in its pack, which is not known here; so any
 * role may sign, and whoever applies the exception compares.
 */
function exceptionEntitlement(statement: Statement, keys: readonly TrustedKey[]): Entitlement {
  if (statement.predicate.transcriptOf) return { refused: "an exception cannot be a transcript" };
  const signers = [...Map.groupBy(keys, ({ role }) => role).values()].filter((same) => differentSigners(same) >= 2);
  if (signers.length > 0) return { grade: "issuer", signers: signers.flat().sort((a, b) => (a.id < b.id ? -1 : 1)) };
  const got = keys.map(({ id, role }) => `\`${id}\` (${role})`).join(", ");
  return { refused: `an exception needs two different approvers of one role, got ${got}` };
}

/** Two officers: people of the originator who sign as approvers. */
function officersEntitlement(statement: Statement, keys: readonly TrustedKey[]): Entitlement {
  const what = statement.kind === "override" ? "an override" : "a decision about a warning";
  if (statement.predicate.transcriptOf) return { refused: `${what} cannot be a transcript` };
  const signers = keys.filter(({ role }) => role === "approver");
  const different = differentSigners(signers);
  if (different >= 2) return { grade: "issuer", signers };
  return { refused: `${what} needs two different officers (role approver), got ${different}` };
}

const witnesses = new Set<Role>(["authority", "body", "lab"]);

/**
 * Two people, one of them of the operator: whoever keeps the tables could else make a network green alone, by leaving things out.
 * The other is of the operator too, or somebody from outside who saw it; then it is no longer its own word alone.
 */
function removalEntitlement(
  statement: Extract<Statement, { kind: "removal" }>,
  keys: readonly TrustedKey[],
): Entitlement {
  if (statement.predicate.transcriptOf) return { refused: "a removal cannot be a transcript" };
  const { operator } = statement.predicate;
  const own = keys.filter(({ role, party }) => copyists.has(role) && party === operator);
  const others = keys.filter(({ role }) => witnesses.has(role));
  const signers = [...own, ...others].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (own.length > 0 && differentSigners(signers) >= 2)
    return { grade: others.length > 0 ? "issuer" : "self-declared", signers };
  const got = keys.map(({ id, role, party }) => `\`${id}\` (${role} of \`${party}\`)`).join(", ");
  return {
    refused: `a removal needs two different people, one of them operator or approver of \`${operator}\`, the other too, or an authority, body or lab; got ${got}`,
  };
}

/** How many people there are at least: one key under two ids or in two encodings is one, and so are two keys under one id. */
export function differentSigners(keys: readonly TrustedKey[]): number {
  return Math.min(differentKeys(keys), new Set(keys.map(({ id }) => id)).size);
}

function matterOf(statement: Statement): { name: string; what: string; of: Rights } {
  if (statement.kind === "register") {
    const { register } = statement.predicate;
    return { name: register, what: `a register of ${register}`, of: registerRights[register] };
  }
  if (statement.kind === "document") {
    const { format } = statement.predicate;
    return { name: "document", what: `a ${format} document`, of: documentRights[format] };
  }
  const { kind } = statement;
  if (kind === "exception" || kind === "override" || kind === "removal" || kind === "warning-decision") {
    throw new Error(`statements of kind ${kind} have a rule of their own`);
  }
  const name = statement.kind === "declaration" ? statement.predicate.declaration : statement.kind;
  const words = name.replace("-", " ");
  if (name === "shares") return { name, what: "shares of a network", of: rights[name] };
  if (name === "posture") return { name, what: "the posture of a network", of: rights[name] };
  return { name, what: `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`, of: rights[name] };
}

/** The party a statement is about, in the capacity of `role`. */
function partyNamed(statement: Statement, role: Role): string | undefined {
  const { predicate } = statement;
  if (role === "maker") return "maker" in predicate ? predicate.maker : undefined;
  if (role === "partner") return "partner" in predicate ? predicate.partner : undefined;
  if (role === "originator" || role === "authority")
    return "originator" in predicate ? predicate.originator : undefined;
  return "operator" in predicate ? predicate.operator : undefined;
}

/** Schemes a statement speaks of. Test results and update statements name none; for them the facts compare. */
function schemesNamed(statement: Statement): readonly string[] {
  if (statement.kind === "certificate") return [statement.predicate.scheme];
  if (!isRegister(statement, "certificates")) return [];
  return [...(statement.predicate.schemes ?? []), ...entrySchemes(statement.predicate)];
}

function entrySchemes(register: RegisterPredicate): readonly string[] {
  return register.entries.flatMap((entry) => ("scheme" in entry ? [entry.scheme] : []));
}

function isRegister(statement: Statement, kind: RegisterKind): statement is Statement & { kind: "register" } {
  return statement.kind === "register" && statement.predicate.register === kind;
}
