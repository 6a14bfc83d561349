import { type App, byId, isWord, kindMark, make, nameText, numberText, say, textAt } from "./app.ts";
import { linkTo } from "./fragment.ts";
import { mountView } from "./map-view.ts";

/** The map: kinds on and off, zoom and pan, and what lies at the site a reader picks or searches. */
export function mountMap(app: App): void {
  const drawing = document.getElementById("map-drawing");
  if (!(drawing instanceof SVGSVGElement)) return;
  const { sites } = app.data;
  const isHidden = new Set<number>();
  let picked = -1;

  for (const box of byId("map-legend").querySelectorAll<HTMLInputElement>("input[data-kind]")) {
    box.addEventListener("change", () => {
      const kind = Number(box.dataset.kind);
      if (box.checked) isHidden.delete(kind);
      else isHidden.add(kind);
      document.getElementById(`dots-${kind}`)?.toggleAttribute("hidden", !box.checked);
    });
  }
  const worstOf = (site: number) => Math.min(...(sites.counts[site] ?? []).filter((_, at) => at % 2 === 0));
  const pick = (site: number) => {
    picked = site;
    const mark = byId("map-mark");
    mark.setAttribute("cx", String(sites.x[site]));
    mark.setAttribute("cy", String(sites.y[site]));
    view.showMark(true);
    byId("site-detail").replaceChildren(...siteView(app, site));
  };
  const view = mountView(drawing, (x, y, reach) => {
    let [best, least] = [-1, reach * reach];
    for (let site = 0; site < sites.x.length; site++) {
      const distance = (sites.x[site]! - x) ** 2 + (sites.y[site]! - y) ** 2;
      if (distance <= least && !isHidden.has(worstOf(site))) [best, least] = [site, distance];
    }
    if (best >= 0) pick(best);
  });
  mountSiteSearch(app, (site) => {
    pick(site);
    view.centre(sites.x[site]!, sites.y[site]!);
  });
  app.renderers.push(() => {
    if (picked >= 0) byId("site-detail").replaceChildren(...siteView(app, picked));
  });
}

export function mountSiteSearch(app: App, choose: (site: number) => void): void {
  const { sites, texts } = app.data;
  const most = 8;
  const input = byId("site-search") as HTMLInputElement;
  const list = byId("site-results");
  const keys = sites.id.map((id, at) => `${texts[id] ?? ""} ${texts[sites.name[at]!] ?? ""}`.toLowerCase());
  const search = () => {
    const wanted = input.value.trim().toLowerCase();
    const found = wanted === "" ? [] : keys.flatMap((key, at) => (key.includes(wanted) ? [at] : []));
    const buttons = found.slice(0, most).map((at) => {
      const name = textAt(app, sites.name[at]!);
      const button = make("button", { type: "button", class: "small" }, nameText(textAt(app, sites.id[at]!)));
      if (name !== "") button.append(" ", nameText(name));
      button.addEventListener("click", () => choose(at));
      return make("li", {}, button);
    });
    list.replaceChildren(...buttons);
    const said =
      found.length === 0 ? say(app, "ui.noSite") : say(app, "ui.found", { count: numberText(app, found.length) });
    byId("site-found").textContent = wanted === "" ? "" : said;
    return found;
  };
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const [first] = event.key === "Enter" ? search() : [];
    if (first !== undefined) choose(first);
  });
}

export function siteView(app: App, site: number): readonly Node[] {
  const { sites } = app.data;
  const id = textAt(app, sites.id[site]!);
  const [name, region] = [textAt(app, sites.name[site]!), textAt(app, sites.region[site]!)];
  const counts = sites.counts[site]!;
  const rows: Node[] = [];
  for (let at = 0; at < counts.length; at += 2) {
    const number = make("span", { class: "number" }, numberText(app, counts[at + 1]!));
    rows.push(make("li", {}, kindMark(app, counts[at]!), number));
  }
  const heading = sites.cells
    ? say(app, "ui.cellHeading", { count: numberText(app, sites.sites[site]!) })
    : say(app, "ui.siteHeading");
  const about = [name, region].filter((text) => text !== "").join(", ");
  const link = make("a", { href: linkTo("site", id) }, say(app, "ui.siteElements"));
  return [
    make("h3", {}, `${heading} `, nameText(id)),
    ...(about === "" ? [] : [make("p", { class: "quiet" }, nameText(about))]),
    make("ul", { class: "site-counts" }, ...rows),
    ...(sites.cells || !isWord(app, "ui.siteElements") ? [] : [make("p", {}, link)]),
  ];
}
