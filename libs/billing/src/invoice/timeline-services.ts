import type { Charge } from '#contracts';
import {
  compareInstants,
  earlier,
  isBefore,
  later,
  plusDuration,
  startOfDay,
  type Instant,
  type LocalPeriod,
} from '#kernel';
import { ratesWholePeriods, RATER_OF_PARTS } from '#rating';
import { billedKey, type BilledService } from '../account/account.state.js';
import type { Catalog } from '../catalog/catalog.decider.js';
import { composedTimeline } from '../subscription/composed-terms.js';
import { dueAt, endingAt, servedBy } from '../subscription/charge-periods.js';
import { chargeKeysOf, servedAt, stretchesOf, type StretchRule } from '../subscription/charge-stretches.js';
import type { Subscription } from '../subscription/subscription.js';
import { agreedCharge } from '../subscription/terms.js';
import { installmentsOf, upTo, type Served } from './installments.js';
import type { TimelineService } from './timeline-service.js';
import { lastsNothing, partsOfPeriod, type PeriodPiece } from './period-parts.js';
import type { Stretch } from '../subscription/stretch.js';
import { billedCharge } from './billed-charge.js';
import { isGivenBack, isKept, isLeftOut } from './given-back.js';

/** What one subscription's timeline has to be billed, by charge. Made for one look at it: it remembers what it found. */
export class TimelineServices {
  private readonly keys: ReadonlySet<string>;
  private readonly stretches = new Map<string, readonly Stretch[]>();

  constructor(
    private readonly subscription: Subscription,
    private readonly catalog: Catalog,
  ) {
    this.keys = chargeKeysOf(subscription, catalog);
  }

  /** Keys of charges of which any segment has one that is asked for. */
  keysWhere(isAsked: (charge: Charge) => boolean): ReadonlySet<string> {
    return chargeKeysOf(this.subscription, this.catalog, isAsked);
  }

  /**
   * Per charge, what was not billed yet, in the order in which it falls due; without end where the timeline has none. Some of what falls due
   * before an instant may be left out.
   */
  *unbilled(isBilled: (served: Served) => boolean, dueFrom?: Instant): Generator<Generator<TimelineService>> {
    for (const charge of this.keys) yield this.unbilledOf(charge, isBilled, dueFrom);
  }

  private *unbilledOf(
    charge: string,
    isBilled: (served: Served) => boolean,
    dueFrom: Instant | undefined,
  ): Generator<TimelineService> {
    const { subscription } = this;
    const through = subscription.through.get(charge);
    // What is billed up to somewhere is billed whole as far as nobody changed the timeline.
    const after = subscription.changedFrom === null ? through : undefined;
    for (const served of this.servicesOf(charge, latest(after, this.beginningOfInterest(charge, through, dueFrom)))) {
      if (served.charge.kind === 'one_time' && through !== undefined) return;
      if (after !== undefined && !isBefore(after, served.service.end)) continue;
      if (!isBilled(served) && !isLeftOut(served, subscription)) yield served;
      if (served.charge.kind === 'one_time') return;
    }
  }

  /** The beginning of a period before which everything is billed, here or elsewhere, or due too early. */
  private beginningOfInterest(
    charge: string,
    through: Instant | undefined,
    dueFrom: Instant | undefined,
  ): Instant | undefined {
    const { changedFrom, unsettledFrom, billedThrough } = this.subscription;
    const settled = through !== undefined && changedFrom !== null ? earliest(through, unsettledFrom) : undefined;
    const at = latest(latest(settled, dueFrom), billedThrough ?? undefined);
    // What ends with the instant is of interest, too.
    return at && this.periodStart(charge, plusDuration(at, { days: -1 }));
  }

  /** Where the period begins that an instant lies in: from there on, nothing of a period is missing. */
  private periodStart(charge: string, at: Instant): Instant | undefined {
    const stretch = this.stretchesOf(charge).findLast(({ from }) => !isBefore(at, from));
    if (!stretch) return undefined;
    const { from, to } = stretch;
    const within = to === null || isBefore(at, to) ? at : later(from, plusDuration(to, { seconds: -1 }));
    const [first] = servedBy(this.subscription, stretch, within);
    return first && startOfDay(first.period.start, this.subscription.zone);
  }

  /** All that has begun by an instant and is not over long before another, billed or not, by charge. */
  *begunBy(at: Instant, charges: ReadonlySet<string>, from?: Instant): Generator<TimelineService> {
    for (const charge of charges) {
      const begin = from && this.periodStart(charge, plusDuration(from, { days: -1 }));
      for (const served of this.servicesOf(charge, begin)) {
        // Of one period, parts may fall due in another order than they begin.
        if (isBefore(at, startOfDay(served.period.start, this.subscription.zone))) break;
        if (!isBefore(at, served.service.start)) yield served;
        if (served.charge.kind === 'one_time') break;
      }
    }
  }

  /** Periods of which raters before have billed a part are served as those did it. */
  private *servicesOf(charge: string, after?: Instant): Generator<TimelineService> {
    const apart = this.subscription.billedApart.get(charge);
    if (apart === undefined) {
      yield* this.byPeriod(this.stretchesOf(charge), after);
      return;
    }
    for (const served of this.byPeriod(this.stretchesOf(charge, 'by_plan'), after, 'by_plan')) {
      if (served.period.start >= apart) break;
      yield { ...served, raterVersion: RATER_OF_PARTS };
    }
    for (const served of this.byPeriod(this.stretchesOf(charge), after)) if (served.period.start >= apart) yield served;
  }

  private *byPeriod(
    stretches: readonly Stretch[],
    after?: Instant,
    rule: StretchRule = 'by_charge',
  ): Generator<TimelineService> {
    let pieces: PeriodPiece[] = [];
    for (const stretch of stretches) {
      for (const piece of servedBy(this.subscription, stretch, after)) {
        const [first] = pieces;
        if (first && !isSamePeriod(first.period, piece.period)) {
          yield* this.billedIn(pieces, rule);
          pieces = [];
        }
        pieces.push({ ...piece, stretch });
      }
    }
    yield* this.billedIn(pieces, rule);
  }

  /** What is billed of one period, in the order in which it falls due. */
  private billedIn(pieces: readonly PeriodPiece[], rule: StretchRule): TimelineService[] {
    const services = this.servicesIn(pieces, rule);
    if (services.every(({ charge }) => charge.allowanceInterval === undefined)) return services;
    const { segment } = pieces[0]!.stretch;
    return services.flatMap((served) => installmentsOf(served, this.subscription, segment)).sort(byDueMoment);
  }

  private servicesIn(pieces: readonly PeriodPiece[], rule: StretchRule): TimelineService[] {
    if (rule === 'by_plan') return pieces.map((piece) => timelineService(this.subscription, piece));
    if (pieces.length === 1) {
      return lastsNothing(pieces[0]!, this.subscription) ? [] : [timelineService(this.subscription, pieces[0]!)];
    }
    return partsOfPeriod(pieces, this.subscription, this.catalog)
      .map(({ piece, ...part }) => ({ ...timelineService(this.subscription, piece), ...part }))
      .sort(byDueMoment);
  }

  /** The service that begins at an instant; undefined where the timeline has none (any more). */
  at(charge: string, start: Instant, raterVersion: number): TimelineService | undefined {
    return this.beginning(this.stretchesOf(charge, ruleOf(raterVersion)), start, ruleOf(raterVersion));
  }

  /** What by now is served of what was billed: undefined where nothing of it is. One-time charges stay as they are. */
  now(billed: BilledService): TimelineService | undefined {
    const { subscription, catalog } = this;
    const { cancellation } = subscription;
    const { start } = billed.service;
    const charge = billedCharge(billed, subscription, catalog);
    if (isGivenBack(billed, charge, subscription)) return undefined;
    const rule = ruleOf(billed.raterVersion);
    const served = this.beginning(this.stretchesOf(charge.key, rule), start, rule);
    if (charge.kind === 'one_time') return served && { ...served, period: billed.period, service: billed.service };
    if (!cancellation || !isKept(billed.service, cancellation, charge))
      return served && upTo(served, billed.service.end, subscription);
    const endless = this.beginning(this.endlessOf(charge.key, rule), start, rule);
    if (!endless) return undefined;
    const end = earlier(endless.service.end, later(billed.service.end, cancellation.endsAt));
    return end === endless.service.end
      ? endless
      : { ...endless, service: endingAt(endless.service, end, subscription.zone) };
  }

  private beginning(stretches: readonly Stretch[], start: Instant, rule: StretchRule): TimelineService | undefined {
    const stretch = stretches.find(({ from, to }) => !isBefore(start, from) && (to === null || isBefore(start, to)));
    if (!stretch) return undefined;
    const [first] = servedBy(this.subscription, stretch, start);
    if (first?.service.start !== start) return undefined;
    const pieces = rule === 'by_plan' ? [{ ...first, stretch }] : this.piecesOf(first.period, stretches);
    return this.servicesIn(pieces, rule).find(({ service }) => service.start === start);
  }

  private piecesOf(period: LocalPeriod, stretches: readonly Stretch[]): PeriodPiece[] {
    const from = startOfDay(period.start, this.subscription.zone);
    return stretches.flatMap((stretch) => {
      const [piece] = servedBy(this.subscription, stretch, later(from, stretch.from));
      return piece && isSamePeriod(piece.period, period) ? [{ ...piece, stretch }] : [];
    });
  }

  private stretchesOf(charge: string, rule: StretchRule = 'by_charge'): readonly Stretch[] {
    return this.remembered(`${rule} ${charge}`, () => stretchesOf(this.subscription, charge, this.catalog, rule));
  }

  /** As if it had not been canceled. */
  private endlessOf(charge: string, rule: StretchRule): readonly Stretch[] {
    return this.remembered(`${rule} ${charge} endless`, () => {
      const endless = { ...this.subscription, segments: composedTimeline(this.subscription, null, this.catalog) };
      return stretchesOf(endless, charge, this.catalog, rule);
    });
  }

  private remembered(name: string, find: () => readonly Stretch[]): readonly Stretch[] {
    const known = this.stretches.get(name) ?? find();
    this.stretches.set(name, known);
    return known;
  }
}

const earliest = (left: Instant, right: Instant | null): Instant => (right === null ? left : earlier(left, right));

const latest = (left: Instant | undefined, right: Instant | undefined): Instant | undefined =>
  left === undefined ? right : right === undefined ? left : later(left, right);

const byDueMoment = (left: TimelineService, right: TimelineService): number =>
  compareInstants(dueAt(left.charge, left.service), dueAt(right.charge, right.service));

const ruleOf = (raterVersion: number): StretchRule => (ratesWholePeriods(raterVersion) ? 'by_charge' : 'by_plan');

const isSamePeriod = (left: LocalPeriod, right: LocalPeriod): boolean =>
  left.start === right.start && left.end === right.end;

const timelineService = ({ id }: Subscription, { period, service, stretch }: PeriodPiece): TimelineService => {
  const { plan, charge, segment } = servedAt(stretch, service.start);
  const key = billedKey(id, charge.key, service.start);
  return { key, plan, ...agreedCharge(charge, segment), period, service };
};
