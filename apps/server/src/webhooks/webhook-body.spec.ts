import { PUBLIC_EVENTS, publicEventExample, type PublicEvent } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { webhookBody } from './webhook-body.js';

const event: PublicEvent = publicEventExample(PUBLIC_EVENTS.get('invoice.finalized')!);
const bodyOf = (...of: Parameters<typeof webhookBody>) => JSON.parse(webhookBody(...of)) as Record<string, unknown>;

describe('what is sent of an event', () => {
  it('says what happened, when, where in the log, and what is told of it everywhere', () => {
    const { recordedAt, ...rest } = event;
    expect(bodyOf(event)).toEqual({ ...rest, timestamp: recordedAt });
  });

  it('has the ids alone where that is wanted', () => {
    const { invoiceId } = event.data;
    expect(bodyOf(event, 'thin')['data']).toEqual({ invoiceId });
  });

  it('has the ids alone where it would be too large', () => {
    const { invoiceId } = event.data;
    const large = { ...event, data: { invoiceId: invoiceId!, notes: 'ü'.repeat(140_000) } };
    expect(bodyOf(large)['data']).toEqual({ invoiceId });
    const fits = { ...event, data: { notes: 'ü'.repeat(130_000) } };
    expect(bodyOf(fits)['data']).toEqual(fits.data);
  });
});
