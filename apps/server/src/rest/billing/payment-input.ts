import type { PaymentInput } from '#billing';
import { parseLocalDate } from '#kernel';
import { moneyOf } from '../../pipeline/money.dto.js';
import type { ReceivePaymentDto } from './billing.dto.js';

/** A payment as it was entered. */
export const paymentInput = ({ amount, method, reference, receivedOn }: ReceivePaymentDto): PaymentInput => ({
  amount: moneyOf(amount, '/amount'),
  ...(method === undefined ? {} : { method }),
  ...(reference === undefined ? {} : { reference }),
  ...(receivedOn === undefined ? {} : { receivedOn: parseLocalDate(receivedOn) }),
});
