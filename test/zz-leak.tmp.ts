import { writeFileSync, appendFileSync, readFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { first } from "../scripts/worlds/first.ts";
import { runIn } from "./kit/run.ts";
import { temporaryWorld } from "./kit/world.ts";
  const evil = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e";
  const tables = {
    ...first.tables,
    suppliers: [...(first.tables.suppliers ?? []), { id: `DEMO-${evil}`, name: evil }],
    elements: [
      { id: `DEMO-${evil}`, operator: `op-${evil}`, maker: evil, product: evil, release: evil, functions: evil },
      ...(first.tables.elements ?? []).map((element) => ({ ...element, release: `${element.release}${evil}` })),
    ],
  };
  const signed = first.signed.map((one: any) =>
    one.says.kind === "certificate" ? { ...one, says: { ...one.says, predicate: { ...one.says.predicate, release: evil } } } : one,
  );
const root = temporaryWorld({...first, tables, signed, config: { ...first.config, title: `title ${evil}` }} as any);
writeFileSync(join(root, `evidence/${evil.replaceAll("/", "")}.json`), evil);
for (const words of [["assess","."],["assess",".","--output","csv"],["assess",".","--output","json"],
        ["explain", ".", `DEMO-${evil}`],
        ["explain", ".", evil],
        ["explain", ".", "DEMO-amf-1"],
        ["assess", ".", "--as-of", evil],
        ["assess", ".", "--output", evil],
        ["assess", `./${evil}`],
        ["gate", ".", "--order", evil],
        ["gate", ".", "--order", "order.csv"],
        ["gate", ".", "--order", "order.csv", "--output", "json"],
        ["verify", `evidence/${evil}.json`, "--trust", "trust"], ["verify", "evidence/certificate-amf.json", "--trust", "trust"],
        ["match", "."], ["pack","validate",evil], ["pack","test",evil],
        ["assess", ".", `--${evil}`],
        [evil]]) {
  const r = await runIn(root, words);
  for (const [s, text] of [["out", r.out], ["err", r.err]] as const) for (const line of text.split("\n")) if (/\p{Cc}/u.test(line)) console.log(JSON.stringify(words), s, JSON.stringify(line).slice(0,200));
}
writeFileSync(join(root,"elements/elements.csv"), "id,operator,maker,product,release,functions\nDEMO-orphan,DEMO-who,DEMO-nordwerk,DEMO-core,21.3,AMF\nDEMO-orphan2,DEMO-north,DEMO-nordwerk,DEMO-core,21.3,AMF\n");
const r = await runIn(root, ["assess",".","--output","csv"]); console.log(r.out);
