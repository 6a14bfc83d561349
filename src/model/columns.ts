/** Type of a canonical column: text, a day, a number, a SHA-256, or one of the listed words. */
export type ColumnType = "text" | "day" | "number" | "sha256" | readonly string[];

export interface Column {
  readonly type: ColumnType;
  /** A row without a value here is set aside; a file without the column cannot be read. */
  readonly required?: true;
  /** A number below this, at or below `above`, or with a fraction where it must be `whole`, is a wrong value. */
  readonly least?: number;
  readonly above?: number;
  readonly whole?: true;
  /** What it holds, for help texts and `docs/formats.md`. */
  readonly means: string;
}

export interface Table {
  readonly columns: Readonly<Record<string, Column>>;
  /** Columns that together must not repeat. */
  readonly key?: readonly string[];
  /** Large tables are folders of CSV or Parquet files, read by the store alone. */
  readonly large?: true;
}

const span = {
  from: { type: "day", means: "first day on which it holds; empty: always did" },
  until: { type: "day", means: "last day on which it holds; empty: still does" },
} as const satisfies Record<string, Column>;

const yesNo = ["yes", "no"] as const;

/** The canonical tables of a workspace: names of files and of columns. */
export const tables = {
  suppliers: {
    key: ["id"],
    columns: {
      id: { type: "text", required: true, means: "short name used in the other tables" },
      name: { type: "text", required: true, means: "name of the legal person" },
      seat: { type: "text", means: "country of its seat, ISO 3166-1 alpha-2" },
    },
  },
  owners: {
    columns: {
      owner: { type: "text", required: true, means: "supplier id, any other holder's name, or `free-float`" },
      owned: { type: "text", required: true, means: "supplier id" },
      percent: { type: "number", required: true, means: "share of the votes, 0 to 100" },
      kind: {
        type: ["votes", "control"],
        means: "empty: votes; `control`: it decides whatever its share, by a golden share, a contract or a statute",
      },
      ...span,
    },
  },
  succession: {
    columns: {
      predecessor: { type: "text", required: true, means: "supplier id before" },
      successor: { type: "text", required: true, means: "supplier id from that day on" },
      day: { type: "day", required: true, means: "day of the change" },
    },
  },
  operators: {
    key: ["id"],
    columns: {
      id: { type: "text", required: true, means: "short name used in the other tables" },
      name: { type: "text", required: true, means: "name of the operator" },
      increased_risk: {
        type: yesNo,
        means: "public network with increased risk potential (TKG 167); empty: not known",
      },
      customers: {
        type: "number",
        least: 0,
        means: "people who use it, to share out a region's people; empty: not known",
      },
    },
  },
  products: {
    key: ["id"],
    columns: {
      id: { type: "text", required: true, means: "short name used in the other tables and in statements" },
      supplier: { type: "text", required: true, means: "supplier id of the maker" },
      name: { type: "text", required: true, means: "name on the data sheet" },
      cpe: { type: "text", means: "CPE 2.3 name without version" },
      purl: { type: "text", means: "package URL without version" },
    },
  },
  sites: {
    key: ["id"],
    columns: {
      id: { type: "text", required: true, means: "short name used in `elements`" },
      name: { type: "text", means: "name for people" },
      region: { type: "text", means: "region it counts for" },
      latitude: { type: "number", means: "degrees north, WGS 84" },
      longitude: { type: "number", means: "degrees east, WGS 84" },
    },
  },
  regions: {
    key: ["name"],
    columns: {
      name: { type: "text", required: true, means: "as `region` in `sites` has it" },
      people: { type: "number", required: true, least: 0, means: "people who live there" },
      year: { type: "number", means: "year of that figure" },
      source: { type: "text", means: "who says so" },
    },
  },
  pools: {
    key: ["id"],
    columns: {
      id: { type: "text", required: true, means: "short name" },
      operator: { type: "text", required: true, means: "operator whose sites need it" },
      function: { type: "text", required: true, means: "function that its members bear" },
      members: {
        type: "text",
        means: "element ids joined by `;`; empty: all elements of the operator that bear the function",
      },
      needed: { type: "number", required: true, least: 1, whole: true, means: "how many members must live, 1 or more" },
      regions: { type: "text", means: "regions whose sites need it, joined by `;`; empty: all" },
    },
  },
  elements: {
    key: ["id"],
    large: true,
    columns: {
      id: { type: "text", required: true, means: "unique in the whole inventory" },
      operator: { type: "text", means: "responsible operator; empty: `uses` names it" },
      site: { type: "text", means: "site id" },
      maker: { type: "text", means: "supplier id, or a text that a signed alias explains" },
      product: { type: "text", means: "product id, or a text that a signed alias explains" },
      release: { type: "text", means: "exact version text" },
      digest: { type: "sha256", means: "SHA-256 of the release manifest, 64 hex digits, after `sha256:` or not" },
      functions: { type: "text", means: "3GPP or transport names, several joined by `;`" },
      status: { type: ["active", "planned", "retired"], means: "empty: active" },
      in_service_since: { type: "day", means: "first day of use; empty: not known" },
      release_since: { type: "day", means: "first day of use of this release here; empty: not known" },
    },
  },
  relations: {
    large: true,
    columns: {
      from: { type: "text", required: true, means: "element id" },
      kind: {
        type: ["part-of", "runs-on", "managed-by", "built-by", "maintained-by"],
        required: true,
        means: "what ties the two",
      },
      to: { type: "text", required: true, means: "element id, or supplier id for builders and maintainers" },
      from_day: { type: "day", means: "first day; empty: always did" },
      until_day: { type: "day", means: "last day; empty: still does" },
      place: { type: "text", means: "country people work from, ISO 3166-1 alpha-2" },
      access: { type: ["mediated", "unmediated", "none"], means: "through the operator's own gateway or not" },
    },
  },
  uses: {
    large: true,
    columns: {
      operator: { type: "text", required: true, means: "operator id" },
      element: { type: "text", required: true, means: "element id" },
      kind: { type: ["own", "shared", "roaming"], means: "empty: own" },
      share: { type: "number", means: "part of the capacity, 0 to 100" },
      ...span,
    },
  },
  links: {
    large: true,
    columns: {
      id: { type: "text", means: "short name" },
      operator: { type: "text", means: "whose link it is; empty: of every operator that has equipment at both ends" },
      from: { type: "text", required: true, means: "site id; of an uplink the end that is further from the core" },
      to: { type: "text", required: true, means: "site id" },
      kind: {
        type: ["trunk", "uplink"],
        means:
          "empty: trunk, used both ways; `uplink`: how `from` reaches the rest, which goes through it for nothing else",
      },
      weight: { type: "number", above: 0, means: "what routing adds up, above 0; empty: 1" },
      capacity: { type: "number", least: 0, means: "in the unit of `demands`, each way; empty: not known" },
      maker: { type: "text", means: "supplier of the line itself, where no element stands for it" },
      protection: {
        type: ["none", "ipsec", "macsec", "optical"],
        means: "how what it carries is encrypted; empty: not known",
      },
    },
  },
  demands: {
    large: true,
    columns: {
      operator: { type: "text", means: "whose traffic; empty: of the only operator at `from`" },
      from: { type: "text", required: true, means: "site id" },
      to: { type: "text", required: true, means: "site id" },
      value: { type: "number", required: true, least: 0, means: "traffic, in one unit throughout, 0 or more" },
      path: { type: "text", means: "sites it goes through, joined by `;`, where it is not left to routing" },
    },
  },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as readonly TableName[];
