import { figureStyle, themeVariables } from '../svg/theme.ts'

/** Above it there is room for wide pictures. */
const wideFrom = '34rem'

/** How a report looks: a calm column on a screen of any size, and on paper. */
export const reportStyle = `${themeVariables(':root')}
${figureStyle}
*{box-sizing:border-box}
html{background:var(--ground);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0}
main{max-width:54rem;margin:0 auto;padding:clamp(1.5rem,5vw,4rem) clamp(1rem,4vw,1.5rem)}
h1,h2,p,dl,dd,figure,ul{margin:0}
h1,h2,p,dd,td,th,li,code{overflow-wrap:anywhere}
h1{font-size:clamp(1.5rem,1.2rem + 1.6vw,2.1rem);line-height:1.2;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.3;font-weight:650;letter-spacing:-.005em}
.subtitle{margin-top:.6rem;color:var(--soft);max-width:40rem}
.headline{margin-top:2.25rem;padding-left:1.1rem;border-left:4px solid var(--blue)}
.headline strong{display:block;font-size:clamp(2.2rem,1.6rem + 3.4vw,3.4rem);line-height:1.1;font-weight:680;letter-spacing:-.025em;font-variant-numeric:tabular-nums}
.headline span{display:block;margin-top:.35rem;color:var(--soft)}
.facts{margin-top:2.25rem;border-bottom:1px solid var(--grid)}
.facts div{border-top:1px solid var(--grid);padding:.55rem 0;display:grid;grid-template-columns:9rem 1fr;gap:0 1.5rem}
.facts dt{font-size:.9rem;color:var(--soft);line-height:1.6}
.facts dd{font-variant-numeric:tabular-nums}
.tiles{border:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,9.5rem),1fr));gap:1.1rem 1.75rem}
.tiles div{display:block;padding:.6rem 0 0}
.tiles dt{font-size:.85rem;line-height:1.35}
.tiles dd{font-weight:600}
@media (max-width:30rem){.facts div{grid-template-columns:1fr}}
section{margin-top:3.5rem}
figure{margin-top:1.1rem}
.fig{display:block;width:100%;height:auto}
.wide{display:none}
figcaption{margin-top:1rem;color:var(--soft);font-size:.95rem;max-width:42rem}
details{margin-top:.9rem}
summary{cursor:pointer;color:var(--blue);font-size:.95rem;width:fit-content;padding:.15rem 0}
summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--blue);outline-offset:3px;border-radius:3px}
.scroll{margin-top:1rem;overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
th,td{padding:.5rem 1.25rem .5rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--grid);overflow-wrap:normal}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--soft);font-weight:500;font-size:.85rem;line-height:1.35;vertical-align:bottom;border-bottom-color:var(--axis);min-width:5rem}
tbody th{font-weight:500;white-space:nowrap}
.number{text-align:right;white-space:nowrap}
.notes{margin-top:1rem;padding-left:1.1rem;color:var(--soft);max-width:42rem}
.notes li+li{margin-top:.4rem}
footer{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--grid);color:var(--soft);font-size:.88rem}
code{font:.85rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--ink)}
@media (min-width:${wideFrom}){.wide{display:block}.narrow{display:none}}
@page{margin:16mm}
@media print{
html{font-size:10.5pt}
main{max-width:none;padding:0}
.wide{display:block}.narrow{display:none}
section{margin-top:9mm}
figure,tr,.headline,.facts div{break-inside:avoid}
h2{break-after:avoid}
section.picture{break-inside:avoid}
details{display:none}
.scroll{overflow:visible}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`
