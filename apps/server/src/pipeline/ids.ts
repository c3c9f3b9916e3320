import {
  DomainError,
  isId,
  notFound,
  refuse,
  refuseAt,
  type AccountId,
  type BillingRunId,
  type InvoiceId,
  type InvoiceItemId,
  type LineId,
  type PaymentId,
  type RefundId,
  type SubscriptionId,
  type TenantId,
  type TestClockId,
  type TransferId,
} from '#kernel';
import { parseAsOf, type AsOf, type EffectiveCut } from '#replay';
import { requestScope } from '../access/request-scope.js';
import type { TimeQuery } from './queries.dto.js';

/** `acc_…` or `external:<externalId>`, of a request. What has neither form names nothing. */
export const accountIdIn = (_tenantId: TenantId, reference: string): AccountId => {
  if (isId('acc', reference)) return reference;
  return requestScope()?.named?.accounts.get(reference) ?? notFound('account', reference);
};

/** A body names an account that is not there: says where it names it. */
export const namingAccountAt = async <Result>(
  pointer: string,
  work: () => Result | Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'account_not_found' && error.violations.length === 0)
      return refuseAt(pointer, error.code, error.message, error.kind);
    throw error;
  }
};

export const subscriptionIdIn = (_tenantId: TenantId, reference: string): SubscriptionId => {
  if (isId('sub', reference)) return reference;
  return requestScope()?.named?.subscriptions.get(reference) ?? notFound('subscription', reference);
};

export const invoiceIdIn = (reference: string): InvoiceId =>
  isId('inv', reference) ? reference : notFound('invoice', reference);
export const invoiceItemIdIn = (reference: string): InvoiceItemId =>
  isId('itm', reference) ? reference : notFound('invoice_item', reference);
export const lineIdIn = (reference: string): LineId =>
  isId('lin', reference) ? reference : notFound('invoice_line', reference);
export const paymentIdIn = (reference: string): PaymentId =>
  isId('pay', reference) ? reference : notFound('payment', reference);
export const refundIdIn = (reference: string): RefundId =>
  isId('rfd', reference) ? reference : notFound('refund', reference);
export const transferIdIn = (reference: string): TransferId =>
  isId('tfr', reference) ? reference : notFound('transfer', reference);
export const testClockIdIn = (reference: string): TestClockId =>
  isId('clk', reference) ? reference : notFound('test_clock', reference);
/** In a body, where it is named. */
export const testClockIdAt = (pointer: string, reference: string): TestClockId =>
  isId('clk', reference)
    ? reference
    : refuseAt(pointer, 'test_clock_not_found', 'There is no such test clock.', 'not_found');
export const billingRunIdIn = (reference: string): BillingRunId =>
  isId('run', reference) ? reference : notFound('billing_run', reference);

/** What of the past is asked for; undefined if only the present is. */
export const pastIn = (
  { asOf, effectiveAt }: TimeQuery,
  timeZone: string,
): { readonly asOf?: AsOf; readonly effective?: EffectiveCut } | undefined => {
  if (asOf === undefined && effectiveAt === undefined) return undefined;
  return {
    ...(asOf === undefined ? {} : { asOf: parseAsOf(asOf) }),
    ...(effectiveAt === undefined ? {} : { effective: { at: effectiveAt, timeZone } }),
  };
};

/** Of read models, which have no revisions: a position, an instant, or all there is. */
export const readModelCut = (asOf: string | undefined) => {
  if (asOf === undefined) return {};
  const cut = parseAsOf(asOf);
  switch (cut.kind) {
    case 'position':
      return { position: cut.position };
    case 'instant':
      return { recordedAt: cut.at };
    case 'revision':
      return refuse(
        'invalid_as_of',
        'A revision is of one account: here, asOf is an instant or position:<n>.',
        'invalid',
      );
  }
};
