import { earlier, isBefore, later, type Instant, type LocalPeriod } from '#kernel';
import { billedKey, type BilledService } from '../account/account.state.js';
import { planVersion, type Catalog } from '../catalog/catalog.decider.js';
import { chargeOf, TRIAL_CHARGE, type Charge, type PlanVersion } from '../catalog/plan.js';
import { composedTimeline } from '../subscription/composed-terms.js';
import { dueAt, servedBy, serviceBetween, type ChargePeriod } from '../subscription/charge-periods.js';
import { chargeKeysOf, stretchesOf, type Stretch } from '../subscription/stretches.js';
import type { Subscription, TimelineEnd } from '../subscription/subscription.js';
import { agreedCharge, type AgreedCharge } from '../subscription/terms.js';
import { trialCharge } from '../subscription/trial-charge.js';
import type { Service } from './invoice-line.js';

/** A service that a timeline has, and on what terms. */
export interface TimelineService extends AgreedCharge {
  readonly key: string;
  readonly plan: PlanVersion;
  readonly period: LocalPeriod;
  readonly service: Service;
}

/** What one subscription's timeline has to be billed, by charge. Made for one look at it: it remembers what it found. */
export class TimelineServices {
  private readonly keys: ReadonlySet<string>;
  private readonly stretches = new Map<string, readonly Stretch[]>();
  private readonly endless = new Map<string, readonly Stretch[]>();

  constructor(
    private readonly subscription: Subscription,
    private readonly catalog: Catalog,
  ) {
    this.keys = chargeKeysOf(subscription, catalog);
  }

  /** Per charge, what was not billed yet, in the order in which it falls due; without end where the timeline has none. */
  *unbilled(isBilled: (key: string) => boolean): Generator<Generator<TimelineService>> {
    for (const charge of this.keys) yield this.unbilledOf(charge, isBilled);
  }

  private *unbilledOf(charge: string, isBilled: (key: string) => boolean): Generator<TimelineService> {
    const { subscription } = this;
    const through = subscription.through.get(charge);
    // What is billed up to somewhere is billed whole as long as nobody changed the timeline.
    const after = subscription.changeIds.size === 0 ? through : undefined;
    for (const stretch of this.stretchesOf(charge)) {
      if (stretch.charge.kind === 'one_time' && through !== undefined) return;
      for (const { period, service } of servedBy(subscription, stretch, after)) {
        if (after !== undefined && !isBefore(after, service.end)) continue;
        const served = timelineService(subscription, stretch, { period, service });
        if (!isBilled(served.key)) yield served;
      }
      if (stretch.charge.kind === 'one_time') return;
    }
  }

  /** The service that begins at an instant; undefined where the timeline has none (any more). */
  at(charge: string, start: Instant): TimelineService | undefined {
    return this.beginning(this.stretchesOf(charge), start);
  }

  /** What by now is served of what was billed: undefined where nothing of it is. One-time charges stay as they are. */
  now(billed: BilledService): TimelineService | undefined {
    const { subscription, catalog } = this;
    const { cancellation } = subscription;
    const charge = billedCharge(billed, subscription, catalog);
    if (charge.kind === 'one_time') {
      const served = this.at(charge.key, billed.service.start);
      return served && { ...served, period: billed.period, service: billed.service };
    }
    if (!cancellation || !isKept(billed.service, cancellation, charge))
      return this.at(charge.key, billed.service.start);
    const served = this.beginning(this.endlessOf(charge.key), billed.service.start);
    if (!served) return undefined;
    const end = earlier(served.service.end, later(billed.service.end, cancellation.endsAt));
    const { start, timeZone } = served.service;
    return end === served.service.end ? served : { ...served, service: serviceBetween(start, end, timeZone) };
  }

  private beginning(stretches: readonly Stretch[], start: Instant): TimelineService | undefined {
    const stretch = stretches.find(({ from, to }) => !isBefore(start, from) && (to === null || isBefore(start, to)));
    if (!stretch) return undefined;
    const [first] = servedBy(this.subscription, stretch, start);
    return first?.service.start === start ? timelineService(this.subscription, stretch, first) : undefined;
  }

  private stretchesOf(charge: string): readonly Stretch[] {
    const known = this.stretches.get(charge);
    if (known) return known;
    const found = stretchesOf(this.subscription, charge, this.catalog);
    this.stretches.set(charge, found);
    return found;
  }

  /** As if it had not been canceled. */
  private endlessOf(charge: string): readonly Stretch[] {
    const known = this.endless.get(charge);
    if (known) return known;
    const found = stretchesOf(
      { ...this.subscription, segments: composedTimeline(this.subscription, null, this.catalog) },
      charge,
      this.catalog,
    );
    this.endless.set(charge, found);
    return found;
  }
}

const timelineService = (
  { id }: Subscription,
  { plan, charge, segment }: Stretch,
  { period, service }: ChargePeriod,
): TimelineService => ({
  key: billedKey(id, charge.key, service.start),
  plan,
  ...agreedCharge(charge, segment),
  period,
  service,
});

/** At the end, what was billed stays billed without credit; what is not prorated stays whole, unless it was never served. */
const isKept = ({ start }: Service, { credit, endsAt }: TimelineEnd, charge: Charge): boolean =>
  charge.kind === 'recurring' &&
  ((charge.timing === 'in_advance' && credit === 'none') || (charge.proration === 'none' && isBefore(start, endsAt)));

/** The charge that a service was billed for, as its plan has it. */
export const billedCharge = (
  { charge, plan, planVersion: version }: Pick<BilledService, 'charge' | 'plan' | 'planVersion'>,
  { trial }: Pick<Subscription, 'trial'>,
  catalog: Catalog,
): Charge =>
  charge === TRIAL_CHARGE && trial?.price != null
    ? trialCharge(trial.price)
    : chargeOf(planVersion(catalog, plan, version), charge);

/** When a billed service falls due, as it was billed. */
export const billedDueAt = (billed: BilledService, subscription: Subscription, catalog: Catalog): Instant =>
  dueAt(billedCharge(billed, subscription, catalog), billed.service);
