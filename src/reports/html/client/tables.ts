import { type App, byId, make, nameText, numberText, say, textAt, wordOr } from "./app.ts";
import { linkTo } from "./fragment.ts";
import { elementRows, questionRows, reasonIds } from "./rows.ts";
import { mountTable, type Table } from "./table.ts";

/** The table of elements; each row leads to the chain of its question. */
export function mountElements(app: App): Table {
  const rows = elementRows(app.data);
  const table = mountTable(app, {
    name: "elements",
    rows,
    total: app.data.elements.total,
    cell: (row, column) => {
      const value = String(rows.value(row, column));
      if (column === "element") return make("a", { href: linkTo("element", value) }, nameText(value));
      if (column === "domain") return wordOr(app, "domain", value);
      return nameText(value === "" ? "–" : value);
    },
  });
  byId("elements-site")
    .querySelector("button")
    ?.addEventListener("click", () => {
      table.setSite("");
      byId("elements-search").focus();
    });
  return table;
}

/** The table of distinct questions, with how many elements pose each. */
export function mountQuestions(app: App): Table {
  const rows = questionRows(app.data);
  return mountTable(app, {
    name: "questions",
    rows,
    total: app.data.chains.total,
    cell: (row, column) => {
      const chain = app.data.chains.rows[row]!;
      if (column === "elements") return numberText(app, chain.elements);
      if (column === "domain") return wordOr(app, "domain", textAt(app, chain.domain));
      if (column === "reasons") return reasonIds(app.data, row).join(", ") || "–";
      if (column === "who") return chain.who.map((who) => say(app, `actor.${who}`)).join(", ") || "–";
      if (column === "example")
        return make("a", { href: linkTo("question", String(row + 1)) }, nameText(textAt(app, chain.example)));
      return nameText(String(rows.value(row, column)));
    },
  });
}
