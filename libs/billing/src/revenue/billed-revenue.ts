import type { CreditedLine, Revenue } from '#contracts';
import type { InvoiceId, LineId, LocalDate } from '#kernel';
import { type Account, type BilledLine, type BilledService } from '../account/account.state.js';
import type { AccountRevenue } from './account-revenue.js';
import { scheduled, type EarnedService } from './service-schedule.js';
import { earnedAtOnce, revenueOf, type ScheduleChange } from './told-revenue.js';

interface Documented {
  readonly day: LocalDate;
  readonly currency: string;
}

/** What live lines bill for a service, without taxes, and less what credit notes gave back. */
export const netOf = ({ lines }: Pick<BilledService, 'lines'>): bigint =>
  lines.reduce((total, line) => total + netOfLine(line), 0n);

const netOfLine = ({ waived, amountMinor, netMinor = amountMinor, creditedMinor = 0n, ...line }: BilledLine): bigint =>
  waived === true ? 0n : netMinor - (line.creditedNetMinor ?? creditedMinor);

/** A service as it is billed, and when that is earned. */
export const earnedOf = (billed: BilledService, net = netOf(billed)): EarnedService => {
  const { service, earnedBy, deferred, part } = billed;
  return { net, service, earnedBy, deferred, gaps: part.gaps };
};

const changeOf = (billed: BilledService, net: bigint): ScheduleChange => ({
  before: scheduled(earnedOf(billed)),
  after: scheduled(earnedOf(billed, net)),
});

/** What an invoice that is voided takes back: of the services that it bills, and of what was earned with it. */
export const voidedRevenue = (
  invoiceId: InvoiceId,
  subtotal: bigint,
  { billed, revenue }: Pick<Account, 'billed' | 'revenue'>,
  documented: Documented,
): Revenue => {
  const changes: ScheduleChange[] = [];
  let left = subtotal;
  for (const service of billed.values()) {
    const own = service.lines.filter((line) => line.invoiceId === invoiceId);
    if (own.length === 0) continue;
    const net = netOf({ lines: own });
    left -= net;
    changes.push(changeOf(service, netOf(service) - net));
  }
  return revenueOf([...changes, earnedAtOnce(-left, documented.day)], revenue, documented);
};

/** What a credit note takes back (`sign` −1), or one that is voided gives again (1). */
export const creditedRevenue = (
  credited: readonly Pick<CreditedLine, 'lineId' | 'adjusts' | 'net'>[],
  sign: 1n | -1n,
  { billed, revenue }: { readonly billed: Account['billed']; readonly revenue: AccountRevenue },
  documented: Documented,
): Revenue => {
  const nets = netsByLine(credited);
  const changes: ScheduleChange[] = [];
  for (const service of billed.values()) {
    let net = 0n;
    for (const { lineId } of service.lines) {
      net += nets.get(lineId) ?? 0n;
      nets.delete(lineId);
    }
    if (net !== 0n) changes.push(changeOf(service, netOf(service) + sign * net));
  }
  const left = [...nets.values()].reduce((total, net) => total + net, 0n);
  return revenueOf([...changes, earnedAtOnce(sign * left, documented.day)], revenue, documented);
};

/** What is given back of a line that adjusts another one is less of that. */
export const netsByLine = (
  credited: readonly Pick<CreditedLine, 'lineId' | 'adjusts' | 'net'>[],
): Map<LineId, bigint> => {
  const nets = new Map<LineId, bigint>();
  for (const { lineId, adjusts = lineId, net } of credited) nets.set(adjusts, (nets.get(adjusts) ?? 0n) + net.minor);
  return nets;
};
