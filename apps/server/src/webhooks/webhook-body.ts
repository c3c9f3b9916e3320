import type { PublicEvent, WebhookTerms } from '#contracts';

/** What is larger is sent without what it says. */
const BODY_BYTES_MAX = 256 * 1024;

/**
 * What is sent of an event, as Standard Webhooks wants it: `type`, `timestamp`, `data`, and where it stands. Whoever gets events of an account in another order than theirs
 * tells by `position` which is older.
 */
export const webhookBody = (event: PublicEvent, format: WebhookTerms['format'] = 'full'): string => {
  const whole = format === 'full' ? bodyWith(event, event.data) : undefined;
  return whole !== undefined && Buffer.byteLength(whole) <= BODY_BYTES_MAX ? whole : bodyWith(event, idsIn(event.data));
};

const bodyWith = ({ type, recordedAt, data: _, ...event }: PublicEvent, data: PublicEvent['data']): string =>
  JSON.stringify({ type, timestamp: recordedAt, ...event, data });

const idsIn = (data: PublicEvent['data']): PublicEvent['data'] =>
  Object.fromEntries(Object.entries(data).filter(([name, value]) => name.endsWith('Id') && typeof value === 'string'));
