/** The parts of the API's answers that the trace looks at. */
export interface MoneyAnswer {
  readonly amount: string;
  readonly currency: string;
}

export interface InvoiceAnswer {
  readonly id: string;
  readonly number: string | null;
  readonly accountId: string;
  readonly billingRunId: string | null;
  readonly status: string;
  readonly total: MoneyAnswer;
  readonly amountDue: MoneyAnswer;
  readonly lines: readonly { readonly charge: string; readonly quantity: string; readonly amount: MoneyAnswer }[];
}

export interface RunAnswer {
  readonly id: string;
  readonly status: string;
  readonly startedAt: string;
  readonly completedAt: string | null;
  readonly invoices: number;
  readonly accounts: { readonly due: number; readonly billed: number; readonly failed: number };
  readonly log: { readonly position: string };
}

export interface UsageAnswer {
  readonly results: readonly { readonly id: string; readonly status: string; readonly code?: string }[];
  readonly log: { readonly position: string };
}

export interface StateAnswer {
  readonly revision: number;
  readonly position: string;
  readonly recordedAt: string;
}

/** `24.55` → 2455, whatever the currency's digits: the point is all that goes. */
export const minorUnits = ({ amount }: MoneyAnswer): bigint => BigInt(amount.replace('.', ''));

export const sumMinor = (amounts: readonly MoneyAnswer[]): bigint =>
  amounts.reduce((total, amount) => total + minorUnits(amount), 0n);
