import { createHash } from "node:crypto";
import { stringify } from "yaml";
import type { RegisterKind } from "../../../src/model/statement.ts";
import { register, type Signed } from "../../../test/kit/world.ts";
import { onlyHeardOf } from "./certificates.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Notices of first use under the law before December 2025: operator, product, functions, day. */
const notices = (
  [
    ["rhein", "N-NR4", "transport-router", "2021-12-06"],
    ["rhein", "B-SD", "UDM AUSF", "2022-03-21"],
    ["isar", "T-SR7", "transport-router", "2022-02-14"],
    ["isar", "B-UP", "UPF", "2022-06-20"],
    ["isar", "L-RM", "RAN-management", "2021-12-06"],
    ["isar", "B-CM", "core-management", "2022-06-20"],
    ["isar", "C-MO", "MANO", "2022-06-20"],
    ["elbe", "T-SR7", "transport-router", "2021-11-15"],
    // Given while the waiting time could no longer end before first use.
    ["elbe", "H-SD", "NWDAF", "2025-09-08"],
    // Given years late, for routers of which nobody knows since when they run.
    ["elbe", "L-LR1", "transport-router", "2026-10-12"],
    ["neckar", "A-AR9", "transport-router", "2023-08-28"],
    ["neckar", "H-SD", "UDM AUSF", "2023-09-11"],
    ["neckar", "H-CM", "core-management", "2023-09-11"],
    ["neckar", "S-RM", "RAN-management", "2023-09-11"],
  ] as const
).map(([operator, product, functions, given], at) => ({
  ...{ declarationId: `DEMO-notice-${at + 1}`, declaration: "notice", operator: `DEMO-${operator}` },
  ...{ product: `DEMO-${product}`, functions: functions.split(" "), given },
}));

/** Guarantee declarations of makers: maker, product, day. That of DEMO-atlas is among the fixed envelopes. */
const guarantees: readonly Signed[] = (
  [
    ["nordwerk", "N-NR4", "2021-11-29"],
    ["borea", "B-SD", "2022-03-14"],
    ["taiga", "T-SR7", "2021-10-25"],
    ["borea", "B-UP", "2022-06-13"],
    ["lotus", "L-RM", "2021-11-29"],
    ["lotus", "L-LR1", "2026-10-05"],
    ["borea", "B-CM", "2022-06-13"],
    ["halcyon", "H-SD", "2023-09-04"],
    ["halcyon", "H-CM", "2023-09-04"],
  ] as const
).map(([maker, product, given]) => ({
  ...{ file: `evidence/guarantee-${product}.json`, by: [`DEMO-${maker}-key`], on: given },
  says: {
    kind: "declaration",
    predicate: {
      ...{ declarationId: `DEMO-guarantee-${product}`, declaration: "guarantee" },
      ...{ maker: `DEMO-${maker}`, product: `DEMO-${product}`, given },
    },
  },
}));

/** In force to one operator; and one to all that was repealed a year later. */
const switchOrder = {
  ...{ orderId: "DEMO-order-2026-1", law: "BSIG 41(1)", status: "in-force", operators: ["DEMO-isar"] },
  ...{ makers: ["DEMO-lotus"], products: ["DEMO-L-LS3"], issued: "2026-09-01", effective: "2026-10-01" },
};
const nameServerOrder = {
  ...{ orderId: "DEMO-order-2023-1", law: "BSIG 9b(4) old", status: "in-force", operators: "all" },
  ...{ makers: ["DEMO-jade"], products: ["DEMO-J-DNS"], issued: "2023-06-05", effective: "2023-09-01" },
};

function order(predicate: Fields, on: string): Signed {
  const name = String(predicate.orderId).replace("DEMO-order-", "");
  const file = `evidence/order-${name}${predicate.status === "repealed" ? "-repealed" : ""}.json`;
  return { file, by: ["DEMO-ministry"], on, says: { kind: "order", predicate } };
}

/** What an operator signs to be complete. That of the newcomer's orders is past its day. */
function ownRegister(kind: RegisterKind, operator: string, entries: readonly Fields[], nextDue = "2027-01-31"): Signed {
  const asOf = nextDue < "2026-11-20" ? "2026-07-01" : "2026-11-10";
  return {
    ...{ file: `registers/${kind}-${operator}.json`, by: [`${operator}-security`], on: asOf },
    says: register({ register: kind, operator, edition: 1, asOf, nextDue, entries: entries as never }),
  };
}

function registersOf(operator: string): readonly Signed[] {
  const given = notices.filter((notice) => notice.operator === operator);
  const received = operator === "DEMO-isar" ? [switchOrder] : [];
  const isNewcomer = operator === "DEMO-neckar";
  return [
    ownRegister("orders", operator, received, isNewcomer ? "2026-09-30" : undefined),
    ownRegister("certificates", operator, operator === "DEMO-elbe" ? onlyHeardOf : []),
    ownRegister("notices", operator, given),
    ...(isNewcomer ? [] : [ownRegister("maintenance", operator, [])]),
    ...(operator === "DEMO-isar" || isNewcomer ? [] : [ownRegister("guarantees", operator, [])]),
  ];
}

/** The next edition of the register that is past its day, to be copied into `registers/`. */
const renewed: Signed = {
  ...{ file: "renewed/orders-DEMO-neckar.json", by: ["DEMO-neckar-security"], on: "2026-11-18" },
  says: register({
    ...{ register: "orders", operator: "DEMO-neckar", edition: 2, asOf: "2026-11-18", nextDue: "2027-01-31" },
    entries: [],
  }),
};

function alias(name: string, by: readonly string[], predicate: Fields): Signed {
  return { file: `evidence/alias-${name}.json`, by, on: "2026-02-16", says: { kind: "alias", predicate } };
}

/** Names that bills of materials use; confirmed for the authority, they count for every operator. */
const partMakers = [
  ["opal", "DEMO Opal Semiconductor Ltd"],
  ["nordwerk", "DEMO Nordwerk AG"],
  ["kiesel", "DEMO Kiesel Server GmbH"],
] as const;

/** Registers, orders, declarations and confirmed names. */
export const papers: readonly Signed[] = [
  ...["DEMO-rhein", "DEMO-isar", "DEMO-elbe", "DEMO-neckar"].flatMap(registersOf),
  renewed,
  order(switchOrder, "2026-09-01"),
  order(nameServerOrder, "2023-06-05"),
  order({ ...nameServerOrder, status: "repealed" }, "2024-05-06"),
  ...guarantees,
  alias("taiga", ["DEMO-isar-approver", "DEMO-isar-security"], {
    ...{ text: "Taiga Systems", aliasOf: "supplier", id: "DEMO-taiga", reason: "the name on the delivery notes" },
  }),
  ...partMakers.map(([name, text]) =>
    alias(name, ["DEMO-ministry-approver"], {
      ...{ text, aliasOf: "supplier", id: `DEMO-${name}`, reason: "the name in the commercial register" },
    }),
  ),
  alias("core-release", ["DEMO-rhein-approver"], {
    ...{ text: "24.2 GA", aliasOf: "release", id: "24.2", product: "DEMO-H-CC", reason: "the maker's word for 24.2" },
  }),
];

/** The working copy of confirmed names; nobody signed the last two, so they mean nothing yet. */
export const aliasesText = `text,kind,id,product,from,until,by,on
Taiga Systems,supplier,DEMO-taiga,,,,DEMO-isar-approver,2026-02-16
24.2 GA,release,24.2,DEMO-H-CC,,,DEMO-rhein-approver,2026-02-16
${partMakers.map(([name, text]) => `${text},supplier,DEMO-${name},,,,DEMO-ministry-approver,2026-02-16`).join("\n")}
Nordwerk Netze,supplier,DEMO-nordwerk,,,,,
Network-Router-6,product,DEMO-N-NR6,,,,,
`;

const certificateRules = ["DE-CERT-1", "DE-CERT-2", "DE-CERT-3"];
const owner = "head of network security (invented)";

/** In force for named elements, for a purchase, run out, and matching nothing; the last one nobody has signed. */
const exceptions: readonly (Fields & {
  readonly exceptionId: string;
  readonly signed?: string;
})[] = [
  {
    ...{
      exceptionId: "DEMO-X-1",
      pack: "de-2026",
      rules: certificateRules,
      signed: "2026-02-02",
      until: "2027-06-30",
    },
    scope: { elements: ["DEMO-R-CM-1", "DEMO-R-CM-2", "DEMO-R-MANO-1"] },
    ...{ reason: "no scheme is admissible yet; the systems stand behind the operator's gateway", owner },
  },
  {
    ...{
      exceptionId: "DEMO-X-2",
      pack: "de-2026",
      rules: certificateRules,
      signed: "2026-03-30",
      until: "2026-09-30",
    },
    scope: { operators: ["DEMO-isar"], products: ["DEMO-H-SD"] },
    ...{ reason: "until the certificate arrives", owner },
  },
  {
    ...{ exceptionId: "DEMO-X-3", pack: "de-2026", rules: ["DE-CERT-2"], signed: "2026-05-04", until: "2027-03-31" },
    scope: { operators: ["DEMO-neckar"], products: ["DEMO-B-PC"] },
    ...{ reason: "for a system that was never delivered", owner },
  },
  {
    ...{ exceptionId: "DEMO-X-4", pack: "de-2026", rules: ["DE-CERT-3"], until: "2027-03-31" },
    scope: { operators: ["DEMO-elbe"], products: ["DEMO-T-UP"], functions: ["UPF"] },
    ...{ reason: "the renewal is with the body", owner },
  },
  {
    ...{
      exceptionId: "DEMO-X-5",
      pack: "de-2026",
      rules: certificateRules,
      signed: "2026-10-05",
      until: "2027-03-31",
    },
    scope: { operators: ["DEMO-isar"], products: ["DEMO-B-CM"], releases: ["8"] },
    ...{ actions: ["deploy"], reason: "no scheme is admissible yet", owner },
  },
];

const withoutDay = ({ signed: _day, ...says }: (typeof exceptions)[number]): Fields => says;

/** The signed exceptions: two authorities each, for these rules are theirs to waive. */
export const signedExceptions: readonly Signed[] = exceptions.flatMap((exception) => {
  const { signed, exceptionId } = exception;
  if (signed === undefined) return [];
  const name = `exception ${exceptionId}`;
  return [
    {
      ...{ file: `evidence/exception-${exceptionId.replace("DEMO-", "")}.json`, on: signed },
      by: ["DEMO-ministry", "DEMO-regulator"],
      says: { kind: "exception", predicate: withoutDay(exception) },
      subject: { name, digest: { sha256: createHash("sha256").update(name).digest("hex") } },
    } as const,
  ];
});

/** The working copy, with the proposal that nobody signed. */
export const exceptionsText = `# Working copy: only the signed statements in evidence/ have effect.\n${stringify(exceptions.map(withoutDay), { lineWidth: 110 })}`;

/** A purchase with a line for each outcome and what it rests on. */
export const orderText = `line,operator,maker,product,release,functions,quantity,maintained_by,place,access
site-routers,DEMO-rhein,DEMO-nordwerk,DEMO-N-NR6,6.1,transport-router,400,DEMO-nordwerk,DE,mediated
base-stations,DEMO-rhein,DEMO-lotus,DEMO-L-BB,V5.2,gNB,120,DEMO-turmdienst,DE,mediated
uncertified-routers,DEMO-isar,DEMO-jade,DEMO-J-JE2,E2.1,transport-router,60,DEMO-fieldcare,XL,unmediated
barred-switches,DEMO-isar,DEMO-lotus,DEMO-L-LS3,3.4,transport-switch,8,DEMO-fieldcare,XL,unmediated
tested-twice,DEMO-rhein,DEMO-nordwerk,DEMO-N-NR6,6.2,transport-router,20,DEMO-nordwerk,DE,mediated
newer-gateway,DEMO-rhein,DEMO-halcyon,DEMO-H-UP,24.4,UPF,4,DEMO-halcyon,DE,mediated
unknown-names,DEMO-isar,Nordwerk Netze,Network-Router-6,6.1,transport-router,10,DEMO-nordwerk,DE,mediated
only-heard-of,DEMO-elbe,DEMO-taiga,DEMO-T-SD,23.0,UDM,2,DEMO-taiga,FI,mediated
newcomer,DEMO-neckar,DEMO-nordwerk,DEMO-N-NR6,6.1,transport-router,40,DEMO-nordwerk,DE,mediated
no-scheme-yet,DEMO-elbe,DEMO-taiga,DEMO-T-RM,T26,RAN-management,1,DEMO-taiga,FI,mediated
core-manager,DEMO-isar,DEMO-borea,DEMO-B-CM,8,core-management,2,DEMO-borea,DE,mediated
misprint,DEMO-elbe,DEMO-taiga,DEMO-T-BB,T25,gNB,many,DEMO-turmdienst,DE,mediated
`;
