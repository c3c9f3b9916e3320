import type { InvoiceView, Labelled, LineView, PartyView, PaymentCode, TotalView } from '../view/invoice-view.js';
import { markup, Markup } from './markup.js';
import { STYLE } from './style.js';

/** A page that needs nothing else: no script, no picture, no font from elsewhere. A logo is in it. */
export const invoiceHtml = (view: InvoiceView): string => {
  const name = [view.title, view.number].filter((part) => part !== null).join(' ');
  return markup`<!doctype html>
<html lang="${view.language}" dir="${view.direction}"${accent(view)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${view.watermark === null ? null : markup`<div class="watermark" aria-hidden="true">${view.watermark}</div>\n`}<header>
${logo(view)}<h1>${view.title}${view.watermark === null ? null : markup` <small>(${view.watermark})</small>`}</h1>
${list(view.facts)}
</header>
<section class="parties">
${party(view.seller)}
${party(view.buyer)}
</section>
${view.intro === null ? null : markup`<p class="said">${view.intro}</p>\n`}<table>
<thead><tr><th scope="col">${view.columns.description}</th>${head(view.columns.quantity)}${head(view.columns.unitPrice)}${head(view.columns.amount)}</tr></thead>
<tbody>
${view.lines.map((shown) => line(shown, view.columns))}</tbody>
</table>
<table class="totals">
<tbody>
${view.totals.map(total)}</tbody>
</table>
<section class="notes">
${view.notes.map((note) => markup`<p>${note}</p>\n`)}</section>
${payment(view)}${view.footer === null ? null : markup`<footer>${view.footer}</footer>\n`}</body>
</html>
`.text;
};

const list = (facts: readonly Labelled[]): Markup =>
  facts.length === 0
    ? new Markup('')
    : markup`<dl>${facts.map(({ label, value }) => markup`<dt>${label}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>`;

const party = ({ label, name, lines, details }: PartyView): Markup =>
  markup`<address><div class="label">${label}</div><div class="name"><bdi>${name}</bdi></div>${lines.map(
    (text) => markup`<div><bdi>${text}</bdi></div>`,
  )}${list(details)}</address>`;

const line = (
  { description, period, details, quantity, unitPrice, amount }: LineView,
  columns: InvoiceView['columns'],
): Markup =>
  markup`<tr><td><bdi>${description}</bdi>${[...(period === null ? [] : [period]), ...details].map(
    (text) => markup`<div class="details">${text}</div>`,
  )}</td>${cell(columns.quantity, quantity)}${cell(columns.unitPrice, unitPrice)}${cell(columns.amount, amount)}</tr>\n`;

const head = (label: string | null): Markup | null =>
  label === null ? null : markup`<th scope="col" class="number">${label}</th>`;

/** Of a column that is shown. */
const cell = (label: string | null, value: string | null): Markup | null =>
  label === null ? null : markup`<td class="number">${value}</td>`;

const total = ({ label, value, strong }: TotalView): Markup =>
  markup`<tr class="${strong ? 'strong' : 'plain'}"><td>${label}</td><td class="number">${value}</td></tr>\n`;

const accent = ({ accentColor, titleColor }: InvoiceView): Markup | null =>
  accentColor === null
    ? null
    : markup` style="--accent: ${accentColor}${titleColor === null ? null : markup`; --title: ${titleColor}`}"`;

const logo = ({ logo, seller: { name } }: InvoiceView): Markup | null =>
  logo === null
    ? null
    : markup`<img class="logo" alt="${name}" src="data:${logo.mediaType};base64,${logo.content}" width="${logo.width}" height="${logo.height}">\n`;

const payment = ({ payment: { label, text, accounts, code } }: InvoiceView): Markup | null =>
  accounts.length === 0 && text === null
    ? null
    : markup`<section><div class="label">${label}</div>${text === null ? null : markup`<p class="said">${text}</p>`}<div class="payment">${accounts.map(list)}${code === null ? null : codeOf(code)}</div></section>\n`;

const codeOf = ({ label, size, path }: PaymentCode): Markup =>
  markup`<figure class="code"><svg role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}"><path d="${path}"/></svg><figcaption class="details">${label}</figcaption></figure>`;
