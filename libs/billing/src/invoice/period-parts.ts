import type { PartOfService, Service, Charge } from '#contracts';
import { isBefore, startOfDay, type Instant, type LocalTime } from '#kernel';
import type { ProrationShare, QuantityNature } from '#rating';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { ChargePeriod } from '../subscription/charge-periods.js';
import { isSameCharge, servedAt } from '../subscription/charge-stretches.js';
import type { Subscription } from '../subscription/subscription.js';
import { shareServed } from './proration.js';
import type { ServedCharge, Stretch } from '../subscription/stretch.js';

/** What a stretch has of a period. */
export interface PeriodPiece extends ChargePeriod {
  readonly stretch: Stretch;
}

/** Pieces of a period that are billed as one, by the terms of the first. */
interface Part extends PartOfService {
  readonly piece: PeriodPiece;
  readonly service: Service;
  readonly nature?: QuantityNature;
}

/**
 * The pieces that a cut period of one charge is billed by. Usage on the same terms is one service, whatever lies between: a pause, or
 * other terms. Usage on other terms has a part of what is said of the period. What recurs is prorated piece by piece.
 */
export const partsOfPeriod = (pieces: readonly PeriodPiece[], subscription: Subscription, catalog: Catalog): Part[] => {
  const lasting = pieces.filter((piece) => !lastsNothing(piece, subscription));
  if (pieces[0]?.stretch.charge.kind !== 'usage') return lasting.map((piece) => ({ piece, service: piece.service }));
  return [...Map.groupBy(lasting, (piece) => allowanceOf(piece, subscription)).entries()].flatMap(
    ([allowanceFrom, own]) =>
      usageParts(own, subscription, catalog).map((part) =>
        allowanceFrom === undefined ? part : { ...part, allowanceFrom },
      ),
  );
};

/** No day of it is left where days are counted. */
export const lastsNothing = (
  { period, service, stretch: { charge } }: PeriodPiece,
  { zone }: Pick<Subscription, 'zone'>,
): boolean => {
  if (charge.kind !== 'recurring' || (charge.proration !== 'day' && charge.proration !== 'fixed30')) return false;
  return shareServed(charge.proration, period, service, zone).numerator === 0;
};

/** Where what the price says of a period begins anew within it, because a change asked for that. */
const allowanceOf = ({ period, service }: PeriodPiece, { segments, zone }: Subscription): Instant | undefined => {
  const start = startOfDay(period.start, zone);
  return segments.findLast(
    ({ from, restarts }) => restarts === true && isBefore(start, from) && !isBefore(service.start, from),
  )?.from;
};

const usageParts = (pieces: readonly PeriodPiece[], { zone }: Subscription, catalog: Catalog): Part[] => {
  const byTerms: PeriodPiece[][] = [];
  for (const piece of pieces) {
    const same = byTerms.find(([first]) => mergesWith(first!, piece, catalog));
    if (same) same.push(piece);
    else byTerms.push([piece]);
  }
  const shared = byTerms.length > 1;
  return byTerms.map((own) => ({
    ...merged(own),
    ...(shared ? { part: shareOf(own, zone), nature: natureOf(own[0]!.stretch.charge, catalog) } : {}),
  }));
};

/** Units that are held and prorated are counted by the part of the period that they are held for: these add up, too. */
const natureOf = ({ meter: key, proration }: Charge, catalog: Catalog): QuantityNature => {
  const { aggregation, recurring, bucket } = catalog.meters.get(key!)!;
  if (recurring === true)
    return proration !== 'none' && (aggregation === 'sum' || aggregation === 'unique_count') ? 'adds_up' : 'level';
  return aggregation === 'count' || aggregation === 'sum' || bucket !== undefined ? 'adds_up' : 'level';
};

/** What is held or averaged over time cannot be measured with a hole in it. */
const mergesWith = (first: PeriodPiece, next: PeriodPiece, catalog: Catalog): boolean => {
  const meter = catalog.meters.get(first.stretch.charge.meter!)!;
  return (
    meter.recurring !== true && meter.aggregation !== 'weighted_sum' && isSameCharge(termsOf(first), termsOf(next))
  );
};

const termsOf = ({ stretch, service }: PeriodPiece): ServedCharge => servedAt(stretch, service.start);

const merged = (pieces: readonly PeriodPiece[]): Part => {
  const [piece] = pieces as [PeriodPiece];
  const gaps = pieces.slice(1).map(({ service }, index) => ({ start: pieces[index]!.service.end, end: service.start }));
  if (gaps.length === 0) return { piece, service: piece.service };
  const last = pieces.at(-1)!.service;
  return { piece, service: { ...piece.service, end: last.end, localEnd: last.localEnd }, gaps };
};

/** No price is one of no time: a part of no day has as good as nothing of what is said of the period. */
const MOMENT = 1_000_000_000;

const shareOf = (pieces: readonly PeriodPiece[], zone: LocalTime): ProrationShare => {
  const [{ period, stretch }] = pieces as [PeriodPiece];
  const basis = basisOf(stretch.charge);
  const shares = pieces.map((piece) => shareServed(basis, period, piece.service, zone));
  const [{ denominator }] = shares as [ProrationShare];
  const numerator = shares.reduce((total, share) => total + share.numerator, 0);
  return numerator === 0
    ? { basis, numerator: 1, denominator: denominator * MOMENT }
    : { basis, numerator, denominator };
};

/** An allowance is shared by days also where a part of a period costs the whole: it is given once. */
const basisOf = ({ proration }: Charge) => (proration === 'none' ? 'day' : proration);
