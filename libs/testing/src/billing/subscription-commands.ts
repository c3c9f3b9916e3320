import { at } from '../moments.js';
import { aCatalog } from './catalogs.js';
import { NOW, type Command, type Parts } from './command-parts.js';
import { anId, SUBSCRIPTION } from './ids.js';

/** Starts now, on the standard plan, and is active at once. */
export const createSubscription = (parts: Parts<'CreateSubscription'> = {}): Command<'CreateSubscription'> => ({
  type: 'CreateSubscription',
  subscriptionId: SUBSCRIPTION,
  plan: 'standard',
  anchor: { align: 'subscription' },
  activation: 'automatic',
  quantities: {},
  overrides: {},
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});
export const activateSubscription = (parts: Parts<'ActivateSubscription'> = {}): Command<'ActivateSubscription'> => ({
  type: 'ActivateSubscription',
  subscriptionId: SUBSCRIPTION,
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});
export const cancelSubscription = (parts: Parts<'CancelSubscription'> = {}): Command<'CancelSubscription'> => ({
  type: 'CancelSubscription',
  subscriptionId: SUBSCRIPTION,
  changeId: 'change-1',
  at: 'now',
  credit: 'prorated',
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});

/** Units and plan stay, unless they are named. */
export const changePlan = (parts: Parts<'ChangePlan'> = {}): Command<'ChangePlan'> => ({
  type: 'ChangePlan',
  subscriptionId: SUBSCRIPTION,
  changeId: 'change-1',
  quantities: {},
  at: 'now',
  proration: 'prorated',
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});
export const pauseSubscription = (parts: Parts<'PauseSubscription'> = {}): Command<'PauseSubscription'> => ({
  type: 'PauseSubscription',
  subscriptionId: SUBSCRIPTION,
  changeId: 'pause-1',
  at: 'now',
  credit: 'prorated',
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});
export const resumeSubscription = (parts: Parts<'ResumeSubscription'> = {}): Command<'ResumeSubscription'> => ({
  type: 'ResumeSubscription',
  subscriptionId: SUBSCRIPTION,
  changeId: 'resume-1',
  at: 'now',
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});
export const uncancelSubscription = (parts: Parts<'UncancelSubscription'> = {}): Command<'UncancelSubscription'> => ({
  type: 'UncancelSubscription',
  subscriptionId: SUBSCRIPTION,
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});
export const withdrawChange = (parts: Parts<'WithdrawScheduledChange'> = {}): Command<'WithdrawScheduledChange'> => ({
  type: 'WithdrawScheduledChange',
  subscriptionId: SUBSCRIPTION,
  changeId: 'change-1',
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});

/** By a timer that was due after every end of these tests. */
export const endSubscription = (parts: Parts<'EndSubscription'> = {}): Command<'EndSubscription'> => ({
  type: 'EndSubscription',
  subscriptionId: SUBSCRIPTION,
  at: at('2030-01-01T00:00:00Z'),
  ...parts,
});

/** 20 % off, for ever, as it was agreed. */
export const applyDiscount = ({
  terms,
  ...parts
}: Omit<Parts<'ApplyDiscount'>, 'terms'> & {
  readonly terms?: Partial<Command<'ApplyDiscount'>['terms']>;
} = {}): Command<'ApplyDiscount'> => ({
  type: 'ApplyDiscount',
  subscriptionId: SUBSCRIPTION,
  discountId: anId('dsc'),
  terms: {
    name: 'Agreed',
    ...(terms?.amount === undefined ? { percent: '20' } : {}),
    duration: 'forever',
    ...terms,
  },
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});
export const removeDiscount = (parts: Parts<'RemoveDiscount'> = {}): Command<'RemoveDiscount'> => ({
  type: 'RemoveDiscount',
  subscriptionId: SUBSCRIPTION,
  discountId: anId('dsc'),
  catalog: aCatalog(),
  now: NOW,
  ...parts,
});
