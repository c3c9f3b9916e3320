import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';

/** How a trace is turned into usage and billed. Amounts are decimals in major units. */
export interface Scenario {
  readonly accounts: number;
  readonly currency: string;
  readonly subscriptionStart: string;
  readonly period: readonly [string, string];
  readonly plan: {
    readonly key: string;
    readonly fixedAmount: string;
    readonly usage: Readonly<Record<string, object>>;
  };
  readonly fixedTiming: string;
}

/** What must come out, computed independently. Amounts in minor units. */
export interface Expected {
  readonly grandTotal: number;
  readonly invoices: readonly {
    readonly account: string;
    readonly lines: readonly { readonly charge: string; readonly quantity?: string; readonly amount: number }[];
    readonly total: number;
  }[];
}

export interface UsageEvent {
  readonly id: string;
  readonly event: string;
  readonly accountId: string;
  readonly at: string;
  readonly properties: Readonly<Record<string, number>>;
}

export const EVENT = 'llm_request';

/** The meters that scenarios name, all on the one event. */
export const METERS: Readonly<Record<string, { readonly aggregation: string; readonly valueProperty?: string }>> = {
  input_tokens: { aggregation: 'sum', valueProperty: 'context_tokens' },
  output_tokens: { aggregation: 'sum', valueProperty: 'generated_tokens' },
  requests: { aggregation: 'count' },
};

export const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8')) as Content;

export const accountName = (index: number): string => `cust-${index}`;

/** Row i is one event of account i mod accounts. */
export const readTrace = (path: string, { accounts }: Scenario): UsageEvent[] => {
  const name = basename(path).replace(/\.csv$/, '');
  const rows = parse<Record<string, string>>(readFileSync(path), {
    columns: true,
    skip_empty_lines: true,
    trim: true,
  });
  return rows.map((row, index) => ({
    id: `${name}-${index}`,
    event: EVENT,
    accountId: `external:${accountName(index % accounts)}`,
    at: instantOf(row['TIMESTAMP']!),
    properties: { context_tokens: Number(row['ContextTokens']), generated_tokens: Number(row['GeneratedTokens']) },
  }));
};

/** `2023-11-16 18:15:46.6805900` is UTC; an offset that is there is kept. */
const instantOf = (text: string): string => {
  const instant = text.replace(' ', 'T');
  return /(?:Z|[+-]\d{2}:\d{2})$/.test(instant) ? instant : `${instant}Z`;
};

/** The billing interval that makes the period one whole period. */
export const intervalOf = ({ period: [start, end] }: Scenario): { readonly unit: string; readonly count: number } => {
  const [from, to] = [new Date(start), new Date(end)];
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const sameDay = from.getUTCDate() === to.getUTCDate() && start.slice(11) === end.slice(11);
  if (sameDay && months > 0)
    return months % 12 === 0 ? { unit: 'year', count: months / 12 } : { unit: 'month', count: months };
  return { unit: 'day', count: Math.round((to.getTime() - from.getTime()) / 86_400_000) };
};
