import { byId } from "./app.ts";

/** What the map lets others do with its view. */
export interface MapView {
  centre(x: number, y: number): void;
  showMark(on: boolean): void;
}

/**
 * Zoom and pan of an SVG by its viewBox: mouse, wheel (with Ctrl, or once the map has the focus), touch (one finger pans
 * once zoomed in, two zoom), keys and buttons. `pick` gets a click in the map's units, and how far a finger reaches.
 */
export function mountView(drawing: SVGSVGElement, pick: (x: number, y: number, reach: number) => void): MapView {
  const [width, height] = [Number(drawing.dataset.width), Number(drawing.dataset.height)];
  const most = 40;
  const frame = byId("map-frame");
  const view = { x: 0, y: 0, zoom: 1 };
  let hasMark = false;

  // The drawing may be narrower than its box, so the browser is asked where things fall.
  const matrix = () => drawing.getScreenCTM() ?? new DOMMatrix();
  const perPixel = () => 1 / matrix().a;
  const show = () => {
    const [w, h] = [width / view.zoom, height / view.zoom];
    view.x = Math.min(width - w, Math.max(0, view.x));
    view.y = Math.min(height - h, Math.max(0, view.y));
    drawing.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
    drawing.dataset.zoom = view.zoom >= 6 ? "near" : view.zoom >= 2.5 ? "middle" : "far";
    byId("map-mark").setAttribute("r", hasMark ? String(9 * perPixel()) : "0");
    frame.classList.toggle("is-zoomed", view.zoom > 1);
  };
  const zoomAt = (factor: number, x = view.x + width / view.zoom / 2, y = view.y + height / view.zoom / 2) => {
    const zoom = Math.min(most, Math.max(1, view.zoom * factor));
    view.x = x - ((x - view.x) * view.zoom) / zoom;
    view.y = y - ((y - view.y) * view.zoom) / zoom;
    view.zoom = zoom;
    show();
  };
  const moveBy = (x: number, y: number) => {
    view.x += x;
    view.y += y;
    show();
  };
  const reset = () => {
    Object.assign(view, { x: 0, y: 0, zoom: 1 });
    show();
  };
  const placeOf = (event: { clientX: number; clientY: number }): [number, number] => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix().inverse());
    return [x, y];
  };

  byId("map-in").addEventListener("click", () => zoomAt(1.6));
  byId("map-out").addEventListener("click", () => zoomAt(1 / 1.6));
  byId("map-reset").addEventListener("click", reset);
  frame.addEventListener("keydown", (event) => {
    const step = (width / view.zoom) * 0.12;
    const keys: Readonly<Record<string, () => void>> = {
      "+": () => zoomAt(1.6),
      "=": () => zoomAt(1.6),
      "-": () => zoomAt(1 / 1.6),
      "0": reset,
      ArrowLeft: () => moveBy(-step, 0),
      ArrowRight: () => moveBy(step, 0),
      ArrowUp: () => moveBy(0, -step),
      ArrowDown: () => moveBy(0, step),
      Enter: () => pick(view.x + width / view.zoom / 2, view.y + height / view.zoom / 2, width / view.zoom / 2),
    };
    const act = event.target === frame && !event.ctrlKey && !event.metaKey ? keys[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
  drawing.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && document.activeElement !== frame) return;
      event.preventDefault();
      zoomAt(event.deltaY < 0 ? 1.25 : 0.8, ...placeOf(event));
    },
    { passive: false },
  );
  mountPointers(drawing, { zoomAt, moveBy, placeOf, perPixel, isZoomed: () => view.zoom > 1, pick });
  return {
    centre: (x, y) => {
      view.zoom = Math.max(view.zoom, 6);
      view.x = x - width / view.zoom / 2;
      view.y = y - height / view.zoom / 2;
      show();
    },
    showMark: (on) => {
      hasMark = on;
      show();
    },
  };
}

interface Moves {
  zoomAt(factor: number, x: number, y: number): void;
  moveBy(x: number, y: number): void;
  placeOf(event: { clientX: number; clientY: number }): [number, number];
  perPixel(): number;
  isZoomed(): boolean;
  pick(x: number, y: number, reach: number): void;
}

/** Drags, pinches and clicks; a press that hardly moves is a click. */
export function mountPointers(drawing: SVGSVGElement, moves: Moves): void {
  const fingers = new Map<number, { clientX: number; clientY: number }>();
  let travelled = 0;
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0;
  };
  drawing.addEventListener("pointerdown", (event) => {
    if (fingers.size === 0) travelled = 0;
    fingers.set(event.pointerId, { clientX: event.clientX, clientY: event.clientY });
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const before = spread();
    fingers.set(event.pointerId, { clientX: event.clientX, clientY: event.clientY });
    const [dx, dy] = [event.clientX - last.clientX, event.clientY - last.clientY];
    travelled += Math.abs(dx) + Math.abs(dy);
    if (fingers.size === 2 && before > 0) {
      const [a = last, b = last] = [...fingers.values()];
      const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
      moves.zoomAt(spread() / before, ...moves.placeOf(middle));
    } else if (moves.isZoomed()) moves.moveBy(-dx * moves.perPixel(), -dy * moves.perPixel());
  });
  drawing.addEventListener("pointerup", (event) => {
    const isClick = fingers.size === 1 && travelled < 6;
    fingers.delete(event.pointerId);
    if (isClick) moves.pick(...moves.placeOf(event), 14 * moves.perPixel());
  });
  drawing.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
}
