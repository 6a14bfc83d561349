/** A4: light, without what only a screen can do, nothing torn that belongs together. */
export const printStyle = `
@page{size:A4;margin:16mm 15mm 18mm}
@media print{
html{font-size:10pt}
body{max-width:none;padding:0}
.top,.skip,#language,.controls,.pages,.count,.chip,.map-buttons,.site-search,.site-detail,.legend input,dialog,noscript{display:none!important}
section{padding-top:8mm}
h2,h3{break-after:avoid}
.kind,.reason,.figure,.map-box,tr,.findings li,.numbered li,.banner{break-inside:avoid}
.answer{font-size:22pt}
.map-box{grid-template-columns:minmax(0,1fr) 58mm;gap:6mm}
#map-drawing{max-height:150mm}
.dots .dot{stroke-width:2.2}.dots .hole{stroke-width:.9}
.scroll{overflow:visible}
table{font-size:8pt}
.breakdown{min-width:0}.breakdown .bar-cell{min-width:22mm;width:20%}tbody th{min-width:0}td.number,th.number{padding-left:1mm}
.swatch{width:4mm;height:4mm}
th,td{padding:1mm 2mm 1mm 0}
thead{display:table-header-group}
.column-element,.column-kind{min-width:0}
.rows td,td{overflow-wrap:anywhere}.verdict{overflow-wrap:normal;hyphens:auto}
.rows th button{white-space:normal;padding:0}
.months{max-width:100%}
a{color:inherit;text-decoration:none}
svg,.due-mark,.rule-sign{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
