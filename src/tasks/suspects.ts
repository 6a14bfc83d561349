import { belongsTo, seatOf } from "../facts/owners.ts";
import { resolve, successorOn } from "../facts/suppliers.ts";
import { UserError } from "../model/errors.ts";
import { freeFloat, type Supplier } from "../model/inventory.ts";
import type { Network, Suspect } from "../model/network.ts";
import { type Candidate, likenessTo } from "./match/likeness.ts";
import type { Workspace } from "./workspace.ts";

/** Whom a person asks about; all that is named is looked at as one. */
export interface Suspicion {
  /** Supplier ids, or texts that a signed alias explains. */
  readonly suppliers?: readonly string[];
  /** Supplier ids, or other holders as `owners.csv` names them: they and all that they control. */
  readonly owners?: readonly string[];
  /** Countries, ISO 3166-1 alpha-2: who has the seat there, or is controlled by one that has. */
  readonly jurisdictions?: readonly string[];
}

type Who = Pick<Workspace, "knowledge" | "asOf">;
/** Whether a supplier of the network belongs to what is asked about. */
type Belongs = (supplier: string) => boolean | "unknown";

const mostProposed = 5;
const leastAlike = 0.3;

/**
 * The suppliers of a network that are asked about, as one. Whoever might belong to them, for owners or seats are not known,
 * is in `may`. One who stands behind nothing is allowed: both lists may be empty. Throws `UserError`, with names alike, for a
 * supplier or owner that nobody knows, for a country in which no supplier has its seat, and if nothing is asked.
 */
export function suspectsOf(who: Who, { suppliers }: Pick<Network, "suppliers">, asked: Suspicion): Suspect {
  const groups = [
    ...(asked.suppliers ?? []).map((text) => ofSupplier(who, text)),
    ...ofOwners(who, asked.owners ?? []),
    ...(asked.jurisdictions ?? []).map((text) => ofCountry(who, text)),
  ];
  if (groups.length === 0) {
    const hint = "name one with `--supplier`, `--owner` or `--jurisdiction`";
    throw new UserError("expected at least one supplier to look at, got none", hint);
  }
  const standing = suppliers.map((id) => groups.map(({ belongs }) => belongs(id)));
  const numbers = (wanted: (known: readonly (boolean | "unknown")[]) => boolean) =>
    standing.flatMap((known, number) => (wanted(known) ? [number] : []));
  return {
    name: [...new Set(groups.map(({ name }) => name))].sort().join(" + "),
    sure: numbers((known) => known.includes(true)),
    may: numbers((known) => !known.includes(true) && known.includes("unknown")),
  };
}

/** Every supplier of a network by itself, in the order of their numbers. */
export function everySuspect({ suppliers }: Pick<Network, "suppliers">): readonly Suspect[] {
  return suppliers.map((name, number) => ({ name, sure: [number], may: [] }));
}

interface Group {
  readonly name: string;
  readonly belongs: Belongs;
}

function ofSupplier({ knowledge, asOf }: Who, text: string): Group {
  const found = resolve(knowledge, "supplier", text, asOf);
  if (found.id === undefined) {
    const { suppliers } = knowledge.companies;
    throw found.why.code === "contested"
      ? new UserError(found.why.text, "name the supplier by its id")
      : nobodyKnown("supplier", text, namesOf(suppliers));
  }
  const today = successorOn(knowledge, found.id, asOf);
  return { name: today, belongs: (supplier) => supplier === today };
}

/** Several owners control together what their votes add up to. */
function ofOwners(who: Who, texts: readonly string[]): readonly Group[] {
  const { knowledge, asOf } = who;
  const owners = texts.map((text) => ownerOf(who, text));
  const listed = new Set(owners);
  return owners.map((owner) => {
    return { name: `owner ${owner}`, belongs: (supplier) => belongsTo(knowledge, supplier, listed, asOf) };
  });
}

function ownerOf({ knowledge, asOf }: Who, text: string): string {
  const { suppliers, owners } = knowledge.companies;
  const holders = owners.map(({ owner }) => owner).filter((owner) => owner !== freeFloat);
  const named = holders.includes(text) ? text : resolve(knowledge, "supplier", text, asOf).id;
  if (named !== undefined) return successorOn(knowledge, named, asOf);
  throw nobodyKnown("owner", text, [...namesOf(suppliers), ...holders.map((id) => ({ id, text: id }))]);
}

/** A holder whose seat is not known may have it there; so may whoever it controls, or may control. */
function ofCountry({ knowledge, asOf }: Who, text: string): Group {
  const country = text.trim().toUpperCase();
  const { suppliers, owners } = knowledge.companies;
  const named = [...suppliers.keys(), ...owners.map(({ owner }) => owner)].filter((id) => id !== freeFloat);
  // Who has a successor stands nowhere any more.
  const holders = [...new Set(named)].filter((id) => successorOn(knowledge, id, asOf) === id);
  const seat = (id: string) => seatOf(knowledge, id)?.toUpperCase() ?? null;
  const there = new Set(holders.filter((id) => seat(id) === country));
  const perhaps = there.union(new Set(holders.filter((id) => seat(id) === null)));
  if (there.size === 0) throw nobodyThere(text, new Set(holders.map(seat)));
  return {
    name: `jurisdiction ${country}`,
    belongs: (supplier) => {
      const sure = belongsTo(knowledge, supplier, there, asOf);
      return sure === false && belongsTo(knowledge, supplier, perhaps, asOf) !== false ? "unknown" : sure;
    },
  };
}

function nobodyThere(country: string, seats: ReadonlySet<string | null>): UserError {
  const known = [...seats].filter((seat) => seat !== null).sort();
  const hint =
    known.length > 0 ? `seats in suppliers.csv: ${known.join(", ")}` : "suppliers.csv gives no seat of any supplier";
  return new UserError(`no supplier has its seat in \`${country}\``, hint);
}

function nobodyKnown(kind: "supplier" | "owner", text: string, names: readonly Candidate[]): UserError {
  const alike = likenessTo(names, leastAlike)(text, names.length).map(({ candidate }) => `\`${candidate.id}\``);
  const table = kind === "supplier" ? "suppliers.csv lists them" : "suppliers.csv and owners.csv list them";
  const proposed = [...new Set(alike)].slice(0, mostProposed);
  const hint =
    proposed.length > 0 ? `did you mean ${proposed.join(", ")}?` : `${table}, a signed alias explains other names`;
  return new UserError(`no ${kind} is known by \`${text}\``, hint);
}

/** Suppliers by id and by name. */
function namesOf(suppliers: ReadonlyMap<string, Supplier>): readonly Candidate[] {
  return [...suppliers.values()].flatMap(({ id, name }) => [
    { id, text: id },
    { id, text: name },
  ]);
}
