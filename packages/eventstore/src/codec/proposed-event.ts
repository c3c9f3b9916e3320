/** Codec: `ProposedMessage`, an event on its way into the log. The same in both append requests. */
import { bytesOf, MalformedMessage, readFields } from './fields.js';
import { type ProposedEvent } from './recorded-event.js';
import { EMPTY_UUID, readUuid } from './uuid.js';

/** `type` or `content-type` is not among the event's properties. */
export class MissingProperty extends MalformedMessage {}

interface Properties {
  type: string;
  contentType: string;
}

const NOTHING = Buffer.alloc(0);

export const readProposedEvent = (bytes: Uint8Array): ProposedEvent => {
  const properties: Properties = { type: '', contentType: '' };
  let id = EMPTY_UUID;
  let metadata: Uint8Array = NOTHING;
  let data: Uint8Array = NOTHING;
  readFields(bytes, {
    1: (reader) => (id = readUuid(bytesOf(reader))),
    2: (reader) => readProperty(bytesOf(reader), properties),
    3: (reader) => (metadata = bytesOf(reader)),
    4: (reader) => (data = bytesOf(reader)),
  });
  const { type, contentType } = properties;
  if (type === '' || contentType === '') throw new MissingProperty('An event needs "type" and "content-type".');
  if (id === EMPTY_UUID) throw new MalformedMessage('An event needs an id other than the empty UUID.');
  return { id, type, isJson: contentType === 'application/json', data, metadata };
};

/** Other properties are not kept: the server has no place for them. */
const readProperty = (entry: Uint8Array, properties: Properties): void => {
  let key = '';
  let value = '';
  readFields(entry, {
    1: (reader) => (key = reader.string()),
    2: (reader) => (value = reader.string()),
  });
  if (key === 'type') properties.type = value;
  else if (key === 'content-type') properties.contentType = value;
};

/** What the size limit of an append counts. */
export const proposedSize = ({ data, metadata, type }: ProposedEvent): number =>
  data.length + metadata.length + 2 * type.length;
