import { HAS_SEATS, type PlanKey } from './catalog.js';
import type { Chance } from './chance.js';
import type { Customer } from './customers.js';
import { monthBegins, type Stop } from './stops.js';

/** What a customer decides at a stop: at once, or for a moment before the next one. */
export type Decision = { readonly stop: number; readonly customer: Customer; readonly subscription: string } & (
  | {
      readonly kind: 'subscribe';
      readonly plan: PlanKey;
      readonly seats: number;
      readonly trial: boolean;
      readonly at: Date;
    }
  | { readonly kind: 'seats'; readonly seats: number; readonly at: Date }
  | { readonly kind: 'upgrade'; readonly plan: PlanKey; readonly seats: number }
  | { readonly kind: 'new_version' }
  | { readonly kind: 'pause'; readonly until: Date }
  | { readonly kind: 'cancel'; readonly at: 'now' | 'period_end' }
);

/** A stretch of time in which a customer uses a plan. */
export interface Stay {
  readonly plan: PlanKey;
  readonly from: Date;
  readonly to: Date;
}

export interface Life {
  readonly decisions: readonly Decision[];
  readonly stays: readonly Stay[];
}

/** The month in which the second version of the plan is published, and those on the first may be moved to it. */
export const versionMonth = (months: number): number => Math.floor((months * 2) / 3);

const NEXT_PLAN: Readonly<Partial<Record<PlanKey, PlanKey>>> = { starter: 'team', team: 'scale' };
export const TRIAL_DAYS = 14;
const SETTLING_STOPS = 3;
const AWAY_STOPS = 5;

/** Everything that a customer decides in all the months, and what it uses in between. Follows from the seed alone. */
export const lifeOf = (customer: Customer, stops: readonly Stop[], from: string, chance: Chance): Life => {
  const life = new LifeSoFar(customer, stops, from, chance);
  for (let stop = 0; stop < stops.length - 1; stop++) life.liveThrough(stop);
  return { decisions: life.decisions, stays: life.finished() };
};

class LifeSoFar {
  readonly decisions: Decision[] = [];
  private readonly stays: Stay[] = [];
  private now: { plan: PlanKey; seats: number; since: Date; version: 1 | 2 } | null = null;
  private subscriptions = 0;
  /** Nothing is decided before this stop: it has just begun, or is away. */
  private quietUntil = 0;
  private gone = false;

  constructor(
    private readonly customer: Customer,
    private readonly stops: readonly Stop[],
    private readonly from: string,
    private readonly chance: Chance,
  ) {}

  liveThrough(stop: number): void {
    if (this.now === null) {
      if (stop === this.firstStop) this.subscribe(stop, this.customer.plan);
      else if (this.gone && stop >= this.quietUntil && this.happens(0.06, 'return', stop)) this.comeBack(stop);
      return;
    }
    if (stop >= this.quietUntil) this.decide(stop, this.now);
  }

  finished(): readonly Stay[] {
    this.leave(this.stops.at(-1)!.at);
    return this.stays;
  }

  private decide(stop: number, now: NonNullable<LifeSoFar['now']>): void {
    const stays = this.customer.part !== null || now.plan === 'team-yearly';
    const next = NEXT_PLAN[now.plan];
    if (this.isNewVersion(stop, now)) this.changeVersion(stop, now);
    else if (!stays && this.happens(0.03, 'cancel', stop)) this.cancel(stop);
    else if (!stays && this.happens(0.015, 'pause', stop)) this.pause(stop, now);
    else if (!stays && next !== undefined && this.happens(0.03, 'upgrade', stop)) this.upgrade(stop, now, next);
    else if (HAS_SEATS.has(now.plan) && this.happens(0.16, 'seats', stop)) this.changeSeats(stop, now);
  }

  private subscribe(stop: number, plan: PlanKey): void {
    const { seats, trial } = this.customer;
    const at = stop === 0 ? this.stops[0]!.at : plan === 'team-yearly' ? this.turn(stop) : this.moment(stop);
    const trying = trial && this.subscriptions === 0;
    this.subscriptions++;
    this.add({ kind: 'subscribe', plan, seats, trial: trying, at }, stop);
    this.now = { plan, seats, since: at, version: plan === 'team' ? this.latest(stop) : 1 };
    this.quietUntil = stop + SETTLING_STOPS;
  }

  private comeBack(stop: number): void {
    this.gone = false;
    this.subscribe(stop, this.customer.currency === 'EUR' ? 'team-eur' : 'team');
  }

  private changeSeats(stop: number, now: NonNullable<LifeSoFar['now']>): void {
    const fewer = now.seats > 3 && this.happens(0.25, 'fewer', stop);
    now.seats += fewer ? -this.chance.whole(1, 2, this.customer.key, 'by', stop) : this.whole(1, 4, 'by', stop);
    this.add({ kind: 'seats', seats: now.seats, at: this.moment(stop) }, stop);
  }

  private upgrade(stop: number, now: NonNullable<LifeSoFar['now']>, plan: PlanKey): void {
    this.leave(this.stops[stop]!.at);
    const seats = Math.max(now.seats, 3);
    this.add({ kind: 'upgrade', plan, seats }, stop);
    this.now = { plan, seats, since: this.stops[stop]!.at, version: plan === 'team' ? this.latest(stop) : 1 };
    this.quietUntil = stop + SETTLING_STOPS;
  }

  private changeVersion(stop: number, now: NonNullable<LifeSoFar['now']>): void {
    now.version = 2;
    this.add({ kind: 'new_version' }, stop);
  }

  private pause(stop: number, now: NonNullable<LifeSoFar['now']>): void {
    const until = monthBegins(this.from, this.stops[stop]!.month + 2);
    if (until > this.stops.at(-1)!.at) return;
    this.stays.push({ plan: now.plan, from: now.since, to: this.stops[stop]!.at });
    this.add({ kind: 'pause', until }, stop);
    now.since = until;
    this.quietUntil = this.stops.findIndex(({ at }) => at > until);
  }

  private cancel(stop: number): void {
    const atOnce = this.happens(0.3, 'at once', stop);
    this.add({ kind: 'cancel', at: atOnce ? 'now' : 'period_end' }, stop);
    this.leave(atOnce ? this.stops[stop]!.at : this.turn(stop));
    this.gone = true;
    this.quietUntil = stop + AWAY_STOPS;
  }

  private leave(at: Date): void {
    if (this.now !== null && this.now.since < at)
      this.stays.push({ plan: this.now.plan, from: this.now.since, to: at });
    this.now = null;
  }

  private isNewVersion(stop: number, { plan, version }: NonNullable<LifeSoFar['now']>): boolean {
    const published = this.stops[stop]!.month > versionMonth(this.months);
    return plan === 'team' && version === 1 && published && this.happens(0.15, 'version', stop);
  }

  private latest(stop: number): 1 | 2 {
    return this.stops[stop + 1]!.month >= versionMonth(this.months) ? 2 : 1;
  }

  /** At the beginning, or in either half of the month in which it comes. */
  private get firstStop(): number {
    const { key, joins } = this.customer;
    return joins === 0 ? 0 : 2 * joins + this.chance.whole(0, 1, key, 'half');
  }

  /** A moment between this stop and the next one. */
  private moment(stop: number): Date {
    const [begins, ends] = [this.stops[stop]!.at.getTime(), this.stops[stop + 1]!.at.getTime()];
    const minutes = Math.floor((ends - begins) / 60_000);
    return new Date(begins + this.whole(1, Math.max(minutes - 1, 1), 'moment', stop) * 60_000);
  }

  /** When the month of a stop is over. */
  private turn(stop: number): Date {
    return monthBegins(this.from, this.stops[stop]!.month + 1);
  }

  private get months(): number {
    return this.stops.at(-1)!.month + 1;
  }

  private happens(share: number, what: string, stop: number): boolean {
    return this.chance.happens(share, this.customer.key, what, stop);
  }

  private whole(least: number, most: number, what: string, stop: number): number {
    return this.chance.whole(least, most, this.customer.key, what, stop);
  }

  private add(decision: DistributiveOmit<Decision, 'stop' | 'customer' | 'subscription'>, stop: number): void {
    const subscription = `${this.customer.key}-${this.subscriptions}`;
    this.decisions.push({ ...decision, stop, customer: this.customer, subscription });
  }
}

type DistributiveOmit<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;
