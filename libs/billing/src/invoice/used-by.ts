import type { InvoiceLine } from '#contracts';
import { compareInstants, Decimal, isBefore, type Instant } from '#kernel';
import { rate } from '#rating';
import type { Account } from '../account/account.state.js';
import type { Measured, UsageAtCut, UsageDemand } from '../usage/measurement.js';
import type { DueService } from './due-service.js';
import { ratedUsage } from './rated-usage.js';

/** How many instants a line is cut at; beyond them, what is used in between counts evenly over its time. */
const CUTS_MAX = 30;

/** Where grants begin or end within the service of usage: what was used before and after may be paid by others. */
export const cutsWithin = (
  { charge, service }: Pick<DueService, 'charge' | 'service'>,
  { grants }: Account,
): Instant[] => {
  if (charge.kind !== 'usage' || grants.size === 0) return [];
  const ends = [...grants.values()]
    .filter(({ left }) => left > 0n)
    .flatMap(({ granted: { effectiveAt, expiresAt } }) =>
      expiresAt === undefined ? [effectiveAt] : [effectiveAt, expiresAt],
    );
  return [...new Set(ends)]
    .filter((at) => isBefore(service.start, at) && isBefore(at, service.end))
    .sort(compareInstants)
    .slice(0, CUTS_MAX);
};

const cutKey = (key: string, at: Instant): string => `${key}@${at}`;

/** The same, of what was used before an instant. What is held over time is not used at any. */
export const demandsBefore = (demand: UsageDemand, cuts: readonly Instant[]): UsageDemand[] =>
  demand.carriedFrom === undefined ? cuts.map((at) => ({ ...demand, key: cutKey(demand.key, at), end: at })) : [];

/** With what was used before each instant at which grants begin or end. */
export const withCuts = (
  demands: readonly UsageDemand[],
  due: readonly DueService[],
  account: Account,
): readonly UsageDemand[] => {
  if (account.grants.size === 0) return demands;
  const services = new Map(due.map((service) => [service.key, service]));
  return demands.flatMap((demand) => [
    demand,
    ...demandsBefore(demand, cutsWithin(services.get(demand.key)!, account)),
  ]);
};

/** What was used by each of the instants, and in the end, as it is rated; a minimum is of the whole. None where nothing was measured in between. */
export const usedBy = (
  { key, charge, override, service }: DueService,
  measured: Measured,
  { byKey }: UsageAtCut,
  cuts: readonly Instant[],
): Required<Pick<InvoiceLine, 'used'>> | object => {
  const { minimum: _, ...price } = charge.price;
  const rated = ({ quantity, ...usage }: Measured): string =>
    rate(
      price,
      Decimal.parse(quantity),
      ratedUsage({ quantity, ...usage }),
      override?.discountBasisPoints,
    ).amount.toString();
  const used = cuts.flatMap((by) => {
    const before = byKey.get(cutKey(key, by));
    return before === undefined ? [] : [{ by, amount: rated(before) }];
  });
  return used.length === 0 ? {} : { used: [...used, { by: service.end, amount: rated(measured) }] };
};
