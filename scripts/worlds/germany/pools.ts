import { elbe, isar, neckar, type Operator, rhein } from "./cast.ts";
import { centresOf } from "./core.ts";
import { laender } from "./laender.ts";
import type { Row } from "./parts.ts";
import { gatewaysOf } from "./traffic.ts";

/** How many of a function must live; all elements of the operator that bear it are members. */
const wholes: readonly (readonly [Operator, needed: Readonly<Record<string, number>>])[] = [
  [rhein, { AMF: 3, SMF: 3, UDM: 1, AUSF: 1, NRF: 1 }],
  [isar, { AMF: 2, SMF: 2, UPF: 6, UDM: 1, AUSF: 1, NRF: 1 }],
  [elbe, { AMF: 2, SMF: 2, UPF: 5, UDM: 1, AUSF: 1, NRF: 1 }],
  [neckar, { AMF: 1, SMF: 1, UPF: 2, UDM: 1, AUSF: 1, NRF: 1 }],
];

/** Gateways of the largest operator's data centres: each serves the Länder around it, and can spare one. */
const gatewaysPerCentre = 4;
const gatewaysNeeded = 3;

/** What the sites of each operator need of its core, k of n. Voice (IMS) is none of it: without it data still flows. */
export function pools(): readonly Row[] {
  return [...wholes.flatMap(([operator, needed]) => ofFunctions(operator, needed)), ...regionalGateways(rhein)];
}

function ofFunctions(operator: Operator, needed: Readonly<Record<string, number>>): readonly Row[] {
  return Object.entries(needed).map(([name, count]) => ({
    ...{ id: `${operator.letter}-${name}`, operator: operator.id, function: name, needed: count },
  }));
}

function regionalGateways(operator: Operator): readonly Row[] {
  const centres = centresOf(operator);
  const gateway = gatewaysOf(operator, centres);
  return centres.map((centre, at): Row => {
    const numbers = Array.from({ length: gatewaysPerCentre }, (_, turn) => at + 1 + turn * centres.length);
    const served = laender.filter((land) => gateway(land) === centre);
    return {
      ...{ id: `${operator.letter}-UPF-${at + 1}`, operator: operator.id, function: "UPF", needed: gatewaysNeeded },
      members: numbers.map((number) => `DEMO-${operator.letter}-UPF-${number}`).join(";"),
      regions: served.map(({ name }) => name).join(";"),
    };
  });
}
