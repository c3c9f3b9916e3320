import type { AccountCommand } from '#billing/account';
import { at } from '../moments.js';

/** A command by its name, and what of it may be left to the ones who make it. */
export type Command<Type extends AccountCommand['type']> = Extract<AccountCommand, { type: Type }>;
export type Parts<Type extends AccountCommand['type']> = Partial<Omit<Command<Type>, 'type'>>;

export const NOW = at('2026-01-01T00:00:00Z');
