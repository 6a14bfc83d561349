/** Exit codes of the command line; a process that dies otherwise must not look like a verdict. */
export const exit = {
  /** Admitted, or done. */
  done: 0,
  /** Refused; or a pack that is invalid or fails its tests. */
  refused: 1,
  /** Wrong use, or the program failed. */
  failed: 2,
  /** Undecided; for `verify`: signer unknown, or outside its time. */
  undecided: 3,
  /** A record or a signature is broken. */
  broken: 4,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];

/**
 * Something the person at the keyboard can mend. `message` says what was expected and where (lower case, input in
 * backticks, no full stop), `hint` what to type or change. Only the skins catch it.
 */
export class UserError extends Error {
  readonly hint: string | undefined;
  readonly code: ExitCode;
  constructor(message: string, hint?: string, code: ExitCode = exit.failed) {
    super(message);
    this.name = "UserError";
    this.hint = hint;
    this.code = code;
  }
}
