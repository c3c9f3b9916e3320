import { hash } from 'node:crypto';
import type { Json, LoggedEvent } from '#kernel';

type Content = Pick<LoggedEvent, 'stream' | 'revision' | 'type' | 'data' | 'metadata'>;

/**
 * What an event carries as the last of its metadata, `chain`: SHA-256 over the chain of the event before it and over all that it is
 * itself, as base64url. Joined by line feeds, of which none stands in a name, a type or in JSON: chain before it (nothing for the first),
 * stream, revision, type, data, metadata without `chain`; the two as the bytes that are stored.
 */
export const chainOf = (previous: string | undefined, { metadata, data, ...place }: Content): string => {
  const { chain: _, ...rest } = metadata;
  return chainOfText(previous, place, JSON.stringify(data), JSON.stringify(rest));
};

/** @param metadata without `chain` */
export const chainOfText = (
  previous: string | undefined,
  { stream, revision, type }: Pick<Content, 'stream' | 'revision' | 'type'>,
  data: string,
  metadata: string,
): string => hash('sha256', [previous ?? '', stream, revision, type, data, metadata].join('\n'), 'base64url');

/** Absent from events that were stored before there were chains. */
export const storedChain = ({ metadata }: { readonly metadata: Readonly<Record<string, Json>> }): string | undefined =>
  typeof metadata['chain'] === 'string' ? metadata['chain'] : undefined;
