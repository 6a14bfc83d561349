import { createHash } from "node:crypto";
import { elbe, isar, neckar, type Operator, rhein } from "./cast.ts";
import type { Kind } from "./parts.ts";

/** Instances of functions of one kind: how many of each, and since when they run. */
export interface Block {
  readonly functions: readonly (readonly [name: string, count: number])[];
  readonly maker: string;
  readonly product: string;
  readonly release: string;
  readonly since: string;
  readonly digest?: string;
}

const block = (
  functions: string,
  maker: string,
  product: string,
  release: string,
  since: string,
  more: Pick<Block, "digest"> = {},
): Block => ({
  functions: functions.split(" ").map((text) => {
    const [name = "", count = "1"] = text.split(":");
    return [name, Number(count)] as const;
  }),
  ...{ maker: `DEMO-${maker}`, product: `DEMO-${product}`, release, since, ...more },
});

/** Digest of the manifest that certificate DEMO-NESAS-01 names. */
const coreDigest = createHash("sha256").update("manifest of DEMO-H-CC@24.2").digest("hex");

/** What runs in each operator's core, by the same order as the README tells it. */
export const cores: readonly (readonly [Operator, readonly Block[]])[] = [
  [
    rhein,
    [
      block("AMF:4 SMF:4 NEF:1 SCP:2", "halcyon", "H-CC", "24.2", "2026-02-09", { digest: coreDigest }),
      block("NRF:2", "halcyon", "H-CC", "24.2 GA", "2026-02-09"),
      block("PCF:2", "halcyon", "H-CC", "24.2", "2026-06-15"),
      block("NSSF:1", "halcyon", "H-CC", "24.2", "2026-02-09"),
      block("UPF:8", "halcyon", "H-UP", "24.3", "2026-03-02"),
      block("UPF:4", "halcyon", "H-UP", "24.4", "2026-08-10"),
      block("UDM:2 AUSF:2", "borea", "B-SD", "3.2", "2022-06-13"),
      block("UDR:2", "borea", "B-DR", "1.0", "2026-03-16"),
      block("PGW:2", "borea", "B-UP", "4.1", "2019-05-06"),
      block("IMS:2", "lotus", "L-IMS", "V8", "2017-09-04"),
      block("DNS:2 AAA:1", "jade", "J-DNS", "D4", "2020-02-03"),
      block("lawful-interception:1", "borea", "B-PC", "0.9", "2019-05-06"),
      block("third-party-interface:2", "nordwerk", "N-NR6", "6.1", "2026-03-09"),
    ],
  ],
  [
    isar,
    [
      block("AMF:3 SMF:3", "borea", "B-CC", "7.1", "2026-03-02"),
      block("NRF:2 SCP:2", "borea", "B-CC", "7.1", "2026-03-02"),
      block("UPF:6", "borea", "B-UP", "5.0", "2022-09-12"),
      block("UPF:4", "borea", "B-UP2", "5.2", "2026-05-11"),
      block("UDM:2 AUSF:2", "halcyon", "H-SD", "24.2", "2026-04-13"),
      block("PCF:2", "borea", "B-PC", "1.0", "2026-07-06"),
      block("PGW:2", "borea", "B-UP", "4.1", "2020-01-13"),
      block("IMS:2", "borea", "B-IMS", "6.0", "2019-11-04"),
      block("DNS:2", "borea", "B-DR", "0.8", "2020-01-13"),
      block("third-party-interface:2", "nordwerk", "N-NR6", "6.1", "2026-03-09"),
    ],
  ],
  [
    elbe,
    [
      block("AMF:2 SMF:2 NRF:1", "borea", "B-CC", "6.4", "2021-02-08"),
      block("AMF:2 SMF:2 NRF:1", "taiga", "T-CC", "23.1", "2026-01-26"),
      block("UPF:6", "taiga", "T-UP", "23.1", "2026-01-26"),
      block("UPF:4", "borea", "B-UP", "5.0", "2021-02-08"),
      block("UDM:2 AUSF:2", "taiga", "T-SD", "23.0", "2026-02-23"),
      block("NWDAF:1", "halcyon", "H-SD", "24.1", "2025-10-06"),
      block("PCF:2 SEPP:2", "borea", "B-PC", "0.9", "2021-02-08"),
      block("IMS:2", "lotus", "L-IMS", "V8", "2018-03-05"),
      block("DNS:2", "taiga", "T-CC", "22.0", "2019-06-03"),
      block("third-party-interface:2", "nordwerk", "N-NR6", "6.1", "2026-03-09"),
    ],
  ],
  [
    neckar,
    [
      block("AMF:2 SMF:2 NRF:1", "halcyon", "H-CC", "24.2", "2026-02-16"),
      block("UPF:3", "halcyon", "H-UP", "24.2", "2026-02-16"),
      block("UDM:1 AUSF:1", "halcyon", "H-SD", "24.0", "2023-11-20"),
      block("PCF:1", "halcyon", "H-CC", "24.2", "2026-06-22"),
      block("third-party-interface:1", "nordwerk", "N-NR6", "6.1", "2026-03-09"),
    ],
  ],
];

/** Systems that manage a part of the network, and what stands beside the functions without a duty. */
export const others: readonly (readonly [Operator, readonly Block[]])[] = [
  [
    rhein,
    [
      block("core-management:2", "halcyon", "H-CM", "24.2", "2026-02-09"),
      block("MANO:1", "cumulus", "C-MO", "6", "2026-02-09"),
      block("transport-management:2", "nordwerk", "N-TM", "3.1", "2020-04-06"),
      block("OSS-BSS:1", "cumulus", "C-BSS", "11", "2021-01-11"),
    ],
  ],
  [
    isar,
    [
      block("core-management:2", "borea", "B-CM", "7", "2022-09-12"),
      block("MANO:1", "cumulus", "C-MO", "5", "2022-09-12"),
      block("transport-management:2", "nordwerk", "N-TM", "3.4", "2026-05-18"),
      block("OSS-BSS:1", "cumulus", "C-BSS", "11", "2022-09-12"),
    ],
  ],
  [
    elbe,
    [
      block("core-management:1", "borea", "B-CM", "6", "2021-02-08"),
      block("core-management:1", "taiga", "T-CM", "23", "2026-01-26"),
      block("MANO:1", "cumulus", "C-MO", "6", "2026-01-26"),
      block("transport-management:2", "lotus", "L-TM", "V4", "2019-03-11"),
      block("OSS-BSS:1", "cumulus", "C-BSS", "11", "2021-02-08"),
    ],
  ],
  [
    neckar,
    [
      block("core-management:1", "halcyon", "H-CM", "24.0", "2023-11-20"),
      block("MANO:1", "cumulus", "C-MO", "6", "2023-11-20"),
      block("transport-management:1", "nordwerk", "N-TM", "3.4", "2026-02-16"),
    ],
  ],
];
/** Boxes of every operator that no duty reaches. */
export const beside = [
  block("security-gateway:3", "nordwerk", "N-SG", "2.2", "2024-05-06"),
  block("timing-source:3", "nordwerk", "N-TS", "5", "2020-08-03"),
];

/** Radio management systems: one of each for every region. */
export const radioManagers: readonly (readonly [Operator, Kind, since: string, releaseSince: string])[] = [
  [rhein, radioManager("lotus", "L-RM", "V9"), "2019-09-02", "2025-04-07"],
  [rhein, radioManager("borea", "B-RM", "25"), "2019-09-02", "2025-09-01"],
  [isar, radioManager("lotus", "L-RM", "V9"), "2022-03-14", "2025-04-07"],
  [isar, radioManager("borea", "B-RM", "26"), "2026-02-23", "2026-02-23"],
  [elbe, radioManager("lotus", "L-RM", "V8"), "2020-11-02", "2024-06-03"],
  [elbe, radioManager("taiga", "T-RM", "T25"), "2020-11-02", "2026-04-20"],
  [neckar, radioManager("sakura", "S-RM", "1.8"), "2023-11-20", "2025-02-03"],
];

function radioManager(maker: string, product: string, release: string): Kind {
  return { maker: `DEMO-${maker}`, product: `DEMO-${product}`, release, functions: "RAN-management" };
}
