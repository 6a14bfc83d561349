import { mostOptions } from "./sections/choice.ts";

/** Dependence, exposure and outage: choices without script, bars of spans, small maps, the matrix. */
export const networkStyle = `
.small-answer{font-size:clamp(1.3rem,2.6vw,1.8rem);max-width:34em;margin:.2rem 0 .6rem;line-height:1.2}
h4{font-size:.92rem;font-weight:650;margin:.9rem 0 .3rem;line-height:1.3}
.options{border:0;padding:0;margin:1.4rem 0 .4rem;display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;min-width:0}
.options legend{float:left;max-width:100%;color:var(--quiet);font-size:.92rem;padding:0;margin-right:.5rem}
.options label{position:relative;cursor:pointer}
.options input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
.options label>span{display:block;border:1px solid var(--border);border-radius:2rem;padding:.22rem .85rem;font-size:.92rem}
.options label:hover>span{background:var(--panel)}
.options input:checked+span{background:var(--ink);border-color:var(--ink);color:var(--paper);font-weight:650}
.options input:focus-visible+span{outline:3px solid var(--focus);outline-offset:2px}
.panel{display:none}
${Array.from({ length: mostOptions }, (_, at) => `.choice:has(>.options input[value="${at}"]:checked)>.panels>[data-panel="${at}"]`).join(",")}{display:block}
@supports not selector(:has(*)){.panel{display:block}}
.span-bar{display:block;border-radius:2px;margin-top:.12rem;min-width:4.5rem}
.track{fill:var(--line)}.sure{fill:var(--share)}.may{fill:url(#hatch-may)}
.may-ground{fill:color-mix(in srgb,var(--share) 16%,var(--paper))}.may-stripe{fill:var(--share)}.wide-stripe{fill:var(--paper)}
.quarters{fill:url(#quarters-of)}.quarter{fill:var(--paper);fill-opacity:.7}
.share{font-variant-numeric:tabular-nums lining-nums;font-size:.93em}
.span-legend{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem}
.span-swatch{vertical-align:-.05em;margin-right:.25rem}
.shares{table-layout:fixed;min-width:50rem;margin-bottom:.6rem}
.shares th:first-child{width:12.5rem}
.shares tbody td,.shares tbody th{vertical-align:top}
.shares tfoot td,.shares tfoot th{color:var(--quiet);font-weight:400;padding:.16rem .9rem .16rem 0;border-bottom:0;font-size:.88rem;font-variant-numeric:tabular-nums}
.shares tfoot tr:first-child>*{padding-top:.5rem}
.shares tfoot tr:last-child>*{padding-bottom:.6rem}
.shares thead th:nth-child(2),.shares td:nth-child(2){background:var(--panel);padding-left:.7rem}
.is-none{color:var(--quiet)}
.thirds{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:0 2.6rem}
.halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));gap:.4rem 3rem}
.thirds h3{margin-bottom:0}
.holders li{padding:.2rem 0}
.holders .share{float:right}
.holders .span-bar{clear:both}
.matrix{min-width:58rem;font-size:.8rem;table-layout:fixed}
.matrix th:first-child{width:9rem}
.matrix td,.matrix thead tr:nth-child(2) th{text-align:center;padding:.28rem .05rem;border-bottom:2px solid var(--paper);border-right:2px solid var(--paper);font-variant-numeric:tabular-nums;white-space:nowrap;letter-spacing:-.035em}
.matrix thead tr:nth-child(2) th{font-size:.74rem;border-bottom:2px solid var(--border)}
.matrix thead th{position:relative}.matrix .sr{left:0}
.matrix .begins{border-left:1px solid var(--border)}
.matrix thead tr:first-child .begins{text-align:left;padding-left:.4rem;border-bottom:0;color:var(--ink)}
.matrix tfoot th,.matrix tfoot td{border-top:1px solid var(--border);color:var(--quiet)}
${[0, 1, 2, 3, 4, 5].map(stepStyle).join("\n")}
.region{stroke:var(--paper);stroke-width:1.2}
.region:not([class*=step]){fill:var(--land)}
.region-wide{fill:url(#hatch-wide);opacity:.5;stroke:none;pointer-events:none}
.region-number{font-size:235px;font-weight:650;fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:70px;stroke-linejoin:round;pointer-events:none}
.small-map{display:block;width:100%;height:auto;max-height:min(38rem,80vh)}
.small-map .dot{stroke-width:3}.small-map .dots-no-duty .dot{stroke-width:2.2}.small-map .dots-refused .dot{stroke-width:2.8}.small-map .hole{stroke-width:1.1}
.map-frame.small{padding:0 0 .8rem}
.map-frame.small>h4,.map-frame.small>ul{margin-left:1rem;margin-right:1rem}
.panel>.map-box,.map-box:has(>.small){grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:2.4rem}
.dark-box{grid-template-columns:minmax(0,.8fr) minmax(0,1fr)!important}
.dark-legend li{display:flex;gap:.55rem;align-items:center;padding:.12rem 0}
.dark-legend .number{margin-left:auto;font-weight:650}
.scale{display:flex;flex-wrap:wrap;gap:.15rem .9rem;font-size:.82rem;color:var(--quiet)}
.scale-step{display:flex;gap:.35rem;align-items:center}
.scale-box{width:1.1rem;height:.8rem;display:inline-block;border:1px solid var(--border)}
.scale-box.is-wide{background:repeating-linear-gradient(45deg,var(--share) 0 3px,var(--paper) 3px 6px)}
.region-bars{columns:1}
.region-bars li{display:grid;grid-template-columns:minmax(0,10.5rem) minmax(0,8.5rem) 1fr;gap:.2rem .7rem;align-items:center;padding:.14rem 0;font-size:.93rem}
.region-bars .share{text-align:right}
.region-name{overflow-wrap:anywhere}
.three-shares{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr));gap:.4rem 2.4rem;margin:.4rem 0 1.2rem}
.by-channel{min-width:46rem}
.by-channel .is-none{vertical-align:top}
.served table{min-width:34rem}
.served td{min-width:6.5rem}
.left-over{display:grid;gap:.7rem;margin:.2rem 0 1rem}
.causes{margin:0;font-size:.93rem}
.causes>div{display:flex;justify-content:space-between;gap:1rem;border-top:1px solid var(--line);padding:.2rem 0}
.causes dd{text-align:right;font-variant-numeric:tabular-nums}
.set-of{font-weight:600}
.notes{list-style:disc;padding-left:1.2rem;max-width:54rem}
.notes li{padding:.12rem 0}
@media(max-width:820px){.panel>.map-box,.map-box:has(>.small),.dark-box{grid-template-columns:minmax(0,1fr)!important}}
@media(max-width:560px){.shares{min-width:42rem}.shares th:first-child{width:7.6rem}.region-bars li{grid-template-columns:minmax(0,1fr) auto}.region-bars .span-bar{grid-column:1/-1}.region-number{font-size:300px}.small-map .dot,.small-map .dots-no-duty .dot,.small-map .dots-refused .dot{stroke-width:1.7}.small-map .hole{stroke-width:.6}}
@media(forced-colors:active){.options input:checked+span{forced-color-adjust:none;background:Highlight;color:HighlightText}.matrix td[class*=step]{border-color:currentColor}}
@media print{.options{display:none}.small-map{max-height:120mm}.small-map .dot{stroke-width:1.8!important}.shares,.matrix,.by-channel,.served table{min-width:0}.shares th:first-child{width:30mm}.matrix{font-size:6.5pt}.matrix th:first-child{width:24mm}.shares tbody th,.served td{min-width:0}.span-bar{min-width:8mm}.panel>.map-box,.map-box:has(>.small),.dark-box{grid-template-columns:70mm minmax(0,1fr)!important;gap:5mm}.region-bars li{grid-template-columns:30mm 24mm 1fr;padding:0}.panel,.thirds>div,.halves>div,.region-bars li,.three-shares{break-inside:avoid}.panel{break-inside:auto}}
`;

/** Shading of a share, in fifths. On the fourth only a dark text can be read in both schemes, on the last that of buttons. */
function stepStyle(step: number): string {
  const fill =
    step === 0 ? "var(--land)" : `color-mix(in srgb,var(--share) ${[0, 14, 30, 48, 70, 92][step]}%,var(--paper))`;
  const ink = ["", "", "", "", ";color:var(--on-bright)", ";color:var(--on-light)"][step];
  return `.region.step-${step}{fill:${fill}}.scale-box.step-${step}{background:${fill}}.matrix td.step-${step}{background:${step === 0 ? "none" : fill}${ink}}`;
}
