import { visible } from "../../charts/svg.ts";
import { toneOf } from "../../charts/tones.ts";
import type { Why } from "../../model/fact.ts";
import type { Chain, ReportData, ShownVerdict } from "../../model/report-data.ts";
import type { RuleAnswer } from "../../model/verdict.ts";
import { payloadFact } from "./payload-facts.ts";
import { payloadElements, payloadSites } from "./payload-rows.ts";
import { payloadRules } from "./payload-rules.ts";
import type { Payload, PayloadChain, PayloadFact, PayloadVerdict, PayloadWhy } from "./payload-shape.ts";
import type { Language } from "./text.ts";
import { clipped, longestText, type Texts, textStore, writtenSize } from "./texts.ts";
import { catalogueWords } from "./words.ts";

/** Most characters that each part may take in the page. */
const budget = { chains: 2_000_000, sites: 1_200_000, elements: 3_000_000 } as const;

/**
 * What the page's script works on, small: see `payload-shape.ts`. Chains, names of sites and elements beyond their budget
 * are left out from the end, and the totals tell; `scale` makes the budgets smaller.
 */
export function payloadOf(
  data: ReportData,
  points: readonly (readonly [x: number, y: number])[],
  { language, csv }: { readonly language: Language; readonly csv?: string },
  scale = 1,
): Payload {
  const texts = textStore();
  const rules = payloadRules(texts, data);
  const { chains, facts } = payloadChains(texts, data, scale * budget.chains);
  const sites = payloadSites(texts, data.sites, points, scale * budget.sites);
  return {
    language,
    words: catalogueWords(),
    title: visible(clipped(data.assessment.title, longestText)),
    csv: csv === undefined ? null : visible(clipped(csv, longestText)),
    kinds: data.kinds.map(({ outcome, basis }) => ({ outcome, basis, tone: toneOf(outcome, basis) })),
    elements: payloadElements(texts, data, chains.length, scale * budget.elements),
    sites,
    chains: { total: data.chains.total, rows: chains },
    facts,
    rules,
    texts: texts.all,
  };
}

/** The first chains that fit, with the facts that they rest on. */
function payloadChains(
  texts: Texts,
  data: ReportData,
  most: number,
): { readonly chains: readonly PayloadChain[]; readonly facts: readonly PayloadFact[] } {
  const rules = new Map(data.rules.map(({ pack, id }, at) => [`${pack} ${id}`, at]));
  const facts = new Map<number, { readonly place: number; readonly fact: PayloadFact }>();
  const chains: PayloadChain[] = [];
  const before = texts.size();
  let size = 0;
  const placeOfFact = (at: number): number => {
    const known = facts.get(at);
    if (known) return known.place;
    const fact = payloadFact(texts, data.facts[at]!);
    size += writtenSize(fact);
    facts.set(at, { place: facts.size, fact });
    return facts.size - 1;
  };
  for (const row of data.chains.rows) {
    const chain = payloadChain(texts, row, { rules, placeOfFact, data });
    size += writtenSize(chain);
    if (size + texts.size() - before > most) break;
    chains.push(chain);
  }
  return { chains, facts: [...facts.values()].map(({ fact }) => fact) };
}

/** Where rules and facts stand in the page. */
interface Places {
  readonly rules: ReadonlyMap<string, number>;
  placeOfFact(at: number): number;
  readonly data: ReportData;
}

function payloadChain(texts: Texts, chain: Chain, places: Places): PayloadChain {
  const { operator, domain, elements, example, kind, bases, who, verdicts } = chain;
  return {
    operator: texts.place(operator),
    domain: texts.place(domain),
    elements,
    example: texts.place(example),
    kind,
    bases,
    who,
    verdicts: verdicts.map((verdict) => payloadVerdict(texts, verdict, places)),
  };
}

function payloadVerdict(
  texts: Texts,
  verdict: ShownVerdict,
  { rules: places, placeOfFact, data }: Places,
): PayloadVerdict {
  const { pack, use, function: of, outcome, basis, rules, advice, facts, why, since, exceptions, underlying } = verdict;
  const { change } = verdict;
  const germanRemedies = new Map(
    data.rules
      .filter((rule) => rule.pack === pack)
      .map(({ id, remedy }) => [remedy, data.translations[pack]?.de?.rules[id]?.remedy]),
  );
  return {
    pack: texts.place(pack),
    use,
    function: texts.place(of),
    outcome,
    basis,
    rules: texts.place(answersText(pack, rules, places), Number.POSITIVE_INFINITY),
    advice: texts.place(answersText(pack, advice, places), Number.POSITIVE_INFINITY),
    facts: texts.place(facts.map(placeOfFact).join(" "), Number.POSITIVE_INFINITY),
    why: payloadWhy(texts, why),
    ...(since !== undefined && { since }),
    ...(exceptions && { exceptions: exceptions.map((id) => texts.place(id)) }),
    ...(underlying && {
      underlying: {
        outcome: underlying.outcome,
        basis: underlying.basis,
        reasons: texts.place(underlying.reasons.join(", ")),
      },
    }),
    ...(change && {
      change: {
        ...(change.actions && {
          actions: change.actions.map(({ id, title, who }) => [id, texts.place(title), who] as const),
        }),
        remedies: change.remedies.map(
          (text) => [texts.place(text), texts.place(germanRemedies.get(text) ?? null)] as const,
        ),
      },
    }),
  };
}

/** Answers of rules as `12f!`: the rule's place, the first letter of its state, a mark where it is a reason. */
function answersText(pack: string, answers: readonly RuleAnswer[], places: ReadonlyMap<string, number>): string {
  return answers
    .flatMap(({ id, state, reason }) => {
      const place = places.get(`${pack} ${id}`);
      if (place === undefined) throw new Error(`the report has no rule \`${id}\` of \`${pack}\``);
      return [`${place}${state[0]}${reason ? "!" : ""}`];
    })
    .join(" ");
}

/** Why something is open, its text by place. */
export function payloadWhy(texts: Texts, why: readonly Why[]): readonly PayloadWhy[] {
  return why.map(({ code, text, who }) => [code, texts.place(text), who] as const);
}
