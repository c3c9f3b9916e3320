import { Type } from 'typebox';
import { fact } from './fact.js';
import type { Held, HeldIn } from './held.js';
import { exampleId } from './public-shapes.js';
import {
  closed,
  Currency,
  DecimalText,
  HexDigest,
  IdText,
  InstantText,
  Key,
  OneOf,
  ScheduleShape,
  Text,
  TimerShape,
} from './shapes.js';
import {
  ChangeProration,
  EndCredit,
  localDays,
  Movements,
  options,
  CreditPolicy,
  Recurring,
  TermsDelta,
  Terms,
  terms,
  Timeline,
  told,
} from './timeline-shapes.js';

const subscriptionId = IdText('sub');
const changeId = Type.String({ maxLength: 64 });
const example = exampleId('sub');
const PublicTerms = Type.Object({
  plan: Key,
  planVersion: Type.Integer({ minimum: 1 }),
  quantities: Type.Record(Type.String(), DecimalText, { description: 'By key of the charge' }),
});
const exampleChange = { changeId: '0190d5c8-3f0e-5d7a-9a51-0f2f6a1d7c11', effectiveFrom: '2026-01-17T00:00:00Z' };

const termsTold = ({ plan, planVersion, quantities }: Held<typeof Terms>) => ({
  plan,
  planVersion,
  quantities: { ...quantities },
});

/** What is told of other terms, whatever changed of them. */
const TermsChange = Type.Object({
  subscriptionId,
  changeId,
  effectiveFrom: InstantText,
  from: PublicTerms,
  to: PublicTerms,
  proration: ChangeProration,
});

/** Which change it is, and what counted by then, as it was known: what counts earlier may change it. */
const changed = { subscriptionId, changeId, effectiveFrom: InstantText, from: Terms };

type Told = HeldIn<typeof changed & Pick<typeof options, 'proration'>> & { readonly to: Held<typeof Terms> };

const termsChangeTold = ({ subscriptionId, changeId, effectiveFrom, from, to, proration }: Told) => ({
  subscriptionId,
  changeId,
  effectiveFrom,
  from: termsTold(from),
  to: termsTold(to),
  proration,
});

const ChangeKind = OneOf('plan', 'quantity', 'pause', 'resume', 'cancel');
export type ChangeKind = Held<typeof ChangeKind>;

export const timelineChangeFacts = {
  SubscriptionCanceled: fact(
    'Its end is known; it may lie ahead. `recurring` is what recurs no more from then on.',
    {
      subscriptionId,
      changeId,
      endsAt: InstantText,
      credit: EndCredit,
      /** What falls due with the end, or later, is never billed. */
      finalBill: Type.Optional(Type.Literal(false)),
      reason: Type.Optional(Text()),
      /** The change that had set a later end. */
      replaces: Type.Optional(changeId),
      ...localDays,
      /** Absent, with its movements, in what was stored when a timeline had one segment. */
      timeline: Type.Optional(Timeline),
      movements: Type.Optional(Movements),
      currency: Currency,
      /** What recurs no more at its end. */
      recurring: Recurring,
      /** Announces the end, where it lies ahead. */
      timer: Type.Optional(TimerShape),
      schedule: ScheduleShape,
    },
    'endsAt',
  ).told({
    type: 'subscription.canceled',
    means: 'The end of a subscription is known; it may lie ahead.',
    fields: ['subscriptionId', 'endsAt', 'credit'],
    example: { subscriptionId: example, endsAt: '2026-02-01T00:00:00Z', credit: 'prorated' },
  }),
  SubscriptionPlanChanged: fact(
    'Another plan or version from an instant on, past or ahead. It carries the whole timeline.',
    {
      ...changed,
      to: Type.Object({ ...terms, contentHash: HexDigest }, closed),
      /** What it names; absent in what was stored when a change was whole. */
      sets: Type.Optional(TermsDelta),
      /** Periods have another length: they begin anew. */
      newCycle: Type.Boolean(),
      ...options,
      ...told,
    },
    'effectiveFrom',
  ).toldAs({
    type: 'subscription.plan_changed',
    means: 'Another plan or version counts from an instant on, past or ahead.',
    shape: TermsChange,
    example: {
      subscriptionId: example,
      ...exampleChange,
      from: { plan: 'team', planVersion: 1, quantities: { seats: '5' } },
      to: { plan: 'business', planVersion: 1, quantities: { seats: '5' } },
      proration: 'prorated',
    },
    tell: termsChangeTold,
  }),
  SubscriptionQuantityChanged: fact(
    'Other units of recurring charges, or other agreed prices, from an instant on.',
    {
      ...changed,
      to: Terms,
      sets: Type.Optional(TermsDelta),
      ...options,
      ...told,
    },
    'effectiveFrom',
  ).toldAs({
    type: 'subscription.quantity_changed',
    means: 'Other units or agreed prices count from an instant on, past or ahead.',
    shape: TermsChange,
    example: {
      subscriptionId: example,
      ...exampleChange,
      from: { plan: 'team', planVersion: 1, quantities: { seats: '5' } },
      to: { plan: 'team', planVersion: 1, quantities: { seats: '8' } },
      proration: 'prorated',
    },
    tell: termsChangeTold,
  }),
  SubscriptionPaused: fact(
    'Nothing is served from an instant on, until it is resumed or the pause is over.',
    {
      subscriptionId,
      changeId,
      effectiveFrom: InstantText,
      until: Type.Optional(InstantText),
      credit: CreditPolicy,
      /** Resumes it, where that is planned. */
      timer: Type.Optional(TimerShape),
      ...told,
    },
    'effectiveFrom',
  ).told({
    type: 'subscription.paused',
    means: 'Nothing is served from an instant on, until it is resumed.',
    fields: ['subscriptionId', 'changeId', 'effectiveFrom', 'until', 'credit'],
    example: { subscriptionId: example, ...exampleChange, credit: 'prorated' },
  }),
  SubscriptionResumed: fact(
    'The pause is over.',
    { subscriptionId, changeId, effectiveFrom: InstantText, ...told },
    'effectiveFrom',
  ).told({
    type: 'subscription.resumed',
    means: 'A pause is over.',
    fields: ['subscriptionId', 'changeId', 'effectiveFrom'],
    example: { subscriptionId: example, ...exampleChange },
  }),
  ScheduledChangeWithdrawn: fact('A change that did not count yet never will.', {
    subscriptionId,
    changeId,
    change: ChangeKind,
    ...told,
  }).told({
    type: 'subscription.change_withdrawn',
    means: 'A change that did not count yet, or an end that had not come, never will.',
    fields: ['subscriptionId', 'changeId', 'change'],
    example: { subscriptionId: example, changeId: exampleChange.changeId, change: 'cancel' },
  }),
};
