import type { Coupon, PlanVersion, Meter, CatalogFact } from '#contracts';
import {
  DomainError,
  currencyRefusal,
  notFound,
  refuse,
  refuseAt,
  sha256Hex,
  toJson,
  type Decider,
  type Violation,
} from '#kernel';
import type { CatalogCommand } from './catalog.commands.js';
import { couponDefined } from './coupon.js';
import { meterViolations } from './meter.js';
import { currencyViolations, inCurrency } from './currency-options.js';
import { chargesViolations, pricingViolations, trialViolations } from './plan.js';

export interface Plan {
  readonly versions: PlanVersion[];
  archived: boolean;
}

export interface Catalog {
  readonly meters: Map<string, Meter & { archived: boolean }>;
  readonly plans: Map<string, Plan>;
  /** By code. */
  readonly coupons: Map<string, Coupon & { archived: boolean }>;
  /** Whose prices its plans have; their own where nobody was named. */
  readonly currency?: string;
}

/** As an account sees it: with prices in its currency. */
export const catalogOf = (
  account: { readonly profile: { readonly currency: string } | null },
  catalog: Catalog,
): Catalog =>
  account.profile === null || catalog.currency === account.profile.currency
    ? catalog
    : { ...catalog, currency: account.profile.currency };

export const catalogDecider: Decider<Catalog, CatalogCommand, CatalogFact> = {
  initialState: () => ({ meters: new Map(), plans: new Map(), coupons: new Map() }),

  decide(command, catalog) {
    switch (command.type) {
      case 'DefineMeter': {
        refuseViolations(meterViolations(command.meter));
        if (catalog.meters.has(command.meter.key)) {
          return refuseAt(
            '/key',
            'meter_already_exists',
            `There is a meter “${command.meter.key}” already.`,
            'conflict',
          );
        }
        return [{ type: 'MeterDefined', data: command.meter }];
      }
      case 'ArchiveMeter': {
        const meter = catalog.meters.get(command.key) ?? notFound('meter', command.key);
        return meter.archived ? [] : [{ type: 'MeterArchived', data: { key: command.key } }];
      }
      case 'PublishPlan': {
        if (catalog.plans.has(command.key)) {
          return refuseAt('/key', 'plan_already_exists', `There is a plan “${command.key}” already.`, 'conflict');
        }
        return [published(command, 1, catalog)];
      }
      case 'PublishPlanVersion': {
        const { versions, archived } = catalog.plans.get(command.key) ?? notFound('plan', command.key);
        if (archived) return refuse('plan_archived', `Plan “${command.key}” is archived.`);
        const latest = versions.at(-1)!;
        if (latest.currency !== command.content.currency) {
          return refuseAt(
            '/currency',
            'plan_currency_changed',
            `Plan “${command.key}” is priced in ${latest.currency}.`,
          );
        }
        const next = published(command, versions.length + 1, catalog);
        return next.data.contentHash === latest.contentHash ? [] : [next];
      }
      case 'ArchivePlan': {
        const plan = catalog.plans.get(command.key) ?? notFound('plan', command.key);
        return plan.archived ? [] : [{ type: 'PlanArchived', data: { key: command.key } }];
      }
      case 'DefineCoupon':
        return [couponDefined(command.coupon, catalog)];
      case 'ArchiveCoupon': {
        const { archived, code } = catalog.coupons.get(command.code) ?? notFound('coupon', command.code);
        return archived ? [] : [{ type: 'CouponArchived', data: { code } }];
      }
    }
  },

  evolve(catalog, { type, data }) {
    switch (type) {
      case 'MeterDefined':
        catalog.meters.set(data.key, { ...data, archived: false });
        return;
      case 'MeterArchived':
        catalog.meters.get(data.key)!.archived = true;
        return;
      case 'PlanVersionPublished': {
        const plan = catalog.plans.get(data.key);
        if (plan) plan.versions.push(data);
        else catalog.plans.set(data.key, { versions: [data], archived: false });
        return;
      }
      case 'PlanArchived':
        catalog.plans.get(data.key)!.archived = true;
        return;
      case 'CouponDefined':
        catalog.coupons.set(data.code, { ...data, archived: false });
        return;
      case 'CouponArchived':
        catalog.coupons.get(data.code)!.archived = true;
        return;
    }
  },
};

/** @throws DomainError `plan_not_found`: no such plan, or no such version of it. Without a version, the latest. */
export const planVersion = (catalog: Catalog, key: string, version?: number): PlanVersion => {
  const versions = catalog.plans.get(key)?.versions;
  const found =
    (version === undefined ? versions?.at(-1) : versions?.[version - 1]) ??
    refuseAt(
      version === undefined ? '/plan' : '/planVersion',
      'plan_not_found',
      `There is no plan “${key.slice(0, 128)}”${version === undefined ? '' : ` with a version ${version}`}.`,
      'not_found',
    );
  return catalog.currency === undefined ? found : inCurrency(found, catalog.currency);
};

type Published = Extract<CatalogCommand, { type: 'PublishPlan' | 'PublishPlanVersion' }>;

const published = ({ key, content, on }: Published, version: number, { meters }: Catalog) => {
  const refusal = currencyRefusal(content.currency, on);
  if (refusal) return refuseAt('/currency', refusal.code, refusal.message);
  const { name, currency, interval, charges, trial, zeroInvoices } = content;
  const usable = (meterKey: string): Meter | undefined => {
    const meter = meters.get(meterKey);
    return meter?.archived === false ? meter : undefined;
  };
  refuseViolations([
    ...chargesViolations({ charges, interval }, usable),
    ...(trial ? trialViolations(trial, charges) : []),
    ...currencyViolations(content, on, (charge) => pricingViolations(charge, usable)),
  ]);
  const said = {
    name,
    currency,
    interval,
    charges,
    ...(trial === undefined ? {} : { trial }),
    ...(zeroInvoices === undefined ? {} : { zeroInvoices }),
  };
  const contentHash = sha256Hex(JSON.stringify(toJson(said)));
  return {
    type: 'PlanVersionPublished',
    data: { key, version, ...said, contentHash },
  } as const;
};

const refuseViolations = (violations: readonly Violation[]): void => {
  const [first] = violations;
  if (first) throw new DomainError(first.code, first.message, 'refused', violations);
};
