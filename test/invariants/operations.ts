import type { AppendFault } from '#testing';
import fc from 'fast-check';

/** What happens to an account. Numbers pick among what there is: a missing one picks nothing. */
export type Operation =
  | {
      readonly kind: 'record';
      readonly readings: readonly {
        readonly id: number;
        readonly day: number;
        readonly tokens: number;
        readonly assigned: boolean;
      }[];
    }
  | {
      readonly kind: 'subscribe';
      readonly plan: 'standard' | 'plus' | 'weekly' | 'team';
      readonly trialDays: number;
      readonly day: number;
      readonly anchor: number | null;
    }
  | { readonly kind: 'cancel'; readonly which: number; readonly day: number; readonly credit: 'prorated' | 'none' }
  | {
      readonly kind: 'change';
      readonly which: number;
      readonly day: number;
      readonly plan: 'standard' | 'plus' | 'weekly' | 'team' | null;
      readonly seats: number;
      readonly proration: 'prorated' | 'none';
    }
  | {
      readonly kind: 'pause';
      readonly which: number;
      readonly day: number;
      readonly days: number | null;
      readonly credit: 'prorated' | 'none';
    }
  | { readonly kind: 'resume'; readonly which: number; readonly day: number }
  | { readonly kind: 'uncancel'; readonly which: number }
  | { readonly kind: 'withdraw'; readonly which: number; readonly change: number }
  | {
      readonly kind: 'discount';
      readonly which: number;
      /** An amount in cents, where there is none. */
      readonly percent: number | null;
      readonly minor: number;
      readonly duration: 'once' | 'periods' | 'until' | 'forever';
      /** Of a charge, or of all. */
      readonly charge: 'base' | 'tokens' | null;
    }
  | { readonly kind: 'removeDiscount'; readonly which: number; readonly discount: number }
  | { readonly kind: 'bill'; readonly day: number; readonly grace: boolean; readonly skipsNothing: boolean }
  | { readonly kind: 'finalize' }
  | { readonly kind: 'void'; readonly which: number }
  | { readonly kind: 'pay'; readonly which: number; readonly percent: number }
  | {
      readonly kind: 'payAccount';
      readonly minor: number;
      /** How long ago it came in. */
      readonly daysAgo: number;
      readonly allocate: 'oldest_due' | 'none';
      readonly named: number | null;
    }
  | { readonly kind: 'reverse'; readonly which: number }
  | { readonly kind: 'refund'; readonly which: number; readonly percent: number | null; readonly reopen: boolean }
  | { readonly kind: 'refundCredit'; readonly percent: number | null }
  | { readonly kind: 'applyCredit' }
  | { readonly kind: 'uncollectible'; readonly which: number }
  | {
      readonly kind: 'creditNote';
      readonly which: number;
      /** Of one line, or over all of them; or the rest. */
      readonly of: 'line' | 'units' | 'invoice' | 'rest';
      readonly line: number;
      readonly percent: number;
    }
  | { readonly kind: 'voidCreditNote'; readonly which: number }
  | { readonly kind: 'transfer'; readonly gives: boolean; readonly pending: boolean; readonly minor: number }
  | { readonly kind: 'resolveTransfer'; readonly which: number; readonly post: boolean }
  | { readonly kind: 'item'; readonly minor: number; readonly own: boolean }
  | { readonly kind: 'addLine'; readonly minor: number }
  | { readonly kind: 'changeLine'; readonly which: number; readonly minor: number }
  | { readonly kind: 'discountDraft'; readonly percent: number | null; readonly minor: number }
  | { readonly kind: 'discountAccount'; readonly percent: number; readonly duration: 'periods' | 'until' | 'forever' }
  | { readonly kind: 'removeAccountDiscount' }
  /** Books the next month that is over. */
  | { readonly kind: 'recognize' }
  | { readonly kind: 'openWallet'; readonly plan: 'standard' | 'plus' | null }
  | {
      readonly kind: 'grant';
      readonly which: number;
      readonly of: 'paid' | 'issued' | 'promotional' | 'compensation';
      readonly minor: number;
      readonly priority: number;
      /** From today on. */
      readonly from: number;
      readonly days: number | null;
    }
  | { readonly kind: 'expireGrant'; readonly which: number }
  | { readonly kind: 'voidGrant'; readonly which: number }
  | { readonly kind: 'closeWallet'; readonly which: number; readonly remainder: 'forfeit' | 'customer_credit' | null }
  | { readonly kind: 'recur'; readonly which: number; readonly minor: number | null }
  | { readonly kind: 'turn'; readonly which: number }
  | { readonly kind: 'setRecharge'; readonly which: number; readonly below: number | null }
  | { readonly kind: 'recharge'; readonly which: number }
  | { readonly kind: 'erase'; readonly documents: boolean }
  | { readonly kind: 'wait'; readonly days: number };

/** One step: in which of two processes it runs, what goes wrong with its append, and whether the client sends it twice. */
export interface Step {
  readonly operation: Operation;
  readonly otherProcess: boolean;
  readonly fault: AppendFault | null;
  readonly repeated: boolean;
}

/** Days are counted from 1 January 2026. The history begins in the middle of them: what is asked for may lie ahead. */
export const DAYS = 150;
export const FIRST_DAY = 100;

const day = fc.integer({ min: 0, max: DAYS });
/** Mostly the first ones: what happens twice to the same thing is what goes wrong. */
const which = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);

const itemMinor = fc.integer({ min: -2_000, max: 5_000 });

const reading = fc.record({ id: fc.nat({ max: 40 }), day, tokens: fc.nat({ max: 20 }), assigned: fc.boolean() });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      readings: fc.array(reading, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('subscribe' as const),
      plan: fc.constantFrom('standard' as const, 'weekly' as const, 'team' as const),
      trialDays: fc.constantFrom(0, 0, 10),
      day,
      anchor: fc.option(fc.integer({ min: 1, max: 31 })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cancel' as const),
      which,
      day,
      credit: fc.constantFrom('prorated' as const, 'none' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      which,
      day,
      plan: fc.constantFrom(null, 'standard' as const, 'plus' as const, 'weekly' as const, 'team' as const),
      seats: fc.integer({ min: 0, max: 4 }),
      proration: fc.constantFrom('prorated' as const, 'none' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pause' as const),
      which,
      day,
      days: fc.option(fc.integer({ min: 1, max: 40 })),
      credit: fc.constantFrom('prorated' as const, 'none' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('resume' as const), which, day }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('discount' as const),
      which,
      percent: fc.option(fc.constantFrom(10, 33, 50, 100), { freq: 1 }),
      minor: fc.integer({ min: 1, max: 4_000 }),
      duration: fc.constantFrom('once' as const, 'periods' as const, 'until' as const, 'forever' as const),
      charge: fc.constantFrom(null, null, 'base' as const, 'tokens' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('removeDiscount' as const), which, discount: which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('uncancel' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), which, change: fc.nat({ max: 3 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('bill' as const), day, grace: fc.boolean(), skipsNothing: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finalize' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('void' as const), which }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('pay' as const), which, percent: fc.integer({ min: 1, max: 160 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('payAccount' as const),
      minor: fc.integer({ min: 1, max: 9_000 }),
      daysAgo: fc.constantFrom(0, 0, 3, 40),
      allocate: fc.constantFrom('oldest_due' as const, 'oldest_due' as const, 'none' as const),
      named: fc.option(which),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('reverse' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      which,
      percent: fc.option(fc.integer({ min: 1, max: 110 })),
      reopen: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('refundCredit' as const),
      percent: fc.option(fc.integer({ min: 1, max: 110 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('applyCredit' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('uncollectible' as const), which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('creditNote' as const),
      which,
      of: fc.constantFrom('line' as const, 'units' as const, 'invoice' as const, 'invoice' as const, 'rest' as const),
      line: fc.constantFrom(0, 0, 1, 2),
      percent: fc.integer({ min: 1, max: 110 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('voidCreditNote' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      gives: fc.boolean(),
      pending: fc.boolean(),
      minor: fc.integer({ min: 1, max: 3_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resolveTransfer' as const), which, post: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('item' as const), minor: itemMinor, own: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('addLine' as const), minor: itemMinor }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('changeLine' as const), which, minor: itemMinor }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('discountDraft' as const),
      percent: fc.option(fc.integer({ min: 1, max: 100 })),
      minor: fc.integer({ min: 1, max: 9_999 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('discountAccount' as const),
      percent: fc.integer({ min: 1, max: 100 }),
      duration: fc.constantFrom('periods' as const, 'until' as const, 'forever' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('removeAccountDiscount' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('recognize' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('openWallet' as const),
      plan: fc.constantFrom(null, null, 'standard' as const, 'plus' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      which: fc.constantFrom(0, 0, 1),
      of: fc.constantFrom('paid' as const, 'issued' as const, 'promotional' as const, 'compensation' as const),
      minor: fc.integer({ min: 1, max: 9_000 }),
      priority: fc.constantFrom(10, 50, 50),
      from: fc.constantFrom(0, 0, -20, -100, 10),
      days: fc.option(fc.integer({ min: 1, max: 120 })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('expireGrant' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('voidGrant' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('closeWallet' as const),
      which: fc.constantFrom(0, 0, 1),
      remainder: fc.constantFrom(null, 'forfeit' as const, 'customer_credit' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('recur' as const),
      which: fc.constantFrom(0, 0, 1),
      minor: fc.option(fc.integer({ min: 1, max: 3_000 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('turn' as const), which: fc.constantFrom(0, 0, 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('setRecharge' as const),
      which: fc.constantFrom(0, 0, 1),
      below: fc.option(fc.integer({ min: 1, max: 3_000 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('recharge' as const), which: fc.constantFrom(0, 0, 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), documents: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }) },
);

const fault: fc.Arbitrary<AppendFault | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<AppendFault>('answer_lost', 'not_stored', 'unavailable', 'crash_before', 'crash_after'),
  },
);

/** What names no invoice by its place, and moves none of the books by itself. */
const KINDS_OF_TIMELINES: ReadonlySet<Operation['kind']> = new Set([
  'record',
  'subscribe',
  'cancel',
  'change',
  'pause',
  'resume',
  'uncancel',
  'withdraw',
  'bill',
]);

const billing: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constant('bill' as const),
  day: fc.oneof(day, fc.constant(FIRST_DAY)),
  grace: fc.boolean(),
  skipsNothing: fc.boolean(),
});

const step = fc.record({ operation, otherProcess: fc.boolean(), fault, repeated: fc.boolean() });

/** A step in which nothing goes wrong. */
export const plainly = (of: Operation): Step => ({ operation: of, otherProcess: false, fault: null, repeated: false });

/** A history begins with a subscription, or there would be nothing to bill. */
export const history: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.array(step, { minLength: 4, maxLength: 24 }), day)
  .map(([steps, start]) => [
    plainly({ kind: 'subscribe', plan: 'standard', trialDays: 0, day: Math.min(start, 40), anchor: null }),
    ...steps,
  ]);

const KINDS_OF_WALLETS: ReadonlySet<Operation['kind']> = new Set([
  'record',
  'item',
  'void',
  'pay',
  'reverse',
  'uncollectible',
  'creditNote',
  'recognize',
  'wait',
  'grant',
  'expireGrant',
  'voidGrant',
  'closeWallet',
  'recur',
  'turn',
  'setRecharge',
  'recharge',
]);

/** What fills and empties wallets, more often than not. */
const walletOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: operation.filter(({ kind }) => KINDS_OF_WALLETS.has(kind)) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('bill' as const),
      day: fc.integer({ min: FIRST_DAY - 30, max: DAYS }),
      grace: fc.constant(false),
      skipsNothing: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('item' as const),
      minor: fc.integer({ min: 1, max: 5_000 }),
      own: fc.constant(true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.integer({ min: 0, max: 9 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      which: fc.constantFrom(0, 0, 1),
      of: fc.constantFrom('paid' as const, 'issued' as const, 'promotional' as const),
      minor: fc.integer({ min: 500, max: 9_000 }),
      priority: fc.constantFrom(10, 50, 50),
      from: fc.constantFrom(0, -40, -100),
      days: fc.option(fc.integer({ min: 41, max: 120 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('expireGrant' as const), which: fc.constantFrom(0, 0, 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 10, max: 40 }) }) },
);

/** Of an account that is billed at once, with two wallets: one for all there is, and one for a plan. */
export const walletHistory: fc.Arbitrary<readonly Step[]> = fc
  .array(fc.record({ operation: walletOperation, otherProcess: fc.boolean(), fault, repeated: fc.boolean() }), {
    minLength: 8,
    maxLength: 40,
    size: 'max',
  })
  .map((steps) => [
    plainly({ kind: 'subscribe', plan: 'standard', trialDays: 0, day: 10, anchor: null }),
    plainly({ kind: 'openWallet', plan: null }),
    plainly({ kind: 'openWallet', plan: 'standard' }),
    ...steps,
  ]);

/** What subscriptions become, and how that is billed. */
export const timelineHistory: fc.Arbitrary<readonly Step[]> = history.map((steps) =>
  steps.filter(({ operation: { kind } }) => KINDS_OF_TIMELINES.has(kind)),
);

/** The same, billed after every step of it: as often up to the first day as before what is billed, or beyond. */
export const billedHistory: fc.Arbitrary<readonly Step[]> = fc
  .tuple(timelineHistory, fc.infiniteStream(billing))
  .map(([steps, billings]) => steps.flatMap((one) => [one, plainly(billings.next().value)]));
