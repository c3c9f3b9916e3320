/** For screens and for paper; sides are those of the direction of the text. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 50rem; padding: 0 1rem; background: #fff; color: #1a1a1a;
  font: 0.875rem/1.45 "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans JP", system-ui, sans-serif; }
h1 { font-size: 1.75rem; margin: 0; color: var(--title, inherit); }
.logo { display: block; width: auto; height: auto; max-width: 15rem; max-height: 4.5rem; margin-bottom: 1.5rem; }
header { display: flex; justify-content: space-between; gap: 2rem; align-items: start; }
dl { display: grid; grid-template-columns: auto auto; gap: 0.1rem 1rem; margin: 0; }
dt, th, .label, .details { color: #5a5a5a; }
dd { margin: 0; }
.parties { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; margin: 2rem 0; }
.name { font-weight: 700; }
table { width: 100%; border-collapse: collapse; }
.parties, td { overflow-wrap: anywhere; }
th, td { padding: 0.4rem 0.3rem; text-align: start; vertical-align: top; }
thead th { border-bottom: 1px solid var(--accent, #1a1a1a); font-weight: 400; }
tbody td { border-bottom: 1px solid #ddd; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.details { font-size: 0.8rem; }
.totals { margin-inline-start: auto; margin-top: 1rem; width: auto; min-width: 45%; }
.totals td { border: 0; padding-block: 0.15rem; }
.totals .strong td { font-weight: 700; border-top: 1px solid var(--accent, #1a1a1a); }
.notes { margin-top: 2rem; }
.said { margin: 0 0 0.5rem; white-space: pre-line; overflow-wrap: anywhere; }
.payment { display: flex; flex-wrap: wrap; gap: 1rem 3rem; }
figure { margin: 0; text-align: center; }
.code { width: 8.5rem; }
.code svg { display: block; width: 100%; background: #fff; shape-rendering: crispEdges; }
footer { margin-top: 2rem; border-top: 1px solid #ddd; padding-top: 0.5rem; color: #5a5a5a; white-space: pre-line; }
.watermark { position: fixed; inset: 0; display: grid; place-items: center; pointer-events: none; z-index: -1;
  font-size: 8rem; font-weight: 700; color: #eee; transform: rotate(-35deg); }
@page { size: A4; margin: 18mm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 9.5pt; }
  thead { display: table-header-group; }
  tr, .totals, .payment, .code { break-inside: avoid; }
}
`;
