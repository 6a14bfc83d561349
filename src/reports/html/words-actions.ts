import { factWords } from "./words-facts.ts";

/** German of the named actions, by id; English stands in the data. */
export const actionTitles: Readonly<Record<string, string>> = {
  "await-scheme": "ein Schema für diese Funktion muss erst geschaffen werden",
  "deploy-certified": "einen Softwarestand einsetzen, der ein Zertifikat eines zulässigen Schemas hat",
  "confirm-names":
    "bestätigen, was die Angaben zu Hersteller, Produkt und Softwarestand meinen (`freigabe match`), wenn ein Zertifikat es dann deckt",
  "confirm-update":
    "von der Zertifizierungsstelle signiert bestätigen lassen, dass die Änderung seit dem zertifizierten Stand geringfügig ist (wenn sie es ist)",
  "renew-certificate": "das Zertifikat für den eingesetzten Stand erneuern lassen",
  "show-certificate": "das Zertifikat dieses Standes vorlegen, wenn es eines gibt",
  certify: "den eingesetzten Stand zertifizieren lassen",
  "show-notice": "die vor dem ersten Einsatz erstattete Anzeige vorlegen",
  wait: "das Ende der Wartefrist abwarten",
  "show-guarantee": "die Garantieerklärung des Herstellers einholen und vorlegen",
  "settle-names":
    "die Namen bestätigen lassen, die eine Anordnung oder Tabelle verwendet (wenn die Anordnung dies nicht meint)",
  "renew-orders": "ein aktuelles, vollständiges Register der Anordnungen vorlegen (wenn keine dies betrifft)",
  "complete-owners":
    "die Eigentümer des Herstellers vollständig angeben (wenn kein Lieferant der Liste ihn beherrscht)",
  "mediate-access": "jeden Zugriff aus dem Ausland über einen Zugangspunkt des Betreibers führen",
  "maintain-at-home": "die Wartung von Personal im Inland ausführen lassen",
  "mediate-at-home": "die Wartung von Personal im Inland über einen Zugangspunkt des Betreibers ausführen lassen",
  "test-release": "eine anerkannte Prüfstelle den Stand prüfen lassen oder ihr Ergebnis vorlegen",
  replace: "durch Technik eines Herstellers ersetzen, den keine Regel ausschließt",
  "show-advisories":
    "die verbürgte Auskunft des Herstellers zu Schwachstellen dieses Standes vorlegen (wenn sie keine offen lässt)",
  "mend-release": "einen Stand einsetzen, in dem die Schwachstellen behoben sind",
  "show-parts":
    "eine vollständige, verbürgte Stückliste dieses Standes vorlegen (wenn kein Teil von einem Hersteller der Liste ist)",
  ...byValue("show-first-use", "era", "den Tag des ersten Einsatzes belegen; das genügt, wenn er bedeutet: "),
  ...byValue("oversight", "oversight", "Prüfern Einsicht gewähren und dies signieren lassen: "),
};

function byValue(id: string, fact: string, before: string): Readonly<Record<string, string>> {
  const values = Object.entries(factWords[fact]?.values ?? {});
  return Object.fromEntries(values.map(([value, label]) => [`${id}-${value}`, before + label]));
}
