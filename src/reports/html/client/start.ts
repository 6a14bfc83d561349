import { readApp } from "./app.ts";
import { mountLanguage } from "./language.ts";
import { mountMap } from "./map.ts";
import { mountRoute } from "./route.ts";
import { mountElements, mountQuestions } from "./tables.ts";

/** Brings the page to life. Without it everything but the tables and chains can still be read. */
export function start(): void {
  const app = readApp();
  document.documentElement.classList.add("is-live");
  mountMap(app);
  const elements = mountElements(app);
  mountQuestions(app);
  mountLanguage(app);
  mountRoute(app, elements);
}
