import { answerOf, type Resource } from '#client';
import type { DemoTenant } from './demo-tenant.js';
import type { Played } from './play.js';
import { dayOf, monthBegins } from './stops.js';
import type { StoryTerms } from './story.js';

/** What there is to see, and how. */
export const report = async (
  tenant: DemoTenant,
  terms: StoryTerms,
  { accounts, readings, payments }: Played,
  seconds: number,
): Promise<void> => {
  const [from, to] = [dayOf(monthBegins(terms.from, 0)), dayOf(monthBegins(terms.from, terms.months))];
  const { client, consistent: headers } = tenant;
  const [mrr, aging] = await Promise.all([
    answerOf(client.GET('/v1/reports/mrr', { params: { query: { from, to } }, headers })),
    answerOf(client.GET('/v1/reports/ar-aging', { headers })),
  ]);
  console.log(`
${tenant.tenant.name}: ${accounts} accounts. Sent in ${seconds} s: ${readings} readings, ${payments} payments. It is ${to} there.

${mrr.map(mrrLine).join('\n')}
${aging.map(agingLine).join('\n')}

  export RECOUNT_API_KEY=${tenant.tenant.apiKey} RECOUNT_URL=${tenant.url}

Look at
  npm run recount -- verify
  curl -H "Authorization: Bearer $RECOUNT_API_KEY" "$RECOUNT_URL/v1/reports/mrr?from=${from}&to=${to}"
  curl -H "Authorization: Bearer $RECOUNT_API_KEY" "$RECOUNT_URL/v1/reports/ar-aging"
  curl -H "Authorization: Bearer $RECOUNT_API_KEY" "$RECOUNT_URL/v1/reports/trial-balance"
  curl -H "Authorization: Bearer $RECOUNT_API_KEY" "$RECOUNT_URL/v1/invoices?status=open"
and let time pass:
  curl -H "Authorization: Bearer $RECOUNT_API_KEY" -H 'Content-Type: application/json' \\
    "$RECOUNT_URL/v1/test-clocks/${tenant.clockId}/advance" -d '{"to": "${dayOf(monthBegins(terms.from, terms.months + 1))}T00:00:00Z"}'`);
};

const mrrLine = ({ currency, points }: Resource<'MrrCurrencyResource'>): string => {
  const [first, last] = [points[0]!, points.at(-1)!];
  return `  MRR    ${currency} ${first.mrr.amount} after ${first.at.slice(0, 7)}, ${last.mrr.amount} after ${last.at.slice(0, 7)}`;
};

const agingLine = ({ currency, buckets, total }: Resource<'ArAgingResource'>): string => {
  const { current, days1to30, days31to60, days61to90, over90 } = buckets;
  const overdue = [days1to30, days31to60, days61to90, over90].map(({ amount }) => amount).join(' / ');
  return `  Aging  ${currency} ${total.amount} owed: ${current.amount} not yet due, ${overdue} for 1–30 / 31–60 / 61–90 / more days`;
};
