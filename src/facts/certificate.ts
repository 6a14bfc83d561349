import type { Day, DaySpan } from "../model/day.ts";
import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import type { PackManifest } from "../model/pack.ts";
import type { CertificateClaim } from "../model/statement.ts";
import { graded } from "./build.ts";
import { besideCertificates, claimsFor, namesIn } from "./certificate-claims.ts";
import { certificateCuts, endOf, level, type Worth, worthOf } from "./certificate-level.ts";
import { contest, type Weighed } from "./contested.ts";
import { erasUnder, readingsOf } from "./era.ts";
import { classOf, eraCuts, listOn, unknownFunction, unsettled } from "./first-use.ts";
import { identityOf } from "./identity.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { closure } from "./registers.ts";
import { everyReading, forOperator, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

type Scheme = NonNullable<PackManifest["schemes"]>[number];

export const certificate: FactDefinition = {
  name: "certificate",
  mode: "graded",
  values: [level.none, level.held, level.named, level.beforeUse, level.inTerm],
  labels: [
    "no certificate of an admissible scheme",
    "one for another release",
    "one for this release, but not in term at first use",
    "one in term at first use, lapsed since",
    "one in term at first use and on the as-of day",
  ],
  question: "What certificate of a scheme admissible for the function covers this release?",
  subject: "element",
  who: ["maker", "body", "operator"],
};

/**
 * The best that any single certificate is worth: scheme, release and term must hold of the same one. Without a fresh
 * register another may exist that we have not seen. Without an admissible scheme it stays open whatever registers say.
 */
export function deriveCertificate(setting: Setting, equipment: Equipment): GradedFact {
  const schemes = admissible(setting, equipment);
  if (schemes.length === 0) return graded(level.none, level.inTerm, [], [noScheme(setting, equipment)]);
  if (equipment.maker.id === undefined || equipment.product.id === undefined) {
    const why = equipment.product.id === undefined ? equipment.product.why : (equipment.maker as { why: Why }).why;
    return graded(level.none, level.inTerm, [], [{ ...why, code: "identity" }]);
  }
  const spans = certifiedSpans(setting, equipment);
  const known = memoOf(setting);
  const name = nameOf(setting, equipment, spans);
  const fact = known.get(name) ?? derive(setting, equipment, schemes, spans);
  known.set(name, fact);
  return fact;
}

const memos = new WeakMap<Setting["knowledge"], WeakMap<Setting["pack"], Map<string, GradedFact>>>();

/** Facts already derived: under several readings and parameters the same spans come again and again. */
function memoOf({ knowledge, pack }: Setting): Map<string, GradedFact> {
  const byPack = memos.get(knowledge) ?? new WeakMap<Setting["pack"], Map<string, GradedFact>>();
  memos.set(knowledge, byPack);
  const memo = byPack.get(pack) ?? new Map<string, GradedFact>();
  byPack.set(pack, memo);
  return memo;
}

/** Everything that the fact depends on besides pack and knowledge. */
function nameOf(setting: Setting, equipment: Equipment, spans: readonly DaySpan[]): string {
  const { action, asOf, knownAt, renewed, parameters } = setting;
  const { operator, maker, product, release, digest, function: name } = equipment;
  const days = spans.map(({ from, to }) => `${from}/${to}`);
  const parts = [action, asOf, knownAt, renewed, parameters.lapse, parameters.certifiedLate, operator, maker.id];
  return JSON.stringify([...parts, product.id, release, digest, name, days]);
}

function derive(
  setting: Setting,
  equipment: Equipment,
  schemes: readonly Scheme[],
  spans: readonly DaySpan[],
): GradedFact {
  const weigh = ({ claim, scheme }: Candidate) => ({ claim, worth: worthOf(setting, claim, scheme, equipment, spans) });
  const held = candidates(setting, equipment, schemes);
  const heard = candidates(setting, equipment, schemes, "below").map(weigh);
  const sources = [
    ...held.flatMap(({ claim, scheme }) => [
      asSource(claim, scheme),
      ...namesIn(setting, claim),
      ...(identityOf(setting, claim, equipment, scheme.minorUpdates).sources ?? []),
    ]),
    ...besideCertificates(
      setting,
      equipment,
      held.map(({ claim }) => claim),
    ),
  ];
  const worths = contest(setting, equipment, held.map(weigh), heard);
  return withHearsay(best(setting, equipment, schemes, worths, sources), heard);
}

/** What only a register below the accepted grade lists is no proof; but that register cannot show either that it lacks. */
function withHearsay(found: GradedFact, words: readonly Weighed[]): GradedFact {
  const heard = words.filter(
    ({ claim, worth }) => claim.by.statement.kind === "register" && worth.best > Number(found.best),
  );
  if (heard.length === 0) return found;
  const reached = Math.max(...heard.map(({ worth }) => worth.best));
  const why = heard.map(({ claim }): Why => {
    const text = `certificate \`${claim.says.certificateId}\` is only listed in \`${claim.by.file}\` (${claim.by.grade}): put the certificate or a transcript of it on file`;
    return { code: "missing", text, who: "operator" };
  });
  return graded(found.worst, reached, found.sources, [...found.why, ...why]);
}

function best(
  setting: Setting,
  equipment: Equipment,
  schemes: readonly Scheme[],
  worths: readonly Worth[],
  sources: readonly Source[],
): GradedFact {
  const worst = Math.max(level.none, ...worths.map((worth) => worth.worst));
  const reached = Math.max(level.none, ...worths.map((worth) => worth.best));
  const why = worths.filter((worth) => worth.best > worst).flatMap((worth) => worth.why);
  if (worst === level.inTerm) return graded(worst, worst, sources);
  const whole = closure(
    setting,
    "certificates",
    equipment.operator,
    schemes.map(({ id }) => id),
  );
  if (whole.closed) return graded(worst, reached, [...sources, ...whole.sources], why);
  const other: readonly Why[] =
    worths.length > 0 && reached === level.held
      ? [
          {
            code: "identity",
            text: `the certificates at hand are for other releases than \`${equipment.release}\``,
            who: "operator",
          },
        ]
      : [];
  return graded(worst, level.inTerm, sources, [...why, ...other, whole.why]);
}

/** Schemes that may certify the function: of its class, and with a requirement document where the scheme needs one. */
function admissible(setting: Setting, { function: name }: Equipment): readonly Scheme[] {
  const { schemes = [], documents = [] } = setting.pack.manifest;
  const wanted = classOf(setting, name)?.schemes ?? [];
  return schemes.filter(
    ({ id, documents: needsDocument }) =>
      wanted.includes(id) &&
      (!needsDocument || documents.some((document) => document.scheme === id && document.function === name)),
  );
}

function noScheme(setting: Setting, { function: name }: Equipment): Why {
  const unknown = unknownFunction(setting, name) ?? unsettled(setting, name, setting.asOf);
  if (unknown) return unknown;
  const list = listOn(setting, setting.asOf)?.id ?? "no list";
  return {
    code: "no-scheme",
    text: `no scheme or requirement document is admissible for \`${name}\` yet (${list})`,
    who: "nobody",
  };
}

interface Candidate {
  readonly claim: Claim<CertificateClaim>;
  readonly scheme: Scheme;
}

/** Certificates of the maker (or of whom it succeeded) for the product, of an admissible scheme and document. */
function candidates(
  setting: Setting,
  equipment: Equipment,
  schemes: readonly Scheme[],
  grade: "taken" | "below" = "taken",
): readonly Candidate[] {
  const document = setting.pack.manifest.documents?.find((entry) => entry.function === equipment.function)?.id;
  return claimsFor(setting, equipment, grade).flatMap((claim) => {
    const scheme = schemes.find(({ id }) => id === claim.says.scheme);
    if (!scheme || (scheme.admissibleUntil !== undefined && claim.says.issued > scheme.admissibleUntil)) return [];
    if (scheme.documents && document !== undefined && !claim.says.documents?.includes(document)) return [];
    return [{ claim, scheme }];
  });
}

/** First uses to which the certificate duty applies, by the readings that stay possible; today where none is left. */
function certifiedSpans(setting: Setting, equipment: Equipment): readonly DaySpan[] {
  const start = setting.pack.manifest.regimes?.find((regime) => regime.era === "certificate")?.from ?? "";
  const spans = readingsOf(setting)
    .filter((reading) => erasUnder(setting, equipment, reading).includes("certificate"))
    .map((reading) => equipment.firstUse[reading])
    .map(({ from, to }) => ({ from: from === undefined || from < start ? start : from, to }))
    .filter(({ from, to }) => from <= to);
  return spans.length > 0 ? spans : [{ from: setting.asOf, to: setting.asOf }];
}

/** Days at which the certificate fact or the era may change with the day of first use. */
export function equipmentCuts(setting: Setting, equipment: Equipment): readonly Day[] {
  const schemes = admissible(setting, equipment);
  const ends = everyReading(forOperator(setting, equipment.operator))
    .flatMap((one) => [...candidates(one, equipment, schemes), ...candidates(one, equipment, schemes, "below")])
    .flatMap(({ claim, scheme }) => certificateCuts(claim.says, scheme));
  return [...new Set([...eraCuts(setting, equipment.function), ...ends])].sort();
}

function asSource(claim: Claim<CertificateClaim>, scheme: Scheme): Source {
  const { certificateId, product, release, issued } = claim.says;
  const text = `certificate \`${certificateId}\` (${scheme.id}) for \`${product}\` \`${release}\`, ${issued} to ${endOf(claim.says, scheme)}`;
  return sourceOf(claim, certificateId, text);
}
