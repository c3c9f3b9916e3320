import type { Timer } from '#contracts';
import type { Instant } from '#kernel';

/** Kinds of timers that are billed together, and not one by one. */
export type BilledKind = 'bill' | 'finalize';

/** Kinds that each stand for a command, which the slice that sets them declares: one without does not compile. */
export type AnnouncedKind = 'activate' | 'trial' | 'resume' | 'end' | 'overdue' | 'expire';

export const timerOf = (kind: BilledKind | AnnouncedKind, subject: string, dueAt: Instant, generation = 1): Timer => ({
  key: `${kind}:${subject}`,
  dueAt,
  generation,
});

/** What the key of a timer says: of what kind it is, and of which thing. */
export const timerIn = (key: string): { readonly kind: string; readonly subject: string } => {
  const at = key.indexOf(':');
  return { kind: key.slice(0, at), subject: key.slice(at + 1) };
};

export const isBilled = (kind: string): kind is BilledKind => kind === 'bill' || kind === 'finalize';
