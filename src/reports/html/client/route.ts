import { type App, byId } from "./app.ts";
import { elementView, questionView } from "./chain.ts";
import { fragmentWith, readFragment } from "./fragment.ts";
import { setLanguage } from "./language.ts";
import type { Table } from "./table.ts";

/** Opens what the address asks for: the chain of an element or question, or the elements of a site. */
export function mountRoute(app: App, elements: Table): void {
  const dialog = byId("chain") as HTMLDialogElement;
  let opened = 0;
  let before: Element | null = null;
  const fill = () => {
    const state = readFragment(location.hash);
    const element = state.get("element");
    const question = Number(state.get("question"));
    if (element !== undefined) byId("chain-content").replaceChildren(...elementView(app, element));
    else if (state.has("question")) byId("chain-content").replaceChildren(...questionView(app, question - 1));
    else return false;
    return true;
  };
  const apply = () => {
    const state = readFragment(location.hash);
    const asked = state.get("lang");
    if ((asked === "de" || asked === "en") && asked !== app.language) setLanguage(app, asked);
    if (fill()) {
      if (!dialog.open) {
        before = document.activeElement;
        dialog.showModal();
      }
      byId("chain-content").scrollTop = 0;
      byId("chain-title").focus();
      return;
    }
    if (dialog.open) dialog.close();
    const site = state.get("site");
    if (site === undefined) return;
    elements.setSite(site);
    byId("elements").scrollIntoView();
    byId("elements-heading").focus({ preventScroll: true });
  };
  // Closing goes back to where the reader was, so that the back button does not open it again.
  const leave = () => {
    if (!isAsked()) return;
    if (opened > 0) history.back();
    else {
      const state = readFragment(location.hash);
      state.delete("element");
      state.delete("question");
      history.replaceState(null, "", fragmentWith(state));
    }
    opened = 0;
  };
  const isAsked = () => /(^#|&)(element|question)=/.test(location.hash);
  addEventListener("hashchange", () => {
    if (isAsked() && !dialog.open) opened++;
    apply();
  });
  dialog.addEventListener("close", () => {
    leave();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  byId("chain-close").addEventListener("click", () => dialog.close());
  app.renderers.push(() => {
    if (dialog.open) fill();
  });
  apply();
}
