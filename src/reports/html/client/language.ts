import { type App, byId, say } from "./app.ts";
import { fragmentWith, readFragment } from "./fragment.ts";

/** Shows the other language, everywhere and at once; nothing is stored but in the address. */
export function mountLanguage(app: App): void {
  const button = byId("language");
  button.addEventListener("click", () => {
    setLanguage(app, app.language === "de" ? "en" : "de");
    const state = readFragment(location.hash);
    if (app.language === app.data.language) state.delete("lang");
    else state.set("lang", app.language);
    history.replaceState(history.state, "", fragmentWith(state));
  });
  const asked = readFragment(location.hash).get("lang");
  setLanguage(app, asked === "de" || asked === "en" ? asked : app.language);
}

export function setLanguage(app: App, language: "en" | "de"): void {
  app.language = language;
  document.documentElement.lang = language;
  document.documentElement.dataset.language = language;
  document.title = say(app, "ui.document", { title: app.data.title });
  for (const labelled of document.querySelectorAll<HTMLElement>("[data-label-en]")) {
    const text = language === "de" ? labelled.dataset.labelDe : labelled.dataset.labelEn;
    if (text !== undefined) labelled.setAttribute("aria-label", text);
  }
  for (const render of app.renderers) render();
}
