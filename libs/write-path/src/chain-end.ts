import { chainOfText, storedChain } from '#contracts';
import { derivedUuid, type LoggedEvent, type ProposedEvent } from '#kernel';

/** Where a stream ends, as far as this process knows: what the next event is chained to. */
export interface ChainEnd {
  readonly revision: number;
  /** None where the last event has none, or where nothing was written yet. */
  readonly chain: string | undefined;
}

/** Whose ends are remembered. */
export const STREAMS_MAX = 50_000;

export const NO_EVENTS: ChainEnd = { revision: -1, chain: undefined };

export const chainEndAt = (event: LoggedEvent): ChainEnd => ({ revision: event.revision, chain: storedChain(event) });

export interface Chained {
  readonly events: readonly ProposedEvent[];
  readonly end: ChainEnd;
}

/**
 * The events as they will be stored behind that end. Their ids follow from the chain: a server takes two appends for one if their ids
 * are the same, and so it does only if every byte is, the command among them. Otherwise somebody who is answered by another's append
 * would chain to his own.
 */
export const chained = (stream: string, proposed: readonly ProposedEvent[], { revision, chain }: ChainEnd): Chained => {
  let last = chain;
  const events = proposed.map(({ type, data, metadata: { chain: _, ...metadata }, text: known }, index) => {
    const [dataText, metadataText] = [known?.data ?? JSON.stringify(data), JSON.stringify(metadata)];
    const own = chainOfText(last, { stream, revision: revision + 1 + index, type }, dataText, metadataText);
    last = own;
    const text = { data: dataText, metadata: withChain(metadataText, own) };
    return { id: chainedId(own), type, data, metadata: { ...metadata, chain: own }, text };
  });
  return { events, end: { revision: revision + events.length, chain: last } };
};

/** As it would come out of the whole: what was hashed is not written down again. */
const withChain = (metadata: string, chain: string): string =>
  `${metadata.slice(0, -1)}${metadata === '{}' ? '' : ','}"chain":"${chain}"}`;

/** What the id of an event with this chain is. */
export const chainedId = (chain: string): string => derivedUuid('event', chain);
