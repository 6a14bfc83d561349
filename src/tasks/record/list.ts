import { leafHash } from "../../ledger/merkle.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import { decisionField, type EntryContent, timeOf } from "../../model/record.ts";
import { headOf } from "./find.ts";
import { entriesOf } from "./view.ts";

export interface LedgerList {
  readonly kind: "ledger-list";
  readonly ledger: string;
  readonly size: number;
  readonly entries: readonly {
    readonly index: number;
    readonly time: string;
    readonly kind: EntryContent["kind"];
    /** RFC 6962 hash of the entry, hex. */
    readonly leaf: string;
    readonly text: string;
  }[];
}

/** The entries of a ledger, each in a line. Throws `UserError` if there is none, or it is broken. */
export function listLedger(store: LedgerStore, { decisions }: { readonly decisions: boolean }): LedgerList {
  const head = headOf(store);
  const entries = [...entriesOf(store, head)].filter(({ content }) => !decisions || content.kind === "decision");
  return {
    kind: "ledger-list",
    ledger: head.origin,
    size: head.size,
    entries: entries.map(({ index, bytes, content }) => ({
      index,
      time: timeOf(content),
      kind: content.kind,
      leaf: Buffer.from(leafHash(bytes)).toString("hex"),
      text: summaryOf(content),
    })),
  };
}

/** An entry in a line. */
export function summaryOf(content: EntryContent): string {
  switch (content.kind) {
    case "decision": {
      const { kind, workspace, action, asOf, verdicts, demo } = content.predicate[decisionField];
      const counts = `admitted ${verdicts.admitted}, refused ${verdicts.refused}, undecided ${verdicts.undecided}`;
      return `${kind} of ${workspace}, ${action} as of ${asOf}: ${counts}${demo ? " (demo)" : ""}`;
    }
    case "files": {
      const { appeared, vanished } = content.predicate;
      const named = [...appeared.map(({ file }) => `+${file}`), ...vanished.map(({ file }) => `-${file}`)];
      const more = named.length > 2 ? ` and ${named.length - 2} more` : "";
      return `${appeared.length} appeared, ${vanished.length} vanished: ${named.slice(0, 2).join(" ")}${more}`;
    }
    case "start":
      return `key ${content.predicate.verifierKey}`;
    case "rotation":
      return `from ${content.predicate.from} to ${content.predicate.to}: ${content.predicate.reason}`;
    case "redaction":
      return `${content.predicate.sha256} withheld: ${content.predicate.reason}`;
    case "disclosure": {
      const { partner, counts, turns } = content.predicate;
      const recalls = counts.recalls > 0 ? `, recalls ${counts.recalls}` : "";
      return `to ${partner}: given ${counts.released}, taken back ${counts.withdrawn}, withheld ${counts.withheld}${recalls}; ${turns.length} classes turned`;
    }
    case "act":
      return `${content.predicate.act} by ${content.predicate.by}: ${content.predicate.text}`;
    case "view":
      return `${content.predicate.partner}, ${content.predicate.collection}: ${content.predicate.shown} shown, ${content.predicate.gone} gone`;
    default:
      return content satisfies never;
  }
}
