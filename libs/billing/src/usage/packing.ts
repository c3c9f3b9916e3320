import type { AccountReadings, Fact, Reading } from '#contracts';
import type { AccountId } from '#kernel';

const READINGS_MAX = 500;
const BYTES_MAX = 256 * 1024;
/** Of an account's id and the names around it. */
const ACCOUNT_BYTES = 80;

export type AccountReading = Reading & { readonly accountId: AccountId };

interface Pack {
  readonly accounts: { readonly accountId: AccountId; readonly readings: Reading[] }[];
  readings: number;
  bytes: number;
}

/** Readings of one stream as few events: what a log costs, it costs per event. By account; the order of each is kept. */
export const packed = (readings: readonly AccountReading[]): Fact<'UsageRecorded'>[] => {
  const packs: Pack[] = [];
  for (const { accountId, readings: own } of byAccount(readings))
    for (const reading of own) put(packs, accountId, reading);
  return packs.map(({ accounts }) => ({ type: 'UsageRecorded', data: { accounts, source: 'api' } }));
};

/** In the order of their ids, so that the same request makes the same events. */
const byAccount = (readings: readonly AccountReading[]): AccountReadings[] =>
  [...Map.groupBy(readings, ({ accountId }) => accountId)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([accountId, own]) => ({ accountId, readings: own.map(stored) }));

const put = (packs: Pack[], accountId: AccountId, reading: Reading): void => {
  const bytes = estimatedBytes(reading);
  let pack = packs.at(-1);
  if (pack === undefined || pack.bytes + bytes + ACCOUNT_BYTES > BYTES_MAX || pack.readings === READINGS_MAX) {
    pack = { accounts: [], readings: 0, bytes: 0 };
    packs.push(pack);
  }
  let last = pack.accounts.at(-1);
  if (last?.accountId !== accountId) {
    last = { accountId, readings: [] };
    pack.accounts.push(last);
    pack.bytes += ACCOUNT_BYTES;
  }
  last.readings.push(reading);
  pack.readings += 1;
  pack.bytes += bytes;
};

/** An upper bound without serializing: no character takes more than six bytes of JSON. */
const estimatedBytes = ({ id, event, properties }: Reading): number => {
  let characters = id.length + event.length;
  for (const name in properties) characters += name.length + properties[name]!.length + 1;
  return 160 + characters * 6;
};

const stored = ({ id, event, at, properties, subscriptionId }: Reading): Reading => ({
  id,
  event,
  at,
  properties,
  ...(subscriptionId === undefined ? {} : { subscriptionId }),
});
