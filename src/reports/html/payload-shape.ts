import type { Language } from "./text.ts";

/**
 * What the page's script works on: columns instead of objects per row, every text once. Where a field holds a number that
 * stands for a text, it is its place in `texts`; -1: none.
 */
export interface Payload {
  readonly language: Language;
  /** Words of the interface, of verdicts, facts and actions by key. */
  readonly words: Readonly<Record<Language, Readonly<Record<string, string>>>>;
  readonly title: string;
  readonly csv: string | null;
  readonly texts: readonly string[];
  readonly kinds: readonly PayloadKind[];
  readonly elements: PayloadElements;
  readonly sites: PayloadSites;
  readonly chains: { readonly total: number; readonly rows: readonly PayloadChain[] };
  readonly facts: readonly PayloadFact[];
  readonly rules: readonly PayloadRule[];
}

export interface PayloadKind {
  readonly outcome: string;
  readonly basis: string;
  readonly tone: string;
}

/** Rows of the table of elements, a column each; `sort` is the place in `sorts` of what many elements share. */
export interface PayloadElements {
  readonly total: number;
  readonly ids: readonly string[];
  readonly sort: readonly number[];
  readonly site: readonly number[];
  readonly file: readonly number[];
  readonly line: readonly number[];
  readonly sorts: readonly PayloadSort[];
}

/** operator, maker, product, release, functions, domain as texts; then kind and chain as places, -1: not told. */
export type PayloadSort = readonly [
  operator: number,
  maker: number,
  product: number,
  release: number,
  functions: number,
  domain: number,
  kind: number,
  chain: number,
];

/** Points of the map, a column each. `counts`: kind and number by turns. */
export interface PayloadSites {
  readonly cells: boolean;
  readonly id: readonly number[];
  readonly name: readonly number[];
  readonly region: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly sites: readonly number[];
  readonly counts: readonly (readonly number[])[];
}

export interface PayloadChain {
  readonly operator: number;
  readonly domain: number;
  readonly elements: number;
  readonly example: number;
  readonly kind: number;
  readonly bases: readonly string[];
  readonly who: readonly string[];
  readonly verdicts: readonly PayloadVerdict[];
}

export interface PayloadVerdict {
  readonly pack: number;
  readonly use: "binding" | "compare";
  readonly function: number;
  readonly outcome: string;
  readonly basis: string;
  /** Texts of answers: rule's place, letter of the state, `!` where it is a reason; joined by spaces. */
  readonly rules: number;
  readonly advice: number;
  /** Text of places in `facts`, joined by spaces. */
  readonly facts: number;
  readonly why: readonly PayloadWhy[];
  readonly since?: string;
  readonly exceptions?: readonly number[];
  readonly underlying?: { readonly outcome: string; readonly basis: string; readonly reasons: number };
  readonly change?: PayloadChange;
}

export type PayloadWhy = readonly [code: string, text: number, who: string];

export interface PayloadChange {
  /** id, English title, who. Absent: no set of up to three actions is enough. */
  readonly actions?: readonly (readonly [id: string, title: number, who: string])[];
  /** English remedies, each with its German one, or -1. */
  readonly remedies: readonly (readonly [en: number, de: number])[];
}

export interface PayloadFact {
  readonly name: string;
  readonly question: number;
  /** Values as text, and their English labels. */
  readonly values: readonly (readonly [value: string, label: number])[];
  readonly known: boolean;
  readonly sources: readonly PayloadSource[];
  readonly why: readonly PayloadWhy[];
}

/** What a fact rests on: where it stands, what it says; of statements signer, grade and day. */
export interface PayloadSource {
  readonly kind: "row" | "statement" | "pack" | "parameter";
  readonly place: number;
  readonly text: number;
  readonly signer?: number;
  readonly grade?: string;
  readonly day?: string;
}

export interface PayloadRule {
  readonly pack: number;
  readonly id: number;
  readonly kind: string;
  /** English, German (-1: none). */
  readonly title: readonly [en: number, de: number];
  readonly remedy: readonly [en: number, de: number];
  readonly cites: number;
  readonly certainty: string;
}
