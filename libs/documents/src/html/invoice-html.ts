import type { InvoiceView, Labelled, LineView, PartyView, TotalView } from '../view/invoice-view.js';
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
<table>
<thead><tr><th scope="col">${view.columns.description}</th><th scope="col" class="number">${view.columns.quantity}</th><th scope="col" class="number">${view.columns.unitPrice}</th><th scope="col" class="number">${view.columns.amount}</th></tr></thead>
<tbody>
${view.lines.map(line)}</tbody>
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

const line = ({ description, period, details, quantity, unitPrice, amount }: LineView): Markup =>
  markup`<tr><td><bdi>${description}</bdi><div class="details">${period}</div>${details.map(
    (text) => markup`<div class="details">${text}</div>`,
  )}</td><td class="number">${quantity}</td><td class="number">${unitPrice}</td><td class="number">${amount}</td></tr>\n`;

const total = ({ label, value, strong }: TotalView): Markup =>
  markup`<tr class="${strong ? 'strong' : 'plain'}"><td>${label}</td><td class="number">${value}</td></tr>\n`;

const accent = ({ accentColor }: InvoiceView): Markup | null =>
  accentColor === null ? null : markup` style="--accent: ${accentColor}"`;

const logo = ({ logo, seller: { name } }: InvoiceView): Markup | null =>
  logo === null
    ? null
    : markup`<img class="logo" alt="${name}" src="data:${logo.mediaType};base64,${logo.content}" width="${logo.width}" height="${logo.height}">\n`;

const payment = ({ payment: { label, text, accounts } }: InvoiceView): Markup | null =>
  accounts.length === 0 && text === null
    ? null
    : markup`<section><div class="label">${label}</div>${text === null ? null : markup`<p class="payment-text">${text}</p>`}<div class="payment">${accounts.map(list)}</div></section>\n`;
