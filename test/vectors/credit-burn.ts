import type { CreditBurn, CreditGrant } from '#billing/wallet';
import { Decimal, parseInstant } from '#kernel';
import { intervalNamed } from './periods.js';

interface GrantInput {
  readonly id: string;
  readonly amount: string;
  readonly priority: number;
  readonly effective_at: string;
  readonly expires_at?: string | null;
  readonly voided_at?: string | null;
  readonly recurs?: { readonly every: string; readonly anchor: string } | null;
  readonly rollover_min?: string;
  readonly rollover_max?: string;
}

export interface CreditBurnInput {
  readonly start: string;
  readonly until: string;
  readonly grants: readonly GrantInput[];
  readonly usage: readonly { readonly at: string; readonly value: string }[];
  readonly resets: readonly string[];
  readonly preserve_overage: boolean;
  readonly opening_balances?: Readonly<Record<string, string>>;
}

const optionalInstant = (text: string | null | undefined) => (text == null ? null : parseInstant(text));

const grant = (input: GrantInput): CreditGrant => ({
  id: input.id,
  amount: Decimal.parse(input.amount),
  priority: input.priority,
  effectiveAt: parseInstant(input.effective_at),
  expiresAt: optionalInstant(input.expires_at),
  voidedAt: optionalInstant(input.voided_at),
  recurs:
    input.recurs == null
      ? null
      : { interval: intervalNamed(input.recurs.every), anchor: parseInstant(input.recurs.anchor) },
  rolloverMinimum: Decimal.parse(input.rollover_min ?? '0'),
  rolloverMaximum: Decimal.parse(input.rollover_max ?? '0'),
});

/** OpenMeter's grants as the product knows them. */
export const creditBurn = (input: CreditBurnInput): CreditBurn => ({
  start: parseInstant(input.start),
  until: parseInstant(input.until),
  grants: input.grants.map(grant),
  usage: input.usage.map(({ at, value }) => ({ at: parseInstant(at), value: Decimal.parse(value) })),
  resets: input.resets.map(parseInstant),
  preserveOverage: input.preserve_overage,
  openingBalances: new Map(
    Object.entries(input.opening_balances ?? {}).map(([id, balance]) => [id, Decimal.parse(balance)]),
  ),
});
