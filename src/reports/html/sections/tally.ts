import type { BarPart } from "../../../charts/bar.ts";
import { type Tone, toneOfBasis, tones } from "../../../charts/tones.ts";
import type { Breakdown } from "../../../model/assessment.ts";

/** Order of the parts of every bar and table: from what is shown to be in order to what is refused. */
export const barOrder: readonly Tone[] = tones.toReversed();

/** Counts by basis as parts of a bar. Verdicts that no basis was counted for join their outcome's tone. */
export function partsOf({ verdicts, basis }: Pick<Breakdown, "verdicts" | "basis">): readonly BarPart[] {
  const counts = new Map<Tone, number>(barOrder.map((tone) => [tone, 0]));
  for (const [name, count] of Object.entries(basis)) {
    const tone = toneOfBasis(name);
    if (tone !== "refused" && tone !== "undecided") counts.set(tone, counts.get(tone)! + count);
  }
  counts.set("refused", verdicts.refused);
  counts.set("undecided", verdicts.undecided);
  return barOrder.map((tone) => ({ tone, count: counts.get(tone)! }));
}
