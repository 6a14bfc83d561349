/** German of the catalogue of facts: its question, and what its values mean. `words.test.ts` holds it complete. */
export interface FactWords {
  readonly question: string;
  readonly values: Readonly<Record<string, string>>;
}

const yesNo = { true: "ja", false: "nein" };
const role = { true: "hat die Rolle oder wird von einem Träger der Rolle beherrscht", false: "hat sie nicht" };
const segments = {
  access: "Zugangsnetz",
  transport: "Transportnetz",
  core: "Kernnetz",
  "access-management": "Management des Zugangsnetzes",
  "transport-management": "Management des Transportnetzes",
  "core-management": "Management des Kernnetzes",
  other: "Übriges",
};
const limit = { above: "darüber", at: "an der Grenze", below: "darunter" };

export const factWords: Readonly<Record<string, FactWords>> = {
  critical: {
    question: "Ist die Funktion nach der am Stichtag geltenden Liste kritisch?",
    values: yesNo,
  },
  segment: {
    question: "In welchem Teil des Netzes arbeitet die Funktion, und steuert sie diesen Teil?",
    values: segments,
  },
  increasedRisk: {
    question: "Betreibt der Betreiber ein öffentliches Netz mit erhöhtem Gefährdungspotenzial (TKG § 167)?",
    values: yesNo,
  },
  era: {
    question: "Welche Pflicht vor dem Einsatz galt am Tag des ersten Einsatzes?",
    values: {
      none: "keine Pflicht vor dem Einsatz: damals nicht kritisch, oder vor BSIG § 9b",
      notice: "Anzeige, Garantieerklärung und Wartefrist (BSIG § 9b alt)",
      gap: "keine von beiden: zwischen zwei Regelungen, oder vor dem Pflichttag des Dokuments",
      certificate: "Zertifikat vor dem ersten Einsatz (TKG § 165 Abs. 4)",
    },
  },
  certificate: {
    question: "Welches Zertifikat eines für die Funktion zulässigen Schemas deckt diesen Softwarestand?",
    values: {
      "0": "kein Zertifikat eines zulässigen Schemas",
      "1": "eines für einen anderen Softwarestand",
      "2": "eines für diesen Softwarestand, das beim ersten Einsatz nicht galt",
      "3": "eines, das beim ersten Einsatz galt und seither abgelaufen ist",
      "4": "eines, das beim ersten Einsatz galt und am Stichtag gilt",
    },
  },
  notice: {
    question: "Hat der Betreiber Typ und Art des Einsatzes vor dem ersten Einsatz angezeigt (BSIG § 9b Abs. 1 alt)?",
    values: yesNo,
  },
  standStillOver: {
    question: "Ist die Wartefrist nach der Anzeige abgelaufen (zwei Monate, verlängert vier)?",
    values: yesNo,
  },
  guarantee: {
    question:
      "Hat der Hersteller seine Garantieerklärung für das Produkt abgegeben, wo eine fällig war (BSIG § 9b Abs. 3 alt)?",
    values: yesNo,
  },
  prohibited: {
    question: "Untersagt eine geltende Anordnung dies dem Betreiber?",
    values: { true: "eine Anordnung untersagt es", false: "keine Anordnung untersagt es" },
  },
  orderOnFile: {
    question: "Untersagt eine vorliegende, geltende Anordnung dies dem Betreiber?",
    values: { true: "eine vorliegende Anordnung untersagt es", false: "keine vorliegende Anordnung untersagt es" },
  },
  contractMaker: {
    question: "Hat der Hersteller die Rolle `de-2024-contract-maker`?",
    values: role,
  },
  contractOperator: {
    question: "Hat der Betreiber die Rolle `de-2024-contract-operator`?",
    values: yesNo,
  },
  universalService: {
    question: "Hat der Betreiber die Rolle `us-universal-service`?",
    values: yesNo,
  },
  oversight: {
    question: "Wie weit gewährt der Hersteller anderen Einsicht in das Produkt?",
    values: {
      "0": "gar nicht",
      "1": "nur eine Erklärung",
      "2": "Prüfung der Abläufe des Herstellers",
      "3": "Prüfung des Produkts durch eine Prüfstelle",
      "4": "Durchsicht des Quelltexts",
      "5": "nachvollziehbar gebaut",
      "6": "nachvollziehbar gebaut und mit dem Eingebauten verglichen",
    },
  },
  oversightEnough: {
    question: "Erreicht die Stufe der Einsicht den Wert `oversightAtLeast` des Pakets?",
    values: yesNo,
  },
  tested: {
    question: "Hat eine anerkannte Stelle diesen Softwarestand geprüft, nach welchem Schema auch immer?",
    values: yesNo,
  },
  maintenance: {
    question:
      "Von wo aus greift Personal der Lieferanten darauf zu, und über einen Zugangspunkt des Betreibers oder nicht?",
    values: {
      "0": "aus dem Ausland, unvermittelt",
      "1": "aus dem Ausland, über einen Zugangspunkt des Betreibers vermittelt",
      "2": "im Inland, unvermittelt",
      "3": "im Inland vermittelt, oder kein Zugriff von außen",
    },
  },
  accessAllowed: {
    question: "Bleibt jeder Zugriff der Lieferanten in dem Rahmen, den `accessAtMost` des Pakets erlaubt?",
    values: yesNo,
  },
  makerCount: {
    question: "Wie viele Hersteller teilen sich dieses Segment des Betreibers (20: oder mehr)?",
    values: {},
  },
  largestShare: {
    question: "Liegt der Anteil des größten Herstellers in diesem Segment über der Grenze `largestShareLimit`?",
    values: limit,
  },
  designatedVendor: { question: "Hat der Hersteller die Rolle `uk-designated`?", values: role },
  coveredSupplier: { question: "Hat der Hersteller die Rolle `us-covered`?", values: role },
  highRiskSupplier: { question: "Hat der Hersteller die Rolle `eu-high-risk`?", values: role },
  vulnerability: {
    question: "Was sagen verbürgte Sicherheitshinweise und Stücklisten über Schwachstellen dieses Softwarestands?",
    values: {
      exploited: "von einer betroffen, die auf einer Liste ausgenutzter Schwachstellen steht",
      affected: "von einer betroffen",
      "under-investigation": "eine wird untersucht",
      "none-open": "jede, die ein verbürgtes Dokument für ihn nennt, ist behoben oder betrifft ihn nicht",
    },
  },
  contractParts: {
    question:
      "Ist ein Teil davon von einem Träger der Rolle `de-2024-contract-maker`, oder von einem, den er beherrscht?",
    values: { true: "eines seiner Teile ist es", false: "keines ist es, und die Stückliste ist vollständig" },
  },
  seesTraffic: {
    question:
      "Kann Technik dieser Funktion den Verkehr der Nutzer leiten, umleiten oder sehen (nach `capabilities` des Pakets)?",
    values: yesNo,
  },
  remoteDisruption: {
    question: "Kann Technik dieser Funktion das Netz aus der Ferne stören (nach `capabilities` des Pakets)?",
    values: yesNo,
  },
  fiveG: {
    question: "Dient die Technik einem 5G-Netz (Funktionen von 4G: wie `nonStandalone` des Pakets sagt)?",
    values: yesNo,
  },
  highRateTransmission: {
    question:
      "Ist es Übertragung mit hoher Datenrate im Kern oder zwischen Betreibern, wie `transmissionMeans` des Pakets das liest?",
    values: yesNo,
  },
  scope: {
    question: "Geht es um das Netz eines Betreibers oder um alle Netze zusammen?",
    values: { operator: "ein Betreiber", nation: "alle zusammen" },
  },
  networkSegment: { question: "Welches Segment des Netzes ist es?", values: segments },
  makersEnough: {
    question: "Teilen sich so viele Hersteller dieses Segment, wie `makersAtLeast` des Pakets verlangt?",
    values: yesNo,
  },
  makersEven: {
    question: "Erreicht die effektive Zahl der Hersteller dieses Segments den Parameter `effectiveAtLeast` des Pakets?",
    values: yesNo,
  },
  largestOwnerShare: {
    question:
      "Liegt der Anteil aller Hersteller mit demselben Eigentümer in diesem Segment über der Grenze `ownerShareLimit`?",
    values: limit,
  },
  roleShare: {
    question:
      "Liegt der Anteil der Hersteller mit der Rolle des Pakets in diesem Segment über der Grenze `roleShareLimit`?",
    values: limit,
  },
};
