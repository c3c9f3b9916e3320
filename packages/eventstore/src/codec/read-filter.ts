/** Codec: the filter of a read or subscription of the whole log. */
import { type FilterRequest } from '../semantics/event-filter.js';
import { bytesOf, MalformedMessage, readFields } from './fields.js';

export interface ReadFilter extends FilterRequest {
  /** Events considered, matching or not, between two checkpoints. */
  readonly checkpointInterval: number;
}

/** The events that the server looks at in one go, unless the client says otherwise. */
const DEFAULT_WINDOW = 32;

export const readFilter = (bytes: Uint8Array): ReadFilter => {
  const found: { expression?: FilterRequest; window: number; multiplier: number } = {
    window: DEFAULT_WINDOW,
    multiplier: 0,
  };
  readFields(bytes, {
    1: (reader) => (found.expression = readExpression(bytesOf(reader), 'stream')),
    2: (reader) => (found.expression = readExpression(bytesOf(reader), 'type')),
    3: (reader) => (found.window = reader.uint32()),
    5: (reader) => (found.multiplier = reader.uint32()),
  });
  if (found.expression === undefined) throw new MalformedMessage('A filter is on stream names or on event types.');
  return { ...found.expression, checkpointInterval: found.window * found.multiplier };
};

const readExpression = (bytes: Uint8Array, on: FilterRequest['on']): FilterRequest => {
  const prefixes: string[] = [];
  let pattern = '';
  readFields(bytes, {
    1: (reader) => (pattern = reader.string()),
    2: (reader) => prefixes.push(reader.string()),
  });
  if (pattern === '' && prefixes.length === 0) throw new MalformedMessage('A filter has a pattern or prefixes.');
  return { on, prefixes, pattern: pattern === '' ? undefined : pattern };
};
