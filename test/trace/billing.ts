import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InvoiceAnswer, RunAnswer } from './resources.js';
import type { Stack } from './stack.js';

const LOOK_MILLISECONDS = 25;
const RUN_MILLISECONDS_MAX = 120_000;

/** Bills through an instant and waits until the run is over; kills the server somewhere in the run if asked to. */
export const bill = async (
  stack: Stack,
  billThrough: string,
  { accounts, kill }: { readonly accounts?: readonly string[]; readonly kill?: boolean } = {},
): Promise<RunAnswer> => {
  const headers = { 'idempotency-key': randomUUID() };
  const body = { billThrough, ...(accounts ? { accounts } : {}) };
  const started = await stack.patiently((client) => client.post<RunAnswer>('billing-runs', body, { headers }));
  if (kill === true) {
    await sleep(randomInt(5, 250));
    await stack.killAndRestart();
  }
  for (const begun = performance.now(); performance.now() - begun < RUN_MILLISECONDS_MAX;) {
    const run = await stack.patiently((client) =>
      client.get<RunAnswer>(`billing-runs/${started.id}`, consistentWith(started)),
    );
    if (run.status !== 'running') return { ...run, log: started.log };
    await sleep(LOOK_MILLISECONDS);
  }
  throw new Error(`Billing run ${started.id} did not come to an end.`);
};

export const consistentWith = ({ log }: { readonly log: { readonly position: string } }) => ({
  headers: { 'recount-consistent-with': log.position },
});

/** The invoices of a run with their lines. */
export const invoicesOf = async (stack: Stack, run: RunAnswer): Promise<InvoiceAnswer[]> => {
  const listed = await stack.client.all<InvoiceAnswer>(`invoices?billingRunId=${run.id}`);
  return Promise.all(listed.map(({ id }) => stack.client.get<InvoiceAnswer>(`invoices/${id}`)));
};

export const invoicesPerSecond = ({ invoices, startedAt, completedAt }: RunAnswer): string => {
  const seconds = (Date.parse(completedAt!) - Date.parse(startedAt)) / 1000;
  return `${Math.round(invoices / Math.max(seconds, 0.001))} invoices/s`;
};
