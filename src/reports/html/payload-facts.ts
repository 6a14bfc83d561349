import type { Source } from "../../model/fact.ts";
import type { ShownFact } from "../../model/report-data.ts";
import { payloadWhy } from "./payload.ts";
import type { PayloadFact, PayloadSource } from "./payload-shape.ts";
import type { Texts } from "./texts.ts";

/** Most sources shown of one fact; the rest is counted. */
const mostSources = 12;

/** A fact as the chains show it, its texts by place. */
export function payloadFact(texts: Texts, fact: ShownFact): PayloadFact {
  const { name, question, values, labels, known, sources, why } = fact;
  const shown = sources.slice(0, mostSources).map((source) => payloadSource(texts, source));
  const more = sources.length - shown.length;
  if (more > 0) shown.push({ kind: "row", place: texts.place("…"), text: texts.place(`and ${more} more sources`) });
  return {
    name,
    question: texts.place(question),
    values: values.map((value, at) => [String(value), texts.place(labels[at] ?? null)] as const),
    known,
    sources: shown,
    why: payloadWhy(texts, why),
  };
}

function payloadSource(texts: Texts, source: Source): PayloadSource {
  const { kind } = source;
  const text = texts.place(source.text);
  switch (source.kind) {
    case "row": {
      const place = source.line === undefined ? source.file : `${source.file}:${source.line}`;
      return { kind, place: texts.place(place), text };
    }
    case "statement": {
      const { file, signer, grade, day } = source;
      return { kind, place: texts.place(file), text, signer: texts.place(signer), grade, ...(day && { day }) };
    }
    case "pack":
      return { kind, place: texts.place(source.pack), text };
    case "parameter":
      return { kind, place: texts.place(`${source.name} = ${source.value}`), text };
  }
}
