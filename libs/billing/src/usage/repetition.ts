import type { Reading } from '#contracts';
import { Decimal, isDecimal, type Instant, type SubscriptionId } from '#kernel';

/** What a reading says, as far as it is compared when its id comes again. */
export type SaidOfReading = readonly [
  event: string,
  subscriptionId: SubscriptionId | null,
  properties: readonly (readonly [name: string, value: string])[],
];

/** Whatever the order of its properties, and the zeros that its numbers are written with. */
export const saidOf = ({ event, subscriptionId, properties }: Omit<Reading, 'id' | 'at'>): SaidOfReading => [
  event,
  subscriptionId ?? null,
  Object.entries(properties)
    .map(([name, value]) => [name, canonical(value)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1)),
];

const canonical = (value: string): string =>
  (value.includes('.') || value === '-0') && isDecimal(value) ? Decimal.parse(value).toString() : value;

/** What is known of the first reading with an id. */
export interface FirstReading {
  readonly at: Instant;
  /** Digests of what it says, as it was sent and, where it was amended, as it is now. */
  readonly digests: readonly bigint[];
}

/** Whether a reading says again what the first one with its id says; one that told no instant may be of any. */
export const repeats = (
  { at, digests }: FirstReading,
  again: { readonly at?: Instant; readonly digest: bigint },
): boolean => (again.at === undefined || again.at === at) && digests.includes(again.digest);
