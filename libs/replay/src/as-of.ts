import { parseInstant, refuse, type Instant } from '#kernel';

/** A moment of recorded time: what the log knew at an instant, at a place in the log, or at a revision of one account. */
export type AsOf =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'position'; readonly position: bigint }
  | { readonly kind: 'revision'; readonly revision: number };

/** `2026-01-31T00:00:00Z`, `position:123` or `revision:7`. @throws DomainError `invalid_as_of` */
export const parseAsOf = (text: string): AsOf => {
  const [, kind, digits] = /^(position|revision):(\d{1,18})$/.exec(text) ?? [];
  if (kind === 'position') return { kind, position: BigInt(digits!) };
  if (kind === 'revision') return { kind, revision: Number(digits) };
  try {
    return { kind: 'instant', at: parseInstant(text) };
  } catch {
    return refuse('invalid_as_of', 'asOf is an RFC 3339 instant, position:<n> or revision:<n>.', 'invalid');
  }
};
