import { type Fact, type Facts, type FactValue, isKnown } from "../model/fact.ts";
import type { NamedAction } from "../model/verdict.ts";
import { graded, selecting } from "./build.ts";
import { catalogue } from "./catalogue.ts";
import { level } from "./certificate-level.ts";
import { accessWords } from "./maintenance.ts";
import { roleOf } from "./roles.ts";
import type { Setting } from "./setting.ts";

type Effort = NamedAction["effort"];
const definitions = new Map(catalogue.map((definition) => [definition.name, definition]));

/**
 * What people could do about the facts of one question, each with all the facts it would set. Only what is not yet so
 * is offered; what nobody can do (no scheme exists, a waiting time) is named with `nobody` and never counted on.
 */
export function namedActions(setting: Setting, facts: Facts): readonly NamedAction[] {
  return [
    ...showFirstUse(facts),
    ...certification(setting, facts),
    ...paperwork(facts),
    ...ownership(facts),
    ...access(setting, facts),
    ...review(setting, facts),
    ...testing(facts),
    ...paperOnParts(facts),
    ...replacement(facts),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Only where a day is missing: which reading of "first use" counts, no operator can show. */
function showFirstUse({ era }: Facts): readonly NamedAction[] {
  const definition = definitions.get("era");
  if (era?.kind !== "selecting" || !definition || !era.why.some(({ who }) => who === "operator")) return [];
  const offered = new Set<FactValue>([...era.possible, "none"]);
  return definition.values.flatMap((value, index) =>
    offered.has(value)
      ? [
          action(
            `show-first-use-${value}`,
            `show the day of first use; this admits if it means: ${definition.labels?.[index]}`,
            "operator",
            1,
            { era: selecting(definition, [value], []) },
          ),
        ]
      : [],
  );
}

function certification({ parameters }: Setting, { certificate }: Facts): readonly NamedAction[] {
  if (certificate?.kind !== "graded" || certificate.worst === level.inTerm) return [];
  const sets = known("certificate", level.inTerm);
  const codes = new Set(certificate.why.map(({ code }) => code));
  if (codes.has("no-scheme"))
    return [action("await-scheme", "a scheme for this function must first exist", "nobody", 5, sets)];
  const offers = [
    action(
      "deploy-certified",
      "deploy a release that holds a certificate of an admissible scheme",
      "operator",
      4,
      sets,
    ),
  ];
  const unsettled = certificate.why.filter(({ code }) => code === "identity").map(({ who }) => who);
  if (unsettled.includes("operator") && certificate.worst === level.none)
    offers.push(
      action(
        "confirm-names",
        "confirm what the texts of maker, product and release mean (`freigabe match`), if a certificate then covers it",
        "operator",
        1,
        sets,
      ),
    );
  if (unsettled.includes("body"))
    offers.push(
      action(
        "confirm-update",
        "have the certification body sign that the update from the certified release is minor (if it is)",
        "body",
        2,
        sets,
      ),
    );
  if (codes.has("expired") || certificate.best === level.beforeUse)
    offers.push(action("renew-certificate", "renew the certificate for the release in use", "maker", 3, sets));
  if (codes.has("missing") || codes.has("stale-register"))
    offers.push(
      action("show-certificate", "put the certificate of this release on file, if it holds one", "operator", 1, sets),
    );
  if (certificate.best === level.none && parameters.certifiedLate === "admitted")
    offers.push(action("certify", "have the release in use certified", "maker", 4, sets));
  return offers;
}

function paperwork({ notice, standStillOver, guarantee, prohibited, orderOnFile }: Facts): readonly NamedAction[] {
  const offers: NamedAction[] = [];
  const noticeOpen = notice && !isKnown(notice);
  if (noticeOpen)
    offers.push(
      action("show-notice", "put the notice given before first use on file", "operator", 1, {
        ...known("notice", true),
        ...known("standStillOver", true),
      }),
    );
  if (standStillOver?.why.some(({ code }) => code === "stand-still"))
    offers.push(action("wait", "wait until the waiting time ends", "nobody", 1, known("standStillOver", true)));
  if (guarantee && !isBest(guarantee, true))
    offers.push(
      action(
        "show-guarantee",
        "obtain the maker's guarantee declaration and put it on file",
        "maker",
        2,
        known("guarantee", true),
      ),
    );
  const order = prohibited && !isKnown(prohibited) ? prohibited : orderOnFile;
  if (order && !isKnown(order)) {
    const onlyNames = order.why.every(({ code }) => code === "identity");
    const who = order.why.some(({ who: actor }) => actor === "authority") ? "authority" : "operator";
    const [id, title] = onlyNames
      ? ["settle-names", "have the names that an order or a table uses confirmed (if the order does not mean this)"]
      : ["renew-orders", "put a current, complete register of orders on file (if it lists none against this)"];
    const open = Object.entries({ prohibited, orderOnFile }).filter(([, fact]) => fact && !isBest(fact, false));
    offers.push(action(id, title, who, 1, Object.assign({}, ...open.map(([name]) => known(name, false)))));
  }
  return offers;
}

function ownership(facts: Facts): readonly NamedAction[] {
  const open = barred(facts).filter(([, fact]) => !isKnown(fact));
  if (open.length === 0) return [];
  const title = "complete the ownership table of the maker (if no listed supplier controls it)";
  const sets: Facts = Object.assign({}, ...open.map(([name]) => known(name, false)));
  return [action("complete-owners", title, "operator", 2, sets)];
}

/** The facts about roles that bar a maker, or may. */
function barred(facts: Facts): readonly (readonly [name: string, fact: Fact])[] {
  return Object.keys(roleOf).flatMap((name) => {
    const fact = facts[name];
    return fact && !isBest(fact, false) ? [[name, fact] as const] : [];
  });
}

function access({ parameters }: Setting, { maintenance, accessAllowed }: Facts): readonly NamedAction[] {
  const wanted = accessWords[String(parameters.accessAtMost)] ?? 3;
  const steps: readonly (readonly [number, string, string, Effort])[] = [
    [1, "mediate-access", "lead all access from abroad through the operator's own gateway", 2],
    [2, "maintain-at-home", "have it maintained by people at home", 3],
    [3, "mediate-at-home", "have it maintained by people at home, through the operator's own gateway", 4],
  ];
  return steps.flatMap(([reached, id, title, effort]) => {
    const better = maintenance?.kind === "graded" && Number(maintenance.worst) < reached;
    const enough = accessAllowed && !isBest(accessAllowed, true) && reached >= wanted;
    if (!better && !enough) return [];
    const sets = { ...(better && known("maintenance", reached)), ...(enough && known("accessAllowed", true)) };
    return [action(id, title, "operator", effort, sets)];
  });
}

function review({ parameters }: Setting, { oversight, oversightEnough }: Facts): readonly NamedAction[] {
  const wanted = Number(parameters.oversightAtLeast ?? 6);
  const labels = definitions.get("oversight")?.labels ?? [];
  return labels.flatMap((label, reached) => {
    const better = oversight?.kind === "graded" && Number(oversight.worst) < reached;
    const enough = oversightEnough && !isBest(oversightEnough, true) && reached >= wanted;
    if (!better && !enough) return [];
    const sets = { ...(better && known("oversight", reached)), ...(enough && known("oversightEnough", true)) };
    return [
      action(
        `oversight-${reached}`,
        `let reviewers in and have them sign: ${label}`,
        "maker",
        Math.max(1, Math.min(5, reached)) as Effort,
        sets,
      ),
    ];
  });
}

function testing({ tested }: Facts): readonly NamedAction[] {
  if (!tested || isBest(tested, true)) return [];
  return [
    action(
      "test-release",
      "have a recognised lab test the release, or put its result on file",
      "lab",
      4,
      known("tested", true),
    ),
  ];
}

function paperOnParts({ vulnerability, contractParts }: Facts): readonly NamedAction[] {
  const offers: NamedAction[] = [];
  const mended = known("vulnerability", "none-open");
  if (vulnerability && !isKnown(vulnerability))
    offers.push(
      action(
        "show-advisories",
        "put the maker's word on vulnerabilities of this release on file, vouched for (if it leaves none open)",
        "maker",
        2,
        mended,
      ),
    );
  if (vulnerability && !isBest(vulnerability, "none-open"))
    offers.push(action("mend-release", "deploy a release in which they are fixed", "operator", 3, mended));
  if (contractParts && !isKnown(contractParts))
    offers.push(
      action(
        "show-parts",
        "put a complete bill of materials of this release on file, vouched for (if no part is of a listed maker)",
        "maker",
        2,
        known("contractParts", false),
      ),
    );
  return offers;
}

function replacement(facts: Facts): readonly NamedAction[] {
  const { prohibited, orderOnFile, contractParts } = facts;
  const names = barred(facts).map(([name]) => name);
  for (const [name, fact] of Object.entries({ prohibited, orderOnFile, contractParts }))
    if (fact && !isBest(fact, false)) names.push(name);
  if (names.length === 0) return [];
  const sets: Facts = Object.assign({}, ...names.map((name) => known(name, false)));
  return [action("replace", "replace it with equipment of a maker that no rule bars", "operator", 5, sets)];
}

function known(name: string, value: FactValue): Facts {
  return { [name]: graded(value, value, []) };
}

function isBest(fact: Fact, best: FactValue): boolean {
  return fact.kind === "graded" && fact.worst === best;
}

function action(id: string, title: string, who: NamedAction["who"], effort: Effort, sets: Facts): NamedAction {
  return { id, title, who, effort, sets };
}
