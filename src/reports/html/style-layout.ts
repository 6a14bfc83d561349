/** Type, page, sections, first screen, map. */
export const layoutStyle = `
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:17px/1.55 "Source Sans 3","Segoe UI",system-ui,-apple-system,"Open Sans",Roboto,sans-serif;-webkit-text-size-adjust:100%;scroll-padding-top:4rem}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0 auto;max-width:1160px;padding:0 2rem 6rem}
html[data-language=en] .de,html[data-language=de] .en,html[data-language=en] .de-only{display:none}
html:not(.is-live) .needs-script{display:none}
[hidden]{display:none!important}
h1,h2,h3{line-height:1.2;font-weight:650;text-wrap:balance;overflow-wrap:anywhere}
h1,.answer{font-family:"Iowan Old Style","Palatino Linotype",Palatino,Georgia,"Source Serif 4",serif;font-weight:600;letter-spacing:-.01em}
h1{font-size:1.45rem;margin:.2rem 0 .1rem}
h2{font-size:1.55rem;margin:0 0 .6rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem}
p{margin:.4rem 0;text-wrap:pretty}
a{color:var(--link);text-underline-offset:.15em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
[tabindex="-1"]:focus{outline:none}
code{font-family:ui-monospace,"Cascadia Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.86em;overflow-wrap:anywhere}
button,input,select{font:inherit;color:inherit}
button{background:var(--paper);border:1px solid var(--border);border-radius:6px;padding:.35rem .8rem;cursor:pointer;min-height:2.4rem}
button:hover:not([disabled]){background:var(--panel)}
button[disabled]{color:var(--quiet);border-color:var(--line);cursor:default}
button.small{padding:.1rem .5rem;min-height:1.9rem;font-size:.9rem}
input[type=search],select{background:var(--paper);border:1px solid var(--border);border-radius:6px;padding:.35rem .6rem;min-height:2.4rem;width:100%}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;margin:0}
.skip{position:absolute;left:-100rem;top:0;background:var(--paper);padding:.6rem 1rem;z-index:9}
.skip:focus{left:1rem}
.quiet{color:var(--quiet);font-size:.92em}
.lead{max-width:46rem;color:var(--quiet)}
.number{font-variant-numeric:tabular-nums lining-nums}
.nowrap,time{white-space:nowrap}
.patterns{position:absolute}
ul{padding:0;margin:.4rem 0;list-style:none}
.head{padding-top:1.1rem}
.top{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--line);z-index:5;margin:0 -2rem;padding:.35rem 2rem;display:flex;gap:1.6rem;align-items:center}
.top button{flex:none}
nav{min-width:0;flex:1}
.brand{font-weight:700;letter-spacing:.14em;text-transform:uppercase;font-size:.8rem;color:var(--quiet);margin:0}
.asked{margin:0 0 .2rem}
.packs{display:flex;flex-wrap:wrap;gap:.1rem 1.6rem;font-size:.92rem}
.packs span:not([class])+span:not([class])::before{content:", "}
.tag{border:1px solid var(--border);border-radius:4px;padding:0 .4em;font-size:.82em}
.banner{border-left:4px solid var(--border);background:var(--panel);padding:.35rem .9rem;margin:0;font-size:.88rem;flex:1 1 20rem}
.banners{display:flex;flex-wrap:wrap;gap:.4rem .8rem;margin:.6rem 0 0}
.banner-demo{border-color:var(--undecided)}
.banner-projection{border-color:var(--earlier-regime)}
nav ul{display:flex;gap:.65rem;overflow-x:auto;scrollbar-width:none;margin:0;padding:.2rem}
nav a{display:block;padding:.4rem 0;color:var(--ink);text-decoration:none;white-space:nowrap;font-size:.78rem}
nav a:hover{text-decoration:underline}
section{padding:3rem 0 0;scroll-margin-top:1.5rem}
#glance{padding-top:1.7rem}
.answer{font-size:clamp(1.7rem,4.2vw,2.7rem);max-width:22em;margin:0 0 .5rem;line-height:1.12}
.figure{margin:1rem 0}
.bar{display:block;border-radius:5px}
.bar-empty{fill:var(--line)}
.bar-gap{stroke:var(--paper);stroke-width:2}.bar-cell .bar-gap{stroke-width:1}
.bar-label{font-weight:700;font-size:15px}
.swatch{flex:none;vertical-align:-.3em}
.glance-grid{display:grid;grid-template-columns:minmax(0,1.9fr) minmax(0,1fr);gap:0 3rem;align-items:start}
.kinds{margin:0}
.kind{display:grid;grid-template-columns:1.6rem 5.2rem 4rem 1fr;column-gap:.7rem;align-items:baseline;padding:.34rem 0;border-top:1px solid var(--line)}
.kind:first-child{border-top:0}
.kind .swatch{align-self:center}
.kind-number{font-size:1.3rem;font-weight:650;text-align:right;line-height:1.2;font-variant-numeric:lining-nums tabular-nums}
.kind-share{color:var(--quiet);text-align:right;font-size:.92em;font-variant-numeric:tabular-nums}
.who h3{margin-top:.4rem}
.why-open{margin-top:1.4rem}
.why-open ul{columns:26rem 2;column-gap:3rem}
.why-open li{break-inside:avoid}
.numbered li{display:grid;grid-template-columns:6.4rem 1fr;gap:.8rem;padding:.28rem 0;border-top:1px solid var(--line)}
.numbered li>.number{text-align:right;font-weight:650}
.tallies{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:0 3rem}
.map-box{display:grid;grid-template-columns:minmax(0,1fr) 21rem;gap:2rem;align-items:start}
.map-frame{position:relative;background:var(--panel);border-radius:8px;overflow:hidden}
#map-drawing{display:block;width:100%;height:auto;max-height:min(46rem,86vh);touch-action:pan-y;cursor:crosshair}
.is-zoomed #map-drawing{touch-action:none;cursor:grab}
.borders{fill:var(--land);stroke:var(--border);stroke-width:1;vector-effect:non-scaling-stroke;fill-rule:evenodd}
.dots path,.dots use{fill:none;vector-effect:non-scaling-stroke}
.dots .dot{stroke-width:3.4}
.dots .hole{stroke:var(--paper);stroke-width:1.3}
.dots-refused .dot{stroke-width:3.6}
.dots-no-duty .dot{stroke-width:2.6}
[data-zoom=middle] .dot{stroke-width:6}[data-zoom=middle] .hole{stroke-width:2.6}
[data-zoom=near] .dot{stroke-width:10}[data-zoom=near] .hole{stroke-width:4.5}
.dot-swatch{flex:none;overflow:visible}.dot-swatch.dots .dot{stroke-width:12}.dot-swatch.dots .hole{stroke-width:5}
#map-mark{fill:none;stroke:var(--ink);stroke-width:2.5;vector-effect:non-scaling-stroke}
.map-buttons{position:absolute;right:.7rem;top:.7rem;display:grid;gap:.3rem}
.icon{fill:none;stroke:currentColor;stroke-width:1.8;vertical-align:-.1em}
.map-buttons button{width:2.5rem;padding:0}
.legend li{border-top:1px solid var(--line)}
.legend label{display:flex;gap:.55rem;align-items:center;padding:.28rem 0;cursor:pointer;min-height:2.2rem}
.legend .number{margin-left:auto;font-weight:650}
.legend input{width:1.15rem;height:1.15rem;accent-color:var(--link);flex:none}
.site-search{margin-top:1.2rem}
.results{display:grid;gap:.25rem}
.results button{max-width:100%;text-align:left;overflow-wrap:anywhere}
.site-detail{margin-top:.8rem;border-top:2px solid var(--border);padding-top:.2rem}
.site-counts li{display:flex;justify-content:space-between;gap:1rem;padding:.2rem 0}
.reasons{padding:0;margin:1rem 0;list-style:none;counter-reset:reason}
.reason{border-top:1px solid var(--line);padding:1.1rem 0 .6rem;counter-increment:reason;break-inside:avoid}
.reason h3{margin:0 0 .5rem;font-size:1.1rem}
.reason h3::before{content:counter(reason) ". ";color:var(--quiet);font-weight:400}
.reason-id{font-weight:400;color:var(--quiet);margin-right:.3rem}
.reason-size{display:flex;gap:.7rem;align-items:center;flex-wrap:wrap}
.reason-bar{display:block;min-width:.9rem}
${Array.from({ length: 11 }, (_, at) => `.reason-bar[data-share="${at}"]{width:calc(${at} * min(1.6rem,3.4vw))}`).join("")}
.reason dl,.facts-of{margin:.6rem 0 0;display:grid;gap:.15rem 2rem}
.reason dl>div{display:grid;grid-template-columns:9.5rem 1fr;gap:1rem}
dt{color:var(--quiet);font-size:.92em}
dd{margin:0;overflow-wrap:anywhere}
.inline{display:flex;flex-wrap:wrap;gap:0 1.4rem;margin:0}
.steps{list-style:disc;padding-left:1.2rem;margin:.1rem 0}
.months{display:block;max-width:none;height:auto}
.months text{font-size:11px;fill:var(--quiet)}
.months .month-count{fill:var(--ink);font-weight:650}
.months .year{font-weight:700;font-size:12px;fill:var(--ink)}
.axis,.year-line{stroke:var(--border)}
.now{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:4 3}
.due-certificate{--due:var(--evidence)}.due-register{--due:var(--earlier-regime)}.due-exception{--due:var(--exception)}.due-rule{--due:var(--undecided)}
.due{fill:color-mix(in srgb,var(--due) 55%,var(--paper));stroke:var(--due)}
.due.is-overdue{fill:var(--due)}
rect.due-register{stroke-dasharray:3 2}
rect.due-exception{rx:6px}
.due-mark{display:inline-block;width:.8rem;height:.8rem;background:color-mix(in srgb,var(--due) 55%,var(--paper));border:2px solid var(--due);margin-right:.45rem;vertical-align:-.05em}
.due-mark.due-register{border-style:dashed}.due-mark.due-exception{border-radius:50%}.due-mark.due-rule{transform:rotate(45deg) scale(.85)}
.due-legend{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem}
.overdue{color:var(--refused)}
.findings li{border-top:1px solid var(--line);padding:.2rem 0 .6rem;max-width:60rem}
.findings h3{margin:.6rem 0 .2rem}
details>summary{cursor:pointer;padding:.4rem 0}
@media(max-width:820px){.map-box{grid-template-columns:minmax(0,1fr)}body{padding:0 1.1rem 4rem}.top{margin:0 -1.1rem;padding:.3rem 1.1rem;gap:1rem}.glance-grid{grid-template-columns:minmax(0,1fr)}.brand{display:none}}
@media(max-width:560px){html{font-size:16px}[data-zoom=far] .dot,#map-drawing:not([data-zoom]) .dot{stroke-width:2}[data-zoom=far] .hole,#map-drawing:not([data-zoom]) .hole{stroke-width:.7}.reason dl>div{grid-template-columns:1fr;gap:0}.numbered li{grid-template-columns:5.2rem 1fr}.kind{grid-template-columns:1.6rem 4.6rem 1fr}.kind-share{text-align:left}.kind-words{grid-column:2/-1}}
`;
