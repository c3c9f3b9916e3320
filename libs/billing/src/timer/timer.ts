import type { BilledKind, Timer, TimerKey, TimerKind } from '#contracts';
import type { Instant } from '#kernel';

export const timerOf = (kind: TimerKind, subject: string, dueAt: Instant, generation = 1): Timer => {
  const key: TimerKey = `${kind}:${subject}`;
  return { key, dueAt, generation };
};

/** What the key of a timer says: of what kind it is, and of which thing. */
export const timerIn = (key: string): { readonly kind: string; readonly subject: string } => {
  const at = key.indexOf(':');
  return { kind: key.slice(0, at), subject: key.slice(at + 1) };
};

export const isBilled = (kind: string): kind is BilledKind => kind === 'bill' || kind === 'finalize';
