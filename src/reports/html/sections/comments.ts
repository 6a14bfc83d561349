import type { SupplierComment } from "../../../model/comment.ts";
import { inTurn, leftOut } from "../../comments-shown.ts";
import { day, html, type Markup, name } from "../text.ts";
import { clipped } from "../texts.ts";
import type { View } from "../view.ts";
import { section } from "./blocks.ts";

const mostComments = 40;
const mostLines = 20;
const mostCharacters = 3000;

/** What suppliers say themselves about what is found, quoted; nothing where none has said anything. */
export function commentsSection({ data }: View): Markup | false {
  const { comments } = data.assessment;
  if (comments.length === 0) return false;
  const some = inTurn(comments, mostComments);
  const left = leftOut(some);
  return section(
    "comments",
    { en: "What suppliers say themselves", de: "Was Hersteller selbst dazu sagen" },
    html`<p class="lead">${{ en: "Statements that suppliers signed about what is found of them. They decide nothing.", de: "Von Herstellern signierte Stellungnahmen zu dem, was über sie festgestellt ist. Sie entscheiden nichts." }}</p>`,
    html`<ul class="findings">${some.shown.map(oneComment)}</ul>`,
    left !== "" &&
      html`<p class="quiet">${{ en: "Not shown:", de: "Nicht gezeigt:" }} <bdi>${left}</bdi> (<code>--output json</code> ${{ en: "has all", de: "enthält alle" }})</p>`,
  );
}

function oneComment({ maker, on, text, signed, signer, file }: SupplierComment): Markup {
  const about = on === "*" ? { en: "on whatever is said of it", de: "zu allem, was über ihn gesagt ist" } : name(on);
  const lines = clipped(text.trim(), mostCharacters).split(/\r\n|\r|\n/);
  const words = lines.slice(0, mostLines).map((line) => html`<p><bdi>${line}</bdi></p>`);
  return html`<li><h3>${name(maker)} <span class="quiet">${about}</span></h3><blockquote>${words}${lines.length > mostLines && html`<p>…</p>`}</blockquote><p class="quiet">${day(signed)}, ${{ en: "signed by", de: "signiert von" }} ${name(signer)} <code>${name(file)}</code></p></li>`;
}
