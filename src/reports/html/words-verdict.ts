import type { AdmittedBasis, UndecidedBasis } from "../../model/basis.ts";
import type { Grade } from "../../model/evidence.ts";
import type { Domain } from "../../model/functions.ts";
import type { Actor } from "../../model/problem.ts";
import type { Action, Outcome } from "../../model/verdict.ts";
import type { Text } from "./text.ts";

export const outcomeWords: Readonly<Record<Outcome, Text>> = {
  admitted: { en: "admitted", de: "zugelassen" },
  undecided: { en: "undecided", de: "offen" },
  refused: { en: "refused", de: "abgelehnt" },
};

type AnyBasis = AdmittedBasis | UndecidedBasis | "rule";

/** Names of the bases, short enough for a column. */
export const basisWords: Readonly<Record<AnyBasis, Text>> = {
  evidence: { en: "by evidence", de: "durch Nachweise" },
  "no-duty": { en: "no duty", de: "keine Pflicht" },
  "earlier-regime": { en: "earlier regime", de: "früheres Recht" },
  exception: { en: "exception", de: "Ausnahme" },
  rule: { en: "by rule", de: "durch Regel" },
  input: { en: "unreadable record", de: "Eintrag nicht lesbar" },
  engine: { en: "engine", de: "Rechenkern" },
  identity: { en: "identity not settled", de: "Identität ungeklärt" },
  "stale-register": { en: "register past its day", de: "Register überfällig" },
  contested: { en: "contested", de: "widersprüchlich" },
  expired: { en: "expired", de: "abgelaufen" },
  missing: { en: "evidence missing", de: "Nachweis fehlt" },
  left: { en: "left", de: "ausgeschieden" },
  "stand-still": { en: "waiting time", de: "Wartefrist" },
  "no-scheme": { en: "no scheme yet", de: "noch kein Schema" },
};

/** What each basis means, in a line. */
export const basisMeanings: Readonly<Record<AnyBasis, Text>> = {
  evidence: { en: "a duty applies and evidence meets it", de: "eine Pflicht gilt und ist durch Nachweise erfüllt" },
  "no-duty": {
    en: "no duty applies to the function; this is not a clearance",
    de: "für die Funktion gilt keine Pflicht; das ist keine Freigabe",
  },
  "earlier-regime": {
    en: "admitted only because first use fell under earlier law",
    de: "nur zugelassen, weil der erste Einsatz unter früheres Recht fiel",
  },
  exception: {
    en: "a rule stands against it; a signed exception lets it pass until a day",
    de: "eine Regel steht entgegen; eine signierte, befristete Ausnahme lässt es zu",
  },
  rule: { en: "a rule forbids it on what is known", de: "eine Regel verbietet es nach dem, was bekannt ist" },
  input: {
    en: "the record could not be read or placed",
    de: "der Eintrag war nicht zu lesen oder nicht zuzuordnen",
  },
  engine: { en: "the engine could not answer", de: "der Rechenkern konnte nicht antworten" },
  identity: {
    en: "what the equipment is, or which release, is not settled",
    de: "welches Gerät oder welcher Softwarestand es ist, steht nicht fest",
  },
  "stale-register": { en: "a register is past its day", de: "ein Register hätte bereits erneuert werden müssen" },
  contested: { en: "valid statements contradict each other", de: "gültige Erklärungen widersprechen einander" },
  expired: { en: "the term of a certificate has ended", de: "die Geltungsdauer eines Zertifikats ist abgelaufen" },
  missing: {
    en: "evidence, a date, or a source for how the law counts is missing",
    de: "es fehlt ein Nachweis, ein Datum oder eine Quelle dafür, wie das Gesetz zu lesen ist",
  },
  left: {
    en: "the ledger has it, the tables no longer have it so, and no removal is signed",
    de: "verzeichnet, in den Tabellen nicht mehr so vorhanden, und kein Abgang ist signiert",
  },
  "stand-still": { en: "a waiting time runs", de: "eine Wartefrist läuft" },
  "no-scheme": {
    en: "the law demands a certificate that no scheme offers yet",
    de: "das Gesetz verlangt ein Zertifikat, das noch kein Schema bietet",
  },
};

export const actorWords: Readonly<Record<Actor, Text>> = {
  operator: { en: "operator", de: "Betreiber" },
  maker: { en: "maker", de: "Hersteller" },
  body: { en: "certification body", de: "Zertifizierungsstelle" },
  lab: { en: "test lab", de: "Prüfstelle" },
  authority: { en: "authority", de: "Behörde" },
  nobody: { en: "nobody today", de: "heute niemand" },
};

export const gradeWords: Readonly<Record<Grade | "none", Text>> = {
  issuer: { en: "signed by the issuer", de: "vom Aussteller signiert" },
  transcript: {
    en: "transcript of a public document, two signers",
    de: "Abschrift eines öffentlichen Dokuments, zwei Unterzeichner",
  },
  "self-declared": { en: "declared by the party itself", de: "Eigenerklärung" },
  none: { en: "no statement was read", de: "keine Erklärung herangezogen" },
};

export const domainWords: Readonly<Record<Domain, Text>> = {
  access: { en: "access", de: "Zugangsnetz" },
  transport: { en: "transport", de: "Transportnetz" },
  core: { en: "core", de: "Kernnetz" },
  management: { en: "management", de: "Netzmanagement" },
  unknown: { en: "not known", de: "nicht bekannt" },
};

export const segmentWords: Readonly<Record<string, Text>> = {
  access: { en: "access", de: "Zugangsnetz" },
  transport: { en: "transport", de: "Transportnetz" },
  core: { en: "core", de: "Kernnetz" },
  "access-management": { en: "access management", de: "Management des Zugangsnetzes" },
  "transport-management": { en: "transport management", de: "Management des Transportnetzes" },
  "core-management": { en: "core management", de: "Management des Kernnetzes" },
  other: { en: "other", de: "Übriges" },
};

/** What a report asks of every element, by action. */
export const questionWords: Readonly<Record<Action, Text>> = {
  deploy: { en: "May it be deployed?", de: "Darf es eingesetzt werden?" },
  operate: { en: "May it stay in operation?", de: "Darf es in Betrieb bleiben?" },
  update: { en: "May it be updated?", de: "Darf es aktualisiert werden?" },
  maintain: { en: "May it be maintained so?", de: "Darf es so gewartet werden?" },
  depend: { en: "May the network depend on it?", de: "Darf das Netz davon abhängen?" },
  disclose: { en: "May it be told?", de: "Darf es mitgeteilt werden?" },
};

export const useWords: Readonly<Record<"binding" | "compare", Text>> = {
  binding: { en: "binding", de: "bindend" },
  compare: { en: "for comparison", de: "zum Vergleich" },
};

/** How sure a rule's source is. */
export const certaintyWords: Readonly<Record<string, Text>> = {
  S: { en: "read in the source", de: "in der Quelle gelesen" },
  S2: { en: "from a secondary source", de: "aus zweiter Quelle" },
  D: { en: "computed from published figures", de: "aus veröffentlichten Zahlen errechnet" },
  "own-policy": { en: "our own reading", de: "eigene Lesart" },
};

export const dueWords: Readonly<Record<string, Text>> = {
  certificate: { en: "certificate ends", de: "Zertifikat endet" },
  register: { en: "register is due", de: "Register ist fällig" },
  exception: { en: "exception ends", de: "Ausnahme endet" },
  rule: { en: "rule begins or ends", de: "Regel beginnt oder endet" },
};

export const exceptionWords: Readonly<Record<string, Text>> = {
  "in-force": { en: "in force", de: "in Kraft" },
  "not-yet": { en: "not yet in force", de: "noch nicht in Kraft" },
  expired: { en: "expired", de: "abgelaufen" },
  "not-waivable": {
    en: "without effect: the rule is not waivable by these approvers",
    de: "unwirksam: diese Unterzeichner dürfen von der Regel nicht befreien",
  },
  superseded: { en: "superseded by a later one", de: "durch eine spätere ersetzt" },
  unmatched: { en: "matches nothing", de: "betrifft kein Element" },
};

/** What a rule says of one question. */
export const stateWords: Readonly<Record<string, Text>> = {
  fires: { en: "not met", de: "nicht erfüllt" },
  depends: { en: "open", de: "offen" },
  mixed: { en: "hangs on an open fact", de: "hängt von einer offenen Tatsache ab" },
  passes: { en: "met", de: "erfüllt" },
  silent: { en: "does not apply", de: "nicht anwendbar" },
};
