import { isId, type Violation } from '#kernel';
import type { FastifyRequest } from 'fastify';
import { externalReference, isExternalReference } from '../../pipeline/external-references.js';
import { unstorableRow } from '../../pipeline/json-body.js';
import { pointerTo } from '../../pipeline/json-pointer.js';
import { invalidRequest } from '../../pipeline/validation.js';
import type { FoundRow } from './reading-inputs.js';

export const CLOUD_EVENT = 'application/cloudevents+json';
export const CLOUD_EVENTS = 'application/cloudevents-batch+json';

const EVENTS_MAX = 1_000;
const ATTRIBUTES = ['id', 'source', 'type', 'subject', 'time'] as const;
/** Where a CloudEvent says what a usage event says. */
const PLACES = {
  '/event': '/type',
  '/accountId': '/subject',
  '/at': '/time',
  '/properties': '/data',
  '/subscriptionId': '/subscriptionid',
};

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Rows of CloudEvents 1.0 by its HTTP binding: one structured or in a batch, or binary, whose attributes are headers. Null of any other
 * request. @throws DomainError `invalid_request`: a batch that is none
 */
export const cloudEventRows = ({ headers, body }: FastifyRequest): FoundRow[] | null => {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  switch (type.trim().toLowerCase()) {
    case CLOUD_EVENTS:
      return batchOf(body).map((event, index) =>
        rowOf(event, `/${index}`, unstorableRow(body as object, event, `/${index}`)),
      );
    case CLOUD_EVENT:
      return [rowOf(body, '', typeof body === 'object' && body !== null ? unstorableRow(body, body, '') : null)];
    default:
      return headers['ce-specversion'] === undefined ? null : [rowOf(binaryEvent(headers, body), '', null)];
  }
};

const batchOf = (body: unknown): unknown[] => {
  if (Array.isArray(body) && body.length > 0 && body.length <= EVENTS_MAX) return body;
  const message = `A batch is a list of 1 to ${EVENTS_MAX} CloudEvents.`;
  throw invalidRequest([
    { pointer: '', code: Array.isArray(body) && body.length > 0 ? 'too_many_events' : 'invalid_type', message },
  ]);
};

/** Values of headers are percent-encoded where they are no printable ASCII. */
const binaryEvent = (headers: FastifyRequest['headers'], body: unknown): Attributes => ({
  ...Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('ce-'))
      .map(([name, value]) => [name.slice(3), decoded(String(value))]),
  ),
  ...(body === undefined ? {} : { data: body }),
});

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing stands for itself.
    return text;
  }
};

/** Two sources may give one id: what names the reading is both. */
const rowOf = (event: unknown, pointer: string, unstorable: Violation | null): FoundRow => {
  const found = unstorable ?? violationOf(event);
  if (found) return { value: event, pointer, violation: unstorable ?? { ...found, pointer: pointer + found.pointer } };
  const { id, source, type, subject, time, data, subscriptionid } = event as Attributes &
    Record<(typeof ATTRIBUTES)[number], string>;
  const value = {
    id: `${source}#${id}`,
    event: type,
    accountId: isId('acc', subject) || isExternalReference(subject) ? subject : externalReference(subject),
    at: time,
    properties: data ?? {},
    ...(subscriptionid === undefined ? {} : { subscriptionId: subscriptionid }),
  };
  return { value, pointer, sentAs: id, places: PLACES };
};

/** The first thing that makes it no CloudEvent of usage. */
const violationOf = (event: unknown): Violation | null => {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return violation('', 'invalid_type', 'A CloudEvent is an object.');
  const told = event as Attributes;
  if (told['specversion'] !== '1.0')
    return violation('/specversion', 'invalid_specversion', 'This is CloudEvents 1.0.');
  for (const name of ATTRIBUTES) {
    if (told[name] === undefined || told[name] === null || told[name] === '')
      return violation(pointerTo('', name), 'required', `A CloudEvent of usage has a “${name}”.`);
    if (typeof told[name] !== 'string') return violation(pointerTo('', name), 'invalid_type', 'This must be string.');
  }
  if (told['data_base64'] !== undefined)
    return violation('/data_base64', 'invalid_data', 'Data of usage is a JSON object.');
  const { datacontenttype = 'application/json' } = told;
  return /^[\w.+-]+\/(?:[\w.-]+\+)?json\b/i.test(String(datacontenttype))
    ? null
    : violation('/datacontenttype', 'invalid_data', 'Data of usage is a JSON object.');
};

const violation = (pointer: string, code: string, message: string): Violation => ({ pointer, code, message });
