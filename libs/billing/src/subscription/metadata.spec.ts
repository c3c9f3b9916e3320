import { aCatalog, anAccount, cancelSubscription, createSubscription, givenFor, like, SUBSCRIPTION } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { MetadataChange } from '../account/metadata.js';

const given = givenFor(accountDecider);
const note = (metadata: MetadataChange) =>
  ({ type: 'ChangeSubscription', subscriptionId: SUBSCRIPTION, metadata }) as const;
const changed = (metadata: Readonly<Record<string, string>>) =>
  ({ type: 'SubscriptionMetadataChanged', data: { subscriptionId: SUBSCRIPTION, metadata } }) as const;
const noted = given(anAccount()).after(
  createSubscription({ catalog: aCatalog(), metadata: { tier: 'gold', region: 'eu' } }),
);

describe('what is noted about a subscription', () => {
  it('is told as it is created, and absent where nothing is', () => {
    given(anAccount())
      .when(createSubscription({ catalog: aCatalog(), metadata: { tier: 'gold' } }))
      .then(like('SubscriptionCreated', { metadata: { tier: 'gold' } }), like('SubscriptionActivated', {}));
    const plain = given(anAccount()).after(createSubscription({ catalog: aCatalog() }));
    expect(plain.state.subscriptions.get(SUBSCRIPTION)!.metadata).toEqual({});
  });

  it('is set beside what is there; null removes one, or all', () => {
    noted.when(note({ tier: 'silver', region: null, owner: 'ops' })).then(changed({ tier: 'silver', owner: 'ops' }));
    noted.when(note(null)).then(changed({}));
    expect(noted.after(note(null)).state.subscriptions.get(SUBSCRIPTION)!.metadata).toEqual({});
  });

  it('is no fact where nothing changes', () => {
    noted.when(note({ tier: 'gold', owner: null })).thenNothing();
    noted.when(note({})).thenNothing();
  });

  it('may be changed after its end', () => {
    const over = noted.after(cancelSubscription({ catalog: aCatalog() }));
    over.when(note({ tier: null })).then(changed({ region: 'eu' }));
  });

  it('has at most fifty texts', () => {
    const texts = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`k${index}`, 'x']));
    noted.when(note(texts)).thenRefused('too_much_metadata', '/metadata');
    noted.when(note({ ...texts, tier: null })).then(changed({ region: 'eu', ...texts }));
  });

  it('is of a subscription that is there', () => {
    given(anAccount()).when(note({})).thenRefused('subscription_not_found');
  });
});
