import type { InvoiceLine, Revenue } from '#contracts';
import type { LineId, LocalDate } from '#kernel';
import { billedKey, type Account } from '../account/account.state.js';
import { isRated, type DocumentLine } from '../invoice/invoice-line.js';
import { earnedOf } from './billed-revenue.js';
import { earnedByOf, scheduled, type EarnedService } from './service-schedule.js';
import { earnedAtOnce, NOT_SCHEDULED, revenueOf, type ScheduleChange } from './told-revenue.js';

/** A line that bills a service, and what of it is net of taxes, with what adjusts it. */
export interface NetLine {
  readonly line: InvoiceLine;
  readonly net: bigint;
  /** What adjusts it comes to, as lines show it. */
  readonly adjusted: bigint;
}

/** Lines of services, and what items come to. Credit that is sold is no revenue. */
export interface NetLines {
  readonly services: readonly NetLine[];
  readonly items: bigint;
}

/** What adjusts a line of the same invoice is of its service; the nets are those of the lines, in their order. */
export const netLines = (lines: readonly DocumentLine[], nets: readonly bigint[]): NetLines => {
  const adjustments = new Map<LineId, Pick<NetLine, 'net' | 'adjusted'>>();
  const services = new Set<LineId>();
  for (const line of lines) if (isRated(line)) services.add(line.lineId);
  let items = 0n;
  for (const [index, line] of lines.entries()) {
    if (line.kind !== 'one_off') continue;
    const { adjusts, amount } = line;
    if (adjusts === undefined || !services.has(adjusts)) {
      items += nets[index]!;
      continue;
    }
    const { net, adjusted } = adjustments.get(adjusts) ?? NOT_ADJUSTED;
    adjustments.set(adjusts, { net: net + nets[index]!, adjusted: adjusted + amount.minor });
  }
  return {
    services: lines.flatMap((line, index) => {
      if (!isRated(line)) return [];
      const { net, adjusted } = adjustments.get(line.lineId) ?? NOT_ADJUSTED;
      return [{ line, net: nets[index]! + net, adjusted }];
    }),
    items,
  };
};

const NOT_ADJUSTED = { net: 0n, adjusted: 0n };

/** By service, when it is earned before and after its lines. */
export const changesBy = (
  services: readonly NetLine[],
  { billed }: Pick<Account, 'billed'>,
): ReadonlyMap<string, ScheduleChange> => {
  const changes = new Map<string, ScheduleChange & { readonly standing: EarnedService }>();
  for (const { line, net } of services) {
    const key = billedKey(line.subscriptionId, line.charge, line.service.start);
    const made = changes.get(key);
    const service = billed.get(key);
    const known = made?.standing ?? (service && earnedOf(service));
    const earnedBy = known?.earnedBy ?? earnedByOf(line);
    const deferred = known?.deferred ?? line.recognition.method === 'straight_line';
    const standing = { net: (known?.net ?? 0n) + net, service: line.service, earnedBy, deferred, gaps: line.gaps };
    const before = made?.before ?? (known === undefined ? NOT_SCHEDULED : scheduled(known));
    changes.set(key, { before, after: scheduled(standing), standing });
  }
  return changes;
};

/** When what an invoice bills is earned. What was accrued for its services is no part of it. */
export const invoicedRevenue = (
  { services, items }: NetLines,
  account: Pick<Account, 'billed' | 'revenue'>,
  documented: { readonly day: LocalDate; readonly currency: string },
): Revenue => {
  const changes = changesBy(services, account);
  const { revenue } = account;
  const accrued = [...changes.keys()].reduce((total, key) => total + (revenue.accrued.get(key) ?? 0n), 0n);
  const once = earnedAtOnce(items, documented.day);
  return revenueOf([...changes.values(), once], revenue, { ...documented, accrued });
};
