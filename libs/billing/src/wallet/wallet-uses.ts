import type { InvoiceLine } from '#contracts';
import { allocate, compareInstants, Decimal, epochMicroseconds, isBefore, type Instant } from '#kernel';
import { subjectsAmong, type DocumentLine } from '../invoice/invoice-line.js';
import type { Grant, Wallet } from './wallet.js';

/** Something that an invoice asks money for, with its tax, and when it was used: at an instant, or evenly over a stretch of time. */
export interface WalletUse {
  readonly line: DocumentLine;
  readonly from: Instant;
  /** Not included; the same for an instant. */
  readonly until: Instant;
  readonly amount: bigint;
}

/** Lines of an invoice, each with what of its tax it bears, in minor units. */
export interface GrossLine {
  readonly line: DocumentLine;
  readonly gross: bigint;
}

/**
 * What of an invoice wallets may pay. What adjusts a line is of that. Other lines below zero lessen the others in proportion, so that it comes to the total. What was used over a stretch of
 * time is cut where a grant begins or ends within it: by what was used until then, and evenly where nobody measured that.
 */
export const usesOf = (lines: readonly GrossLine[], grants: readonly Grant[]): WalletUse[] => {
  const owed = adjusted(lines).filter(({ gross }) => gross > 0n);
  const total = lines.reduce((sum, { gross }) => sum + gross, 0n);
  if (total <= 0n) return [];
  const amounts = allocate(
    total,
    owed.map(({ gross }) => gross),
  );
  const edges = grants.flatMap(({ granted: { effectiveAt, expiresAt } }) => [effectiveAt, expiresAt ?? []].flat());
  return owed.flatMap(({ line }, index) => cut(line, amounts[index]!, edges));
};

const adjusted = (lines: readonly GrossLine[]): GrossLine[] => {
  const subjectOf = subjectsAmong(lines.map(({ line }) => line));
  const totals = new Map<DocumentLine, bigint>();
  for (const { line, gross } of lines) {
    const subject = subjectOf(line);
    totals.set(subject, (totals.get(subject) ?? 0n) + gross);
  }
  return [...totals].map(([line, gross]) => ({ line, gross }));
};

/** A top-up is paid by nothing that is bought or given. */
const cut = (line: DocumentLine, amount: bigint, edges: readonly Instant[]): WalletUse[] => {
  if (line.kind === 'wallet_top_up') return [];
  if (line.kind === 'one_off') return [{ line, from: line.addedAt, until: line.addedAt, amount }];
  const { start } = line.service;
  if (isCharged(line)) return [{ line, from: start, until: start, amount }];
  return stretchesOf(line, amount).flatMap((stretch) => evenly(line, stretch, edges));
};

type Stretch = Omit<WalletUse, 'line'>;

/** What was used by when, as far as that was measured; of what is billed as a difference, in proportion to all that was used. */
const stretchesOf = ({ service, used = [] }: InvoiceLine, amount: bigint): Stretch[] => {
  const whole = { from: service.start, until: service.end, amount };
  const amounts = used.map((one) => Decimal.parse(one.amount));
  const scale = Math.max(0, ...amounts.map((one) => one.scale));
  const weights = amounts.map((one, index) =>
    positive(one.minus(amounts[index - 1] ?? Decimal.zero).coefficientAt(scale)),
  );
  if (weights.every((weight) => weight === 0n)) return [whole];
  return allocate(amount, weights).map((part, index) => ({
    from: used[index - 1]?.by ?? service.start,
    until: used[index]!.by,
    amount: part,
  }));
};

const positive = (weight: bigint): bigint => (weight > 0n ? weight : 0n);

const evenly = (line: DocumentLine, { from, until, amount }: Stretch, edges: readonly Instant[]): WalletUse[] => {
  const within = [...new Set(edges)]
    .filter((edge) => isBefore(from, edge) && isBefore(edge, until))
    .sort(compareInstants);
  const places = [from, ...within, until];
  const parts = allocate(
    amount,
    places.slice(1).map((place, index) => epochMicroseconds(place) - epochMicroseconds(places[index]!)),
  );
  return parts.map((part, index) => ({ line, from: places[index]!, until: places[index + 1]!, amount: part }));
};

/** What is charged as it begins counts then, and all else over its time. */
const isCharged = ({ timing, kind, service }: InvoiceLine): boolean =>
  timing === 'in_advance' || kind === 'one_time' || service.start === service.end;

/** Whether the use lies in the life of the grant, and in the scope of its wallet. */
export const mayPay = ({ granted }: Grant, { scope }: Wallet, { line, from, until }: WalletUse): boolean => {
  const { effectiveAt, expiresAt } = granted;
  if (isBefore(from, effectiveAt)) return false;
  if (expiresAt !== undefined && (from === until ? !isBefore(from, expiresAt) : isBefore(expiresAt, until)))
    return false;
  const { plans, charges } = scope;
  if (line.kind === 'one_off' || line.kind === 'wallet_top_up') return plans === undefined && charges === undefined;
  return (plans?.includes(line.plan) ?? true) && (charges?.includes(line.charge) ?? true);
};
