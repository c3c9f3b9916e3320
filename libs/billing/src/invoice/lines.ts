import type { InvoiceLine } from '#contracts';
import type { InvoiceId } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { UsageAtCut } from '../usage/measurement.js';
import { BilledPeriods } from './billed-periods.js';
import type { DueService } from './due-service.js';
import { lineFor } from './billed-difference.js';
import { cutsWithin } from './used-by.js';

/** Lines of what is due, each with regard to those before it. */
export const linesOf = (
  due: readonly DueService[],
  usage: UsageAtCut,
  invoiceId: InvoiceId,
  account: Account,
): InvoiceLine[] => {
  const periods = new BilledPeriods(account, invoiceId);
  return due.flatMap((service) => {
    const line = lineFor(service, usage, invoiceId, periods.besides(service), cutsWithin(service, account));
    if (line === null) return [];
    periods.add(line);
    return [line];
  });
};
