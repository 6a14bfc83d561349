import * as app from "./client/app.ts";
import * as chain from "./client/chain.ts";
import * as command from "./client/command.ts";
import * as facts from "./client/facts.ts";
import * as fragment from "./client/fragment.ts";
import * as language from "./client/language.ts";
import * as map from "./client/map.ts";
import * as view from "./client/map-view.ts";
import * as route from "./client/route.ts";
import * as rows from "./client/rows.ts";
import * as start from "./client/start.ts";
import * as table from "./client/table.ts";
import * as tables from "./client/tables.ts";

const modules = [app, chain, command, facts, fragment, language, map, view, route, rows, start, table, tables];

/**
 * The page's script: the text of all functions of `client/`, as the runtime holds it without types, in one scope. Every
 * function there is exported, so that none is missing here (`script.test.ts`).
 */
export function clientScript(): string {
  const functions = modules.flatMap((module) => Object.values(module)).map((own) => squeezed(own.toString()));
  return `"use strict";(()=>{\n${functions.join("\n")}\nstart();\n})();`;
}

/** Types leave blanks behind, and lines only indented. */
function squeezed(source: string): string {
  return source
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .join("\n");
}
