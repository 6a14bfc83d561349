/** Tables in their boxes, controls, and the window with a chain. */
export const tableStyle = `
.scroll{position:relative;overflow-x:auto;margin:.8rem 0;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.93rem}
caption{text-align:left;font-weight:650;padding:.6rem 0 .2rem;font-size:1rem}
th,td{text-align:left;vertical-align:top;padding:.42rem .9rem .42rem 0;border-bottom:1px solid var(--line)}
thead th{vertical-align:bottom;color:var(--quiet);font-weight:600;font-size:.86rem;border-bottom:2px solid var(--border)}
tbody th{font-weight:600;min-width:8.5rem}
td.number,th.number{text-align:right;padding-left:.6rem}
.breakdown td.number,.breakdown th.number{white-space:normal}
.breakdown{min-width:54rem;table-layout:auto}
.bar-cell{width:26%;min-width:9rem}
.bar-cell .bar{margin-top:.2rem;border-radius:3px}
.head-swatch{display:block}
.file,.digest{overflow-wrap:anywhere;color:var(--quiet);font-size:.86em}
.plain{margin:0}
.controls{display:grid;grid-template-columns:2fr 1.6fr 1fr 1fr;gap:.6rem 1rem;align-items:end;margin:.8rem 0 .4rem}
.control label{display:block;font-size:.86rem;color:var(--quiet)}
.count{color:var(--quiet);min-height:1.6em}
.chip{display:inline-flex;gap:.6rem;align-items:center;border:1px solid var(--border);border-radius:2rem;padding:0 .3rem 0 .9rem}
.chip button{border:0;min-height:2rem;padding:0 .5rem}
.rows th button{all:unset;cursor:pointer;padding:.5rem 0;font:inherit;white-space:nowrap}
.rows th button:hover{text-decoration:underline}
.rows th button:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.rows th button::after{content:"";display:inline-block;margin-left:.35em;vertical-align:.12em;border:.28em solid transparent;opacity:0}
.rows th[aria-sort=ascending] button::after{border-bottom-color:currentColor;border-top:0;opacity:1}
.rows th[aria-sort=descending] button::after{border-top-color:currentColor;border-bottom:0;opacity:1}
.rows td{max-width:18rem;overflow-wrap:break-word}
.column-element{min-width:12rem}.column-kind{min-width:12rem}
.rows td.column-elements{text-align:right;padding-right:1.6rem;font-variant-numeric:tabular-nums}
.verdict{display:inline-flex;gap:.5rem;align-items:flex-start}
.pages{display:flex;gap:.4rem;align-items:center;flex-wrap:wrap}
.pages button{min-width:2.6rem;padding:0}
.pages span{color:var(--quiet);margin-left:.5rem}
dialog{border:0;border-radius:10px;padding:0;width:min(58rem,100vw);max-width:100vw;max-height:92vh;background:var(--paper);color:var(--ink);box-shadow:0 1.5rem 5rem #0008;overflow:hidden}
dialog[open]{display:flex;flex-direction:column}
dialog::backdrop{background:#10141abf}
.chain-bar{display:flex;justify-content:flex-end;padding:.7rem 1rem 0}
#chain-content{overflow-y:auto;padding:0 2rem 2rem}
#chain-content h2{margin:.2rem 0 .4rem}
.chain-verdict{font-size:1.15rem;font-weight:650}
.facts-of{grid-template-columns:repeat(auto-fill,minmax(13rem,1fr))}
.command{background:var(--panel);border-radius:6px;padding:.5rem .8rem}
.one-verdict{border-top:1px solid var(--line);padding:.3rem 0 .6rem;margin-top:.6rem}
.one-verdict summary{display:flex;flex-wrap:wrap;gap:.1rem .8rem;align-items:baseline;font-weight:600}
.one-verdict summary::before{content:"";align-self:center;border:.36em solid transparent;border-left-color:var(--quiet);border-right:0}
.one-verdict[open] summary::before{border:.36em solid transparent;border-top-color:var(--quiet);border-bottom:0}
.one-verdict .of{font-weight:400;color:var(--quiet)}
.one-verdict ul.why,.one-verdict>ul:not([class]){list-style:disc;padding-left:1.3rem}
.rules li{padding:.25rem 0 .25rem 1.8rem;position:relative}
.rule-sign{position:absolute;left:0;width:1.25rem;text-align:center;font-weight:700;border-radius:4px;background:var(--panel)}
.rule-fires .rule-sign{background:var(--refused);color:var(--on-light)}
.rule-depends .rule-sign,.rule-mixed .rule-sign{background:var(--undecided);color:var(--on-bright)}
.rule-passes .rule-sign{border:1px solid var(--evidence);background:none;color:var(--ink)}
.fact{border-left:3px solid var(--line);padding:.1rem 0 .3rem .9rem;margin:.6rem 0}
.fact.is-open{border-color:var(--undecided)}
.fact p{margin:.1rem 0}
.fact-question{color:var(--quiet)}
.fact-value{font-weight:600}
.sources{font-size:.92em}
.sources li{padding:.1rem 0;overflow-wrap:anywhere}
@media(max-width:820px){.controls{grid-template-columns:1fr 1fr}.control-search{grid-column:1/-1}}
@media(max-width:560px){dialog{width:100vw;height:100vh;height:100dvh;max-height:none;border-radius:0;margin:0}#chain-content{padding:0 1.1rem 2rem}
.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.rows,.rows tbody,.rows tr,.rows td{display:block;width:auto;max-width:none;min-width:0}
.rows tr{border-bottom:2px solid var(--border);padding:.5rem 0}.rows td{border:0;padding:.08rem 0}.rows td.column-elements{text-align:left}.rows td[data-label]{display:inline}.rows td[data-label]::before{content:attr(data-label) " ";color:var(--quiet);font-size:.9em}.rows td[data-label]:not(:last-child)::after{content:" · ";color:var(--quiet)}}
`;
