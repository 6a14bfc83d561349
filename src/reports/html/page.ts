import { createHash } from "node:crypto";
import type { Payload } from "./payload-shape.ts";
import { clientScript } from "./script.ts";
import { style } from "./style.ts";
import { html, type Language, type Markup } from "./text.ts";

/**
 * The document. Its policy (CSP level 3) lets nothing in from anywhere, and of scripts and styles only these, by digest: a
 * name from the data that were markup after all could neither run nor call out.
 */
export function pageOf(page: {
  readonly language: Language;
  readonly title: string;
  readonly body: Markup;
  readonly payload: Payload;
}): string {
  const { language, title, body, payload } = page;
  const script = clientScript();
  const css = style();
  const policy = [
    "default-src 'none'",
    `script-src '${digestOf(script)}'`,
    `style-src '${digestOf(css)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const named = language === "de" ? `${title}: Ergebnisse` : `${title}: verdicts`;
  const head = html`<!doctype html>
<html lang="${language}" data-language="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Freigabe">
<title>${named}</title>
`;
  return `${head.markup}<style>${css}</style>
</head>
<body>
${body.markup}
<script type="application/json" id="data">${jsonText(payload)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function digestOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** JSON that cannot end its script element or open a comment in it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e");
}
