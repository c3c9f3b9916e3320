/** For tests: events to export and import. */
import { Readable } from 'node:stream';

import { type ExportedEvent } from './exported-event.js';

let count = 0;

export const event = (stream: string, revision: number, given: Partial<ExportedEvent> = {}): ExportedEvent => ({
  stream,
  revision,
  id: `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  type: 'Happened',
  isJson: true,
  created: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  data: Buffer.from('{"a":1}'),
  metadata: Buffer.alloc(0),
  ...given,
});

export const stream = (...events: readonly ExportedEvent[]): AsyncIterable<ExportedEvent> =>
  Readable.from(events) as AsyncIterable<ExportedEvent>;
