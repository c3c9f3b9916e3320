import { applyCredit, capCredit, cappedRepair, creditNoteForItems, creditNoteForUnused } from '#billing/credit';
import { dueDates, dunningAttempts, dunningDates, overdueStage, type OverdueStage } from '#billing/dunning';
import { chargeableAmounts, netShare, splitRefund } from '#billing/payment';
import { type TaxMethod } from '#billing/tax';
import { majorUnits, money, parseInstant, parseLocalDate, parseMoney, roundedToMinor } from '#kernel';
import { rate } from '#rating';
import { adapter, type Adapters } from './adapter.js';
import { settled } from './settling.js';
import { asked, decimal, fraction, fromUnits, integer, share, units } from './shapes.js';

/** Cases in major units of a currency that they do not name: one with two digits stands for it. */
const CURRENCY = 'USD';

const cents = (text: string): bigint => parseMoney(text, CURRENCY).minor;
const major = (minor: bigint): string => majorUnits(money(minor, CURRENCY));

/** Credit pays one line after the other. */
const paidInTurn = ({ due, left }: { readonly due: bigint[]; readonly left: bigint }, line: string) => {
  const paid = applyCredit(cents(line), left);
  return { due: [...due, paid.due], left: paid.left };
};

export const credits: Adapters = {
  credit_note_for_unused: adapter<{ fee_minor: string; unused_days: number; period_days: number; tax_rate: string }>(
    (input) =>
      creditNoteForUnused(
        integer(input.fee_minor),
        share(input.unused_days, input.period_days),
        decimal(input.tax_rate),
      ),
  ),
  credit_note_items: adapter<
    { items: string[]; tax_rate: string; coupon_share?: string; credit?: string; refund?: string },
    object
  >((input, expected) => {
    const note = creditNoteForItems(input.items.map(integer), {
      taxRate: decimal(input.tax_rate),
      couponShare: decimal(input.coupon_share ?? '0'),
      credit: integer(input.credit ?? '0'),
      refund: integer(input.refund ?? '0'),
    });
    return asked({ ...note, coupon_adjustment: note.couponAdjustment }, expected);
  }),
  apply_credit: adapter<{ total: string; credit: string }>(({ total, credit }) => ({
    due: major(settled([total], credit, CURRENCY).due),
  })),
  cap_credit: adapter<{ potential: string; paid: string; already_credited: string }>((input) => ({
    credit: fromUnits(
      capCredit({
        potential: units(input.potential),
        paid: units(input.paid),
        alreadyCredited: units(input.already_credited),
      }),
    ),
  })),
  credit_over_lines: adapter<{ lines: string[]; credit: string }>(({ lines, credit }) => ({
    net: lines.reduce<{ due: bigint[]; left: bigint }>(paidInTurn, { due: [], left: cents(credit) }).due.map(major),
  })),
  sum_items: adapter<{ items: string[]; credit_before: string }, object>((input, expected) => {
    const { balance, due, creditGenerated, creditUsed, creditLeft } = settled(
      input.items,
      input.credit_before,
      CURRENCY,
    );
    return asked(
      {
        balance: major(balance),
        due: major(due),
        credit_generated: major(creditGenerated),
        credit_used: major(creditUsed),
        credit_left: major(creditLeft),
      },
      expected,
    );
  }),
  capped_repair: adapter<{ item: string; adjusted: string; repair_fraction: string; new_charge: string }>((input) => {
    const { repair, credit } = cappedRepair({
      item: cents(input.item),
      adjusted: cents(input.adjusted),
      unused: fraction(input.repair_fraction),
      newCharge: cents(input.new_charge),
    });
    return { repair: major(repair), credit: major(credit) };
  }),
  wallet_simple: adapter<{ units: string; price: string; wallet: string }>((input) => {
    const { amount } = rate({ model: 'per_unit', unitAmount: input.price }, decimal(input.units));
    const { minor } = roundedToMinor(amount, CURRENCY, 'half_up');
    return { amount: major(minor), wallet_after: major(applyCredit(minor, cents(input.wallet)).left) };
  }),
  refund_split: adapter<{
    tax_behavior: TaxMethod['prices'];
    subtotal: number;
    tax: number;
    balance: number;
    refund_total: number;
  }>((input) => {
    const order = {
      behavior: input.tax_behavior,
      subtotal: integer(input.subtotal),
      tax: integer(input.tax),
      balance: integer(input.balance),
    };
    const { net, tax } = splitRefund(order, integer(input.refund_total));
    return { refund: net, refund_tax: tax };
  }),
  net_share: adapter<{ net: number; tax: number; gross: number }>(({ net, tax, gross }) => ({
    net_amount: netShare(integer(gross), { net: integer(net), tax: integer(tax) }),
  })),
  three_decimal_rule: adapter<{ currency: string; amount: string }>(({ currency, amount }) => ({
    allowed_minor: chargeableAmounts(parseMoney(amount, currency).minor),
  })),
  due_date: adapter<{ issued: string; net_days: number }>((input) => {
    const { dueOn, overdueFrom } = dueDates(parseLocalDate(input.issued), input.net_days);
    return { due: dueOn, overdue_from: overdueFrom };
  }),
  dunning_dates: adapter<{ start: string; offsets_days: number[]; mode: 'from_start' | 'cumulative' }>((input) => ({
    dates: dunningDates(parseLocalDate(input.start), input.offsets_days, input.mode),
  })),
  dunning_campaign: adapter<{
    threshold_minor: string;
    max_attempts: number;
    days_between: number;
    runs: { at: string; overdue_minor: string }[];
  }>((input) => ({
    attempted: dunningAttempts(
      {
        threshold: integer(input.threshold_minor),
        maxAttempts: input.max_attempts,
        daysBetween: input.days_between,
      },
      input.runs.map(({ at, overdue_minor: overdue }) => ({ at: parseInstant(at), overdue: integer(overdue) })),
    ),
  })),
  overdue_state: adapter<{ unpaid_since: string; states: OverdueStage[]; on: string }>((input) => ({
    state: overdueStage(parseLocalDate(input.unpaid_since), input.states, parseLocalDate(input.on)),
  })),
};
