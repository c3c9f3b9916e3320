import { notFound } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { Subscription } from './subscription.js';

/** @throws DomainError `subscription_not_found` */
export const subscriptionOf = ({ subscriptions }: Pick<Account, 'subscriptions'>, id: string): Subscription =>
  subscriptions.get(id as Subscription['id']) ?? notFound('subscription', id);
