/** Up to 32 sets of the same size: `members[i * size]` and the following belong to set `i`, ascending. */
export interface SetBatch {
  readonly size: number;
  readonly count: number;
  readonly members: Uint16Array;
}

/**
 * All sets of `size` out of `of` things, each once, in lexicographic order, 32 at a time.
 * @param keep Leaves out sets it says no to; it gets the members, in an array that is used again.
 */
export function* subsets(
  of: number,
  size: number,
  keep: (members: Uint16Array) => boolean = () => true,
): Generator<SetBatch, void, void> {
  if (size > of) return;
  const current = Uint16Array.from({ length: size }, (_, at) => at);
  let members = new Uint16Array(32 * size);
  let count = 0;
  do {
    if (!keep(current)) continue;
    members.set(current, count * size);
    if (++count < 32) continue;
    yield { size, count, members };
    members = new Uint16Array(32 * size);
    count = 0;
  } while (advance(current, of));
  if (count > 0) yield { size, count, members };
}

function advance(current: Uint16Array, of: number): boolean {
  let at = current.length - 1;
  while (at >= 0 && current[at] === of - current.length + at) at--;
  if (at < 0) return false;
  const value = current[at]! + 1;
  for (let next = at; next < current.length; next++) current[next] = value + next - at;
  return true;
}

/** For each of `of` things a word: bit `i` is set if it belongs to set `i` of the batch. */
export function membership(of: number, batch: SetBatch): Uint32Array {
  const words = new Uint32Array(of);
  for (let set = 0; set < batch.count; set++)
    for (let at = 0; at < batch.size; at++) words[batch.members[set * batch.size + at]!]! |= 1 << set;
  return words;
}
