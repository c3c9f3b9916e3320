import type { Reading, Fact } from '#contracts';

const READINGS_MAX = 500;
const BYTES_MAX = 256 * 1024;

/** Readings of one account as few events: what a log costs, it costs per event. Order is kept. */
export const packed = (readings: readonly Reading[]): Fact<'UsageRecorded'>[] => {
  const packs: Reading[][] = [];
  let bytes = Infinity;
  for (const reading of readings) {
    const size = estimatedBytes(reading);
    if (bytes + size > BYTES_MAX || packs.at(-1)!.length === READINGS_MAX) {
      packs.push([]);
      bytes = 0;
    }
    packs.at(-1)!.push(reading);
    bytes += size;
  }
  return packs.map((pack) => ({ type: 'UsageRecorded', data: { readings: pack, source: 'api' } }));
};

/** An upper bound without serializing: no character takes more than six bytes of JSON. */
const estimatedBytes = ({ id, event, properties }: Reading): number => {
  let characters = id.length + event.length;
  for (const name in properties) characters += name.length + properties[name]!.length + 1;
  return 160 + characters * 6;
};
