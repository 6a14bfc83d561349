import type { Assessment } from "../../model/assessment.ts";
import { UserError } from "../../model/errors.ts";
import type { GateResult } from "../../model/gate-result.ts";
import type { ReadFile } from "../../model/ports/files.ts";
import type { ObjectStore } from "../../model/ports/log.ts";
import type { DecisionFields, InputManifest, Lines, Receipt } from "../../model/record.ts";
import { cedarVersion } from "../../policy/cedar.ts";
import { findPack } from "../packs.ts";
import type { LedgerAccess, Shell } from "../shell.ts";
import type { Workspace } from "../workspace.ts";
import { type DecisionCore, rowsHeader } from "./core.ts";
import { type DecisionDraft, decisionEntry } from "./decision.ts";
import { fileChanges } from "./files.ts";
import { treeOver } from "./lines.ts";
import type { LedgerView } from "./view.ts";
import { write } from "./write.ts";

/** Enters an assessment: one entry, with roots over its rows and its questions. Durable on return. Throws `UserError`. */
export async function enterAssessment(
  shell: Shell,
  workspace: Workspace,
  assessment: Assessment,
  core: DecisionCore,
): Promise<Receipt> {
  const access = accessOf(shell);
  shell.progress("keeping what the decision rests on");
  const { objects } = access.store;
  const inputs = keepInputs(shell, access, workspace);
  const rows = { ...keepFile(objects, core.rows), header: rowsHeader.join() };
  const questions = keepLines(objects, core.questions);
  const inventory = { rows: core.inventory.rows, sha256: objects.putNew(core.inventory.path) };
  const reasons = assessment.reasons.map(({ pack, rule, refused, undecided }) => ({
    pack,
    rule,
    lines: refused + undecided,
  }));
  return enter(shell, access, workspace, {
    ...commonFields(shell, workspace, "assessment", assessment.action),
    ...{ verdicts: assessment.verdicts, basis: assessment.basis, reasons, rows, questions, inventory, inputs },
    subject: { name: `inventory of ${workspace.config.name}`, sha256: inputs },
  });
}

/** Enters what was decided about an order: one entry, with a root over its lines. Durable on return. Throws `UserError`. */
export async function enterGate(
  shell: Shell,
  workspace: Workspace,
  result: GateResult,
  { order, lines }: { readonly order: ReadFile; readonly lines: readonly string[] },
): Promise<Receipt> {
  const access = accessOf(shell);
  const { objects } = access.store;
  const inputs = keepInputs(shell, access, workspace, order);
  const basis: Record<string, number> = {};
  const against = new Map<string, { pack: string; rule: string; lines: number }>();
  for (const line of result.lines) {
    basis[line.basis] = (basis[line.basis] ?? 0) + 1;
    for (const { pack, rule } of line.reasons) {
      const name = JSON.stringify([pack, rule]);
      against.set(name, { pack, rule, lines: (against.get(name)?.lines ?? 0) + 1 });
    }
  }
  return enter(shell, access, workspace, {
    ...commonFields(shell, workspace, "gate", result.action),
    ...{ verdicts: result.verdicts, basis, rows: keepLines(objects, lines), inputs },
    reasons: [...against.values()].sort((a, b) => b.lines - a.lines || (a.rule < b.rule ? -1 : 1)),
    subject: { name: order.name, sha256: order.sha256 },
  });
}

function enter(shell: Shell, access: LedgerAccess, workspace: Workspace, draft: DecisionDraft): Promise<Receipt> {
  shell.progress("writing to the ledger");
  return write({ access, trust: workspace.trust, version: shell.version }, (view, time) => {
    if (draft.inventory) refuseForgetting(view, workspace.ledger);
    return [...fileChanges(view, workspace.filed, time), decisionEntry(draft, time)];
  });
}

/** What somebody else recorded meanwhile is not in our inventory, and would be missed by nobody after it. */
function refuseForgetting(view: LedgerView | undefined, read: LedgerView | undefined): void {
  if (view?.inventories.at(-1)?.entry === read?.inventories.at(-1)?.entry) return;
  throw new UserError("another assessment was recorded meanwhile; nothing was entered", "run again");
}

function accessOf({ ledger }: Shell): LedgerAccess {
  if (ledger) return ledger;
  throw new UserError("there is no ledger to write to", "name one with `--ledger DIR`");
}

function commonFields(shell: Shell, workspace: Workspace, kind: DecisionFields["kind"], action: string) {
  const { config, asOf, knownAt } = workspace;
  return {
    kind,
    workspace: config.name,
    action,
    ...{ asOf, knownAt, demo: config.demo === true },
    engine: { freigabe: shell.version, cedar: cedarVersion() },
    packs: workspace.packs.map(({ pack, use }) => ({
      name: pack.name,
      version: pack.version,
      digest: pack.digest,
      use,
    })),
  };
}

/** Copies what the decision was made from beside the ledger; the digest of the list of all of it. */
function keepInputs(shell: Shell, access: LedgerAccess, workspace: Workspace, order?: ReadFile): string {
  const { objects } = access.store;
  const filed = new Set(workspace.filed.map(({ file }) => file));
  const own = workspace.inputs.map(({ file, sha256, bytes }) => {
    // A file of which nothing could be read has no digest; its problem is part of the verdicts.
    const kept =
      sha256 !== "" && !workspace.ledger?.redacted.has(sha256) && (filed.has(file) || bytes <= access.keepUpTo);
    if (kept) objects.putFile(workspace.files.resolve(file), sha256);
    return { from: "workspace" as const, path: file, sha256, bytes, kept };
  });
  const packs = workspace.packs.flatMap(({ pack }) =>
    findPack(pack.name, workspace.files, shell.shipped).map(({ path, text }) => {
      const bytes = Buffer.from(text);
      return {
        from: "pack" as const,
        path: `${pack.name}/${path}`,
        sha256: objects.put(bytes),
        bytes: bytes.length,
        kept: true,
      };
    }),
  );
  const orders = order
    ? [
        {
          from: "order" as const,
          path: order.name,
          sha256: objects.put(order.bytes),
          bytes: order.bytes.length,
          kept: true,
        },
      ]
    : [];
  const manifest: InputManifest = { kind: "inputs", files: [...own, ...packs, ...orders], root: workspace.files.root };
  return objects.put(Buffer.from(JSON.stringify(manifest)));
}

function keepLines(objects: ObjectStore, lines: readonly string[]): Lines {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  return { ...treeOver([bytes], { csv: false }), sha256: objects.put(bytes) };
}

function keepFile(objects: ObjectStore, path: string): Lines {
  const sha256 = objects.putNew(path);
  return { ...treeOver(objects.chunks(sha256), { csv: true }), sha256 };
}
