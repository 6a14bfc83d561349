import { type TableName, tableNames, tables } from "../model/columns.ts";
import { addMonths, type Day } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import { type RegisterKind, registerKinds } from "../model/statement.ts";

export interface InitRequest {
  readonly workspace: FolderFiles;
  /** Name of the network, as reports call it. */
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly operators: readonly string[];
  readonly demo: boolean;
  readonly today: Day;
}

/** Files made, and files that were there already and stay as they were. */
export interface InitResult {
  readonly kind: "init";
  readonly written: readonly string[];
  readonly kept: readonly string[];
  /** Drafts of registers, to be completed and signed. */
  readonly drafts: readonly string[];
}

/** Who a draft speaks for where nobody was named. */
const nobody = "OPERATOR";

/**
 * Makes a workspace: configuration, tables with their headers, folders with a line on what belongs there, and drafts
 * of the registers that only an operator can sign. No file that exists is touched. Throws `UserError` if there is a
 * workspace already, or if an id could not be part of a file name.
 */
export function initWorkspace(request: InitRequest): InitResult {
  checkWords(request);
  if (request.workspace.list(".", ["freigabe.yaml"], 1).names.includes("freigabe.yaml")) {
    throw new UserError(
      `\`${request.workspace.root}\` has a \`freigabe.yaml\` already; nothing was changed`,
      "name another folder, or go on with `freigabe import` or `freigabe assess`",
    );
  }
  const drafts = draftsFor(request);
  const planned = [...tableTexts(request), ...folderTexts, ...drafts, ["freigabe.yaml", configText(request)] as const];
  const present = new Set(request.workspace.list(".", [".csv", ".md", ".yaml"]).names);
  const missing = planned.filter(([name]) => !present.has(name));
  for (const [name, text] of missing) request.workspace.write(name, text, { exclusive: true });
  return {
    kind: "init",
    written: missing.map(([name]) => name).sort(),
    kept: planned.flatMap(([name]) => (present.has(name) ? [name] : [])).sort(),
    drafts: drafts.map(([name]) => name).sort(),
  };
}

function checkWords({ operators, country }: InitRequest): void {
  const bad = operators.find((id) => !/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id));
  if (bad !== undefined) {
    throw new UserError(
      `expected an operator id of letters, digits, \`.\`, \`_\` and \`-\`, got \`${bad.slice(0, 100)}\``,
    );
  }
  const repeated = operators.find((id, index) => operators.indexOf(id) !== index);
  if (repeated !== undefined) throw new UserError(`operator \`${repeated}\` is named twice`);
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw new UserError(
      `expected a country as two capital letters, got \`${country.slice(0, 100)}\``,
      "for example `--country DE`",
    );
  }
}

function configText({ name, country, demo }: InitRequest): string {
  return `# The one file a workspace must have. \`docs/formats.md\` describes every field.
name: ${JSON.stringify(name)}
${country === undefined ? '# country: DE    # whose people are at home, for "maintained from abroad"' : `country: ${country}`}
${demo ? "demo: true      # keys whose id begins with DEMO- count, and every report says so" : "# demo: true    # keys whose id begins with DEMO- would count"}

# Packs that give the verdict; the worst answer wins. \`freigabe pack list\` shows all.
binding:
  - pack: de-2026
    # parameters:                # \`freigabe pack list\` names them and what they are if nothing stands here
    #   firstUseMeans: type

# Packs whose answers stand beside the verdict and change nothing.
compare:
  - pack: de-2019

# Suppliers that have a role a rule speaks of, each with the source that says so.
# roles:
#   de-2024-contract-maker:
#     - { supplier: SUPPLIER-ID, source: "where it is written" }

# The same of operators: whom a rule binds.
# operatorRoles:
#   de-2024-contract-operator:
#     - { operator: OPERATOR-ID, source: "where it is written" }

# Days, if not today: the day judged, and the day on which the evidence must have been known.
# days: { asOf: 2026-12-31, knownAt: 2026-11-23 }

# Tables with other headers than ours: table, our column, the file's header.
# columns:
#   elements: { id: Serial, maker: Vendor }
`;
}

/** Large tables get a folder; a file in it for those who type rows themselves. */
function tableTexts({ operators }: InitRequest): readonly (readonly [string, string])[] {
  return tableNames.map((table) => {
    const columns = Object.keys(tables[table].columns);
    const header = columns.join(",");
    const named = (id: string) => columns.map((column) => (column === "id" || column === "name" ? id : ""));
    const rows = table === "operators" ? operators.map((id) => `\n${named(id).join(",")}`) : [];
    return [isLarge(table) ? `${table}/${table}.csv` : `${table}.csv`, `${header}${rows.join("")}\n`] as const;
  });
}

function isLarge(table: TableName): boolean {
  return "large" in tables[table];
}

const folderTexts: readonly (readonly [string, string])[] = [
  [
    "evidence/README.md",
    "Signed statements (DSSE envelopes, `.json`): certificates, test results, aliases. `freigabe certify` makes them.\n",
  ],
  [
    "registers/README.md",
    "Signed registers (DSSE envelopes, `.json`). `drafts/` holds what is not signed yet: it counts for nothing.\n",
  ],
  [
    "trust/README.md",
    "Public keys of everyone whose signature counts (`.yaml`). `freigabe certify key` prints an entry.\n",
  ],
];

function draftsFor({ operators, today }: InitRequest): readonly (readonly [string, string])[] {
  const parties = operators.length > 0 ? operators : [nobody];
  return parties.flatMap((operator) =>
    registerKinds.map(
      (kind) => [`registers/drafts/${kind}-${operator}.yaml`, draftText(kind, operator, today)] as const,
    ),
  );
}

interface Draft {
  readonly says: string;
  readonly entry: readonly string[];
}

const drafts: Readonly<Record<RegisterKind, Draft>> = {
  certificates: {
    says: "every certificate the operator holds for its equipment; with none below, it says that it holds none",
    entry: [
      ...["certificateId: DEMO-2026-1", "scheme: BSZ", "status: issued", "holder: SUPPLIER-ID", "product: PRODUCT-ID"],
      ...['release: "21.3"', 'issued: "2026-01-15"', 'until: "2028-01-14"'],
    ],
  },
  orders: {
    says: "every order of an authority that the operator has received; with none below, it says that there is none",
    entry: [
      ...[
        "orderId: DEMO-ORDER-1",
        'law: "BSIG 41"',
        "status: in-force",
        "operators: [OPERATOR-ID]",
        "makers: [SUPPLIER-ID]",
      ],
      ...['issued: "2026-02-01"', 'effective: "2026-03-01"'],
    ],
  },
  notices: {
    says: "every notice of a planned first use that the operator has given",
    entry: ["declarationId: DEMO-NOTICE-1", "declaration: notice", "product: PRODUCT-ID", 'given: "2024-05-02"'],
  },
  guarantees: {
    says: "every declaration of trustworthiness of a maker that the operator holds",
    entry: [
      ...["declarationId: DEMO-GUARANTEE-1", "declaration: guarantee", "maker: SUPPLIER-ID", "product: PRODUCT-ID"],
      'given: "2024-05-02"',
    ],
  },
  inventory: {
    says: "that the tables hold every element of the operator's network: how many, and a digest of their ids",
    entry: [],
  },
  maintenance: {
    says: "that the table of relations names everyone who maintains or manages the operator's equipment",
    entry: ["operator: OPERATOR-ID", "note: the relations table is complete as of this day"],
  },
};

function draftText(kind: RegisterKind, operator: string, today: Day): string {
  const { says, entry } = drafts[kind];
  if (kind === "inventory") return inventoryText(says, operator, today);
  const [first, ...rest] = entry;
  return `# DRAFT, not signed: it counts for nothing yet.
# A signed register says: ${says}.
# Fill in the entries, check that none is missing, put the signed file beside this folder:
#   freigabe certify register --from registers/drafts/${kind}-${operator}.yaml --complete \\
#     --key KEYFILE --out registers/${kind}-${operator}.json
# The count is computed. Raise \`edition\` by one each time; sign again before \`nextDue\`.
register: ${kind}
operator: ${operator}
edition: 1
complete: false
asOf: "${today}"
nextDue: "${addMonths(today, 3)}"
entries: []
# entries:
#   - ${first}
${rest.map((line) => `#     ${line}`).join("\n")}
`;
}

/** It lists nothing: the program counts, once there are tables, and people compare. */
function inventoryText(says: string, operator: string, today: Day): string {
  return `# DRAFT, not signed: it counts for nothing yet.
# A signed register says: ${says}.
# Once the tables are filled the program counts them and writes the digest; compare it with what stands in the network, and sign:
#   freigabe export inventory DIR --operator ${operator} --out registers/drafts/inventory-${operator}.yaml
#   freigabe certify register --from registers/drafts/inventory-${operator}.yaml --complete \\
#     --key KEYFILE --out registers/inventory-${operator}.json
register: inventory
operator: ${operator}
edition: 1
complete: false
asOf: "${today}"
nextDue: "${addMonths(today, 3)}"
entries: []
`;
}
