export { ApplyCredit } from './use-cases/apply-credit.handler.js';
export { RefundPayment, RefundCredit } from './use-cases/issue-refund.handlers.js';
export { ReceivePayment } from './use-cases/receive-payment.handler.js';
export { ReversePayment } from './use-cases/reverse-payment.handler.js';
export { chargeableAmounts } from './chargeable-amount.js';
export type { AllocationOrder } from './payment.commands.js';
export { splitRefund, netShare } from './refund.js';
export {
  type PaymentRecord,
  type RefundRecord,
  type CreditApplicationRecord,
  paymentRecord,
} from './payment.record.js';
