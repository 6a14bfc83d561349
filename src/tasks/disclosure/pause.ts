/** Lets others have their turn: what is waited for in one program otherwise holds up every poll until it is done. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
