import { derivedId, money, type Id, type Money } from '#kernel';

/** The nth id of its kind, always the same one. */
export const anId = <Prefix extends string>(prefix: Prefix, number = 1): Id<Prefix> =>
  derivedId(prefix, 'testing', number);

export const TENANT = anId('tnt');
export const ACCOUNT = anId('acc');
export const SUBSCRIPTION = anId('sub');
export const INVOICE = anId('inv');
export const ENTITY = anId('ent');
export const SERIES = anId('ser');
export const CREDIT_NOTE_SERIES = anId('ser', 2);

export const usd = (minor: bigint): Money => money(minor, 'USD');
