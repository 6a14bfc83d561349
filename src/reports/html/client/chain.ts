import type { PayloadVerdict, PayloadWhy } from "../payload-shape.ts";
import {
  type App,
  codedText,
  dayText,
  englishText,
  kindMark,
  make,
  nameText,
  numberText,
  packText,
  say,
  textAt,
  verdictMark,
  wordOr,
} from "./app.ts";
import { commandView } from "./command.ts";
import { factsView } from "./facts.ts";

/** Everything about one element: its row, and for each responsible operator the chain of its question. */
export function elementView(app: App, id: string): readonly Node[] {
  const { elements } = app.data;
  const rows = elements.ids.flatMap((known, row) => (known === id ? [row] : []));
  const heading = chainHeading(say(app, "ui.element"), id);
  if (rows.length === 0) return [heading, make("p", {}, say(app, "ui.noElement", { id })), commandView(app, id)];
  return [heading, ...rows.flatMap((row) => elementRowView(app, id, row))];
}

export function elementRowView(app: App, id: string, row: number): readonly Node[] {
  const { elements, chains } = app.data;
  const sort = elements.sorts[elements.sort[row]!]!;
  const [operator, maker, product, release, functions, domain, kind, chain] = sort;
  const file = textAt(app, elements.file[row]!);
  const list = definitions(app, [
    ["operator", textAt(app, operator)],
    ["site", textAt(app, elements.site[row]!)],
    ["functions", textAt(app, functions)],
    ["domain", wordOr(app, "domain", textAt(app, domain))],
    ["maker", textAt(app, maker)],
    ["product", textAt(app, product)],
    ["release", textAt(app, release)],
    ["row", file === "" ? "" : `${file}:${elements.line[row]}`],
  ]);
  const command = commandView(app, id);
  const verdict = make("p", { class: "chain-verdict" }, kindMark(app, kind));
  if (chain >= 0) return [verdict, list, command, ...chainView(app, chain)];
  const counts = { held: numberText(app, chains.rows.length), total: numberText(app, chains.total) };
  return [verdict, list, make("p", {}, say(app, "ui.noChain", counts)), command];
}

/** One distinct question: who poses it, and its chain. */
export function questionView(app: App, place: number): readonly Node[] {
  const chain = app.data.chains.rows[place];
  if (!chain) return [make("p", {}, say(app, "ui.none"))];
  const example = textAt(app, chain.example);
  return [
    chainHeading(say(app, "ui.question"), numberText(app, place + 1)),
    make("p", { class: "chain-verdict" }, kindMark(app, chain.kind)),
    definitions(app, [
      ["operator", textAt(app, chain.operator)],
      ["domain", wordOr(app, "domain", textAt(app, chain.domain))],
    ]),
    make("p", {}, say(app, "ui.elements", { count: numberText(app, chain.elements) })),
    make("p", {}, say(app, "ui.example", { id: example })),
    commandView(app, example),
    ...chainView(app, place),
  ];
}

export function chainHeading(kind: string, id: string): Node {
  return make("h2", { id: "chain-title", tabindex: "-1" }, `${kind} `, nameText(id));
}

export function definitions(app: App, pairs: readonly (readonly [key: string, value: string])[]): Node {
  const parts = pairs.flatMap(([key, value]) => {
    if (value === "") return [];
    return [make("div", {}, make("dt", {}, say(app, `ui.${key}`)), make("dd", {}, nameText(value)))];
  });
  return make("dl", { class: "facts-of" }, ...parts);
}

export function chainView(app: App, place: number): readonly Node[] {
  const note = say(app, "ui.englishNote");
  const views = app.data.chains.rows[place]!.verdicts.map((verdict, at) => verdictView(app, verdict, at === 0));
  return note === "" ? views : [make("p", { class: "quiet" }, note), ...views];
}

export function verdictView(app: App, verdict: PayloadVerdict, isFirst: boolean): Node {
  const { pack, use, function: of, outcome, basis, since, underlying, exceptions, why } = verdict;
  const tone = outcome === "admitted" ? basis : outcome;
  const named = textAt(app, of);
  const title = named === "" ? say(app, "ui.noFunction") : say(app, "ui.function", { name: named });
  const words = [textAt(app, pack), say(app, `use.${use}`), title].join(" · ");
  const summary = make("summary", {}, verdictMark(app, outcome, basis, tone), make("span", { class: "of" }, words));
  const remarks: Node[] = [];
  if (since !== undefined) remarks.push(make("p", {}, say(app, "ui.since", { day: dayText(app, since) })));
  if (exceptions?.length) {
    const ids = exceptions.map((id) => textAt(app, id)).join(", ");
    remarks.push(make("p", {}, say(app, "ui.exceptions", { ids })));
  }
  if (underlying) {
    const values = {
      outcome: say(app, `outcome.${underlying.outcome}`),
      basis: say(app, `basis.${underlying.basis}`),
      rules: textAt(app, underlying.reasons),
    };
    remarks.push(make("p", {}, say(app, "ui.underlying", values)));
  }
  const parts = [...remarks, ...changeView(app, verdict), ...whyView(app, why), ...rulesView(app, verdict)];
  const details = make("details", { class: "one-verdict" }, summary, ...parts, ...factsView(app, verdict));
  details.toggleAttribute("open", isFirst || (use === "binding" && outcome !== "admitted"));
  return details;
}

export function changeView(app: App, { outcome, change, use }: PayloadVerdict): readonly Node[] {
  if (!change || use === "compare") return [];
  const heading = make("h3", {}, say(app, "ui.change"));
  if (change.actions) {
    if (change.actions.length === 0 && outcome === "admitted") return [];
    const items = change.actions.map(([id, title, who]) => {
      const words = say(app, `action.${id}`);
      const isGerman =
        app.language === "de" && words !== `action.${id}` && Object.hasOwn(app.data.words.de, `action.${id}`);
      const text = isGerman ? codedText(words) : [englishText(textAt(app, title))];
      return make("li", {}, ...text, ` (${say(app, `actor.${who}`)})`);
    });
    return [heading, make("ul", {}, ...items)];
  }
  if (change.remedies.length === 0) return [];
  const remedies = change.remedies.map((remedy) => make("li", {}, packText(app, remedy)));
  return [heading, make("p", {}, say(app, "ui.noChange")), make("ul", {}, ...remedies)];
}

export function whyView(app: App, why: readonly PayloadWhy[]): readonly Node[] {
  if (why.length === 0) return [];
  return [make("h3", {}, say(app, "ui.why")), whyList(app, why)];
}

/** Why something is open: basis, words, and who can settle it. */
export function whyList(app: App, why: readonly PayloadWhy[]): Node {
  const items = why.map(([code, text, who]) =>
    make(
      "li",
      {},
      make("b", {}, say(app, `basis.${code}`)),
      ": ",
      englishText(textAt(app, text)),
      ` (${say(app, `actor.${who}`)})`,
    ),
  );
  return make("ul", { class: "why" }, ...items);
}

export function rulesView(app: App, { rules, advice }: PayloadVerdict): readonly Node[] {
  const answers = (place: number) => textAt(app, place).split(" ").filter(Boolean);
  const silent = answers(rules).filter((answer) => /s$/.test(answer));
  const speaking = answers(rules).filter((answer) => !/s$/.test(answer));
  const advised = answers(advice).filter((answer) => !/s$/.test(answer));
  const idOf = (answer: string) => textAt(app, app.data.rules[Number.parseInt(answer, 10)]?.id ?? -1);
  const quiet = { count: numberText(app, silent.length), ids: silent.map(idOf).join(", ") };
  return [
    make("h3", {}, say(app, "ui.rules")),
    make("ul", { class: "rules" }, ...speaking.map((answer) => ruleView(app, answer))),
    ...(silent.length > 0 ? [make("p", { class: "quiet" }, say(app, "ui.silentRules", quiet))] : []),
    ...(advised.length > 0
      ? [
          make("h3", {}, say(app, "ui.advice")),
          make("ul", { class: "rules" }, ...advised.map((answer) => ruleView(app, answer))),
        ]
      : []),
  ];
}

/** An answer such as `12f!`: place of the rule, letter of its state, whether it is a reason. */
export function ruleView(app: App, answer: string): Node {
  const states: Readonly<Record<string, readonly [sign: string, state: string]>> = {
    f: ["x", "fires"],
    d: ["?", "depends"],
    m: ["?", "mixed"],
    p: ["+", "passes"],
  };
  const [sign, state] = states[/[a-z]/.exec(answer)?.[0] ?? ""] ?? ["", "silent"];
  const rule = app.data.rules[Number.parseInt(answer, 10)];
  if (!rule) return make("li", {}, say(app, `state.${state}`));
  const certainty = wordOr(app, "certainty", rule.certainty);
  return make(
    "li",
    { class: `rule rule-${state}` },
    make("span", { class: "rule-sign", "aria-hidden": "true" }, sign),
    make("b", {}, textAt(app, rule.id)),
    ` ${say(app, `state.${state}`)}: `,
    packText(app, rule.title),
    make("span", { class: "quiet" }, ` · ${textAt(app, rule.cites)} (${certainty})`),
  );
}
