import type { Base } from "../../model/measure.ts";
import type { Channel } from "../../model/network.ts";
import type { OutageState } from "../../model/outage.ts";
import type { Text } from "./text.ts";

/** What a supplier may have to do with equipment, as a column's heading. */
export const channelWords: Readonly<Record<Channel | "any", Text>> = {
  any: { en: "any channel", de: "irgendwie" },
  made: { en: "made", de: "hergestellt" },
  built: { en: "built", de: "errichtet" },
  maintained: { en: "maintained", de: "gewartet" },
  managed: { en: "managed", de: "gesteuert" },
  contains: { en: "contained", de: "enthalten" },
};

/** What shares are counted in. */
export const baseWords: Readonly<Record<Base, Text>> = {
  element: { en: "elements", de: "Elementen" },
  site: { en: "sites", de: "Standorten" },
  people: { en: "people", de: "Menschen" },
  traffic: { en: "traffic", de: "Verkehr" },
};

export const stateWordsOfOutage: Readonly<Record<OutageState, Text>> = {
  stops: { en: "stops", de: "fällt aus" },
  hostile: { en: "turns hostile", de: "wird feindlich" },
  "no-updates": { en: "sends no updates", de: "liefert keine Updates" },
};

/** Columns of the matrix: a domain of the network, the segments it is made of, and a letter for narrow heads. */
export const matrixDomains: readonly {
  readonly title: Text;
  readonly short: Text;
  readonly segments: readonly string[];
}[] = [
  { title: { en: "access", de: "Zugangsnetz" }, short: { en: "acc.", de: "Zug." }, segments: ["access"] },
  { title: { en: "transport", de: "Transportnetz" }, short: { en: "tra.", de: "Tra." }, segments: ["transport"] },
  { title: { en: "core", de: "Kernnetz" }, short: { en: "core", de: "Kern" }, segments: ["core"] },
  {
    title: { en: "management", de: "Netzmanagement" },
    short: { en: "mgmt", de: "Mgmt" },
    segments: ["access-management", "transport-management", "core-management"],
  },
];

/** Classes of data that a function sees, by id (`assess/functions-see.ts`). */
export const dataClassWords: Readonly<Record<string, Text>> = {
  "user-plane-content": { en: "what people send and receive", de: "Inhalte der Nutzer" },
  "user-plane-metadata": { en: "who communicates with what, when, how much", de: "wer mit wem, wann, wie viel" },
  location: { en: "location", de: "Aufenthaltsort" },
  "permanent-identity": { en: "permanent identity (SUPI, IMSI)", de: "dauerhafte Kennung (SUPI, IMSI)" },
  "credentials-and-keys": { en: "credentials and keys", de: "Zugangsdaten und Schlüssel" },
  signalling: { en: "signalling", de: "Signalisierung" },
  "roaming-signalling": { en: "signalling of roaming", de: "Signalisierung beim Roaming" },
  "topology-and-configuration": { en: "topology and configuration", de: "Aufbau und Konfiguration" },
  "interception-targets": { en: "targets of lawful interception", de: "Ziele der Telekommunikationsüberwachung" },
  "hosted-memory": { en: "memory of all it hosts", de: "Speicher von allem, was darauf läuft" },
  "customer-data": { en: "customer data", de: "Kundendaten" },
};

/** What falls with a function, English as in `assess/functions-see.ts`, in German. */
export const takesDownWords: Readonly<Record<string, string>> = {
  "cells of its sites": "die Zellen seiner Standorte",
  "user plane of its cells": "die Nutzdaten seiner Zellen",
  "cells that it steers": "die Zellen, die es steuert",
  "sites and regions behind it": "Standorte und Regionen dahinter",
  "sites behind it": "Standorte dahinter",
  "links over it": "Verbindungen darüber",
  "the link": "die Verbindung",
  "the way to that network": "der Weg in jenes Netz",
  "time-division radio of an area": "Zeitduplex-Funk eines Gebiets",
  "registration and paging of its region or pool": "Anmeldung und Rufe seiner Region oder seines Pools",
  sessions: "Sitzungen",
  "data service": "Datendienst",
  "data service of its region": "Datendienst seiner Region",
  "authentication of all subscribers": "Authentisierung aller Teilnehmer",
  "authentication of all subscribers; lost keys do lasting harm":
    "Authentisierung aller Teilnehmer; verlorene Schlüssel schaden dauerhaft",
  "functions that keep their state in it": "Funktionen, die ihren Zustand dort halten",
  roaming: "Roaming",
  "service discovery: the whole core": "Auffinden von Diensten: das ganze Kernnetz",
  "services of third parties": "Dienste Dritter",
  "charging and policy": "Abrechnung und Regeln für Sitzungen",
  "policy of sessions": "Regeln für Sitzungen",
  "access over Wi-Fi": "Zugang über WLAN",
  analytics: "Auswertungen",
  "choice of slices": "Wahl der Netzscheiben",
  "access to slices": "Zugang zu Netzscheiben",
  "keys for applications": "Schlüssel für Anwendungen",
  "authentication by it": "Authentisierung durch es",
  "voice and emergency calls": "Sprache und Notruf",
  "short messages": "Kurznachrichten",
  "positioning, also of emergency calls": "Ortung, auch bei Notrufen",
  "checks of devices": "Prüfung von Geräten",
  "name resolution: sessions and discovery": "Namensauflösung: Sitzungen und Auffinden von Diensten",
  "interception; the secrecy of measures": "Überwachung; die Geheimhaltung von Maßnahmen",
  "everything hosted above it": "alles, was darauf läuft",
  "all base stations it manages at once, also by a software update":
    "alle gesteuerten Basisstationen zugleich, auch durch ein Software-Update",
  "all core functions it manages at once": "alle gesteuerten Kernfunktionen zugleich",
  "all transport equipment it manages at once": "alle gesteuerte Transporttechnik zugleich",
  operations: "den Betrieb",
};
