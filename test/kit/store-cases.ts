/** A small inventory and the questions that are asked of it. */
import type { EquipmentKey } from "../../src/model/inventory.ts";
import type { EquipmentRange, InventoryStore } from "../../src/model/ports/store.ts";
import { type GivenFile, relations, uses } from "../tables.ts";

export const network: readonly GivenFile[] = [
  {
    table: "elements",
    text: [
      "id,operator,site,maker,product,release,digest,functions,status,in_service_since,release_since",
      "DEMO-gnb-1,alpha,s1,mk,radio,7.1,,gNB,active,2018-05-01,2024-01-01",
      "DEMO-gnb-2,alpha,s1,mk,radio,7.1,,gNB,,2020-05-01,",
      '"DEMO-amf-1",alpha,"site ""two"", Bonn",mk,core,21.3,,AMF,active,,',
      "DEMO-amf-2,beta,s2,mk,core,21.3,,AMF,active,2025-12-06,2025-12-06",
      "DEMO-core,,s2,other,core2,3,,UDM;AUSF,active,2024-07-01,",
      "DEMO-old,alpha,s2,mk,core,21.2,,AMF,retired,2015-01-01,",
      "DEMO-future,alpha,s2,mk,core,21.4,,AMF,planned,2027-01-01,",
      "",
    ].join("\n"),
  },
  relations(
    "DEMO-amf-1,maintained-by,zeta,,,IN,unmediated",
    "DEMO-amf-1,maintained-by,acme,2020-01-01,2030-01-01,DE,mediated",
    "DEMO-amf-1,maintained-by,acme,,,DE,mediated",
    "DEMO-amf-1,maintained-by,past,,2020-01-01,DE,",
    "DEMO-gnb-1,managed-by,DEMO-core,,,,",
    "DEMO-gnb-2,managed-by,firm,,,,",
    "DEMO-gnb-2,built-by,firm2,,,,",
    "DEMO-core,maintained-by,acme,,,,none",
  ),
  uses(
    "beta,DEMO-core,shared,50,,",
    "alpha,DEMO-core,own,50,,",
    "gamma,DEMO-core,roaming,,,",
    "beta,DEMO-amf-1,shared,,2027-01-01,",
    "alpha,DEMO-amf-1,own,,,",
  ),
];

/** Three ranges for each key, cut at two days, and one for what is not known. */
export function rangesOf(keys: readonly EquipmentKey[]): readonly EquipmentRange[] {
  return keys.flatMap(({ key }) => [
    { key, lo: null, hi: "2019-01-01", tuple: key * 10, domain: "d" },
    { key, lo: "2019-01-01", hi: "2025-12-06", tuple: key * 10 + 1, domain: "d" },
    { key, lo: "2025-12-06", hi: null, tuple: key * 10 + 2, domain: "d" },
    { key, lo: null, hi: null, tuple: key * 10 + 3, domain: "d" },
  ]);
}

/** Everything that is asked of a store, with a tuple of its own for each range and for whoever works on an element. */
export async function ask(store: InventoryStore) {
  const keys = await store.equipmentKeys();
  const parties = await store.maintenanceKeys();
  const groups = await store.questions(
    rangesOf(keys),
    parties.map(({ key }) => ({ key, tuple: key })),
  );
  return { keys, parties, groups };
}
