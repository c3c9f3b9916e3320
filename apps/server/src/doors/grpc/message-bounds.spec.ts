import { describe, expect, it } from '@jest/globals';
import protobuf from 'protobufjs';
import { messageType } from './definition.js';
import { requestReader, UnreadableRequest } from './request-reader.js';

const MAX = 1_000;
const { fieldsById } = messageType('CreatePlanRequest');
const numberOf = (name: string): number =>
  Number(Object.keys(fieldsById).find((id) => fieldsById[Number(id)]!.name === name));

const read = (bytes: Uint8Array, type = 'CreatePlanRequest') => requestReader(messageType(type), MAX)(bytes);
const codeOf = (read: unknown): string | undefined => (read instanceof UnreadableRequest ? read.code : undefined);
const tag = (number: number): number => (number << 3) | 2;

/** A field with what it holds, as the wire has it. */
const field = (number: number, content: Uint8Array): Uint8Array =>
  protobuf.Writer.create().uint32(tag(number)).bytes(content).finish();

const many = (count: number, bytes: Uint8Array): Buffer => Buffer.concat(Array.from({ length: count }, () => bytes));
const EMPTY = new Uint8Array();

describe('a request by gRPC', () => {
  it('has no more values than one by the other doors, at whatever depth, and is not decoded before it is counted', () => {
    const charge = field(numberOf('charges'), EMPTY);
    expect(codeOf(read(many(MAX, charge)))).toBeUndefined();
    expect(codeOf(read(many(MAX + 1, charge)))).toBe('too_many_values');
    const before = process.cpuUsage();
    expect(codeOf(read(many(1_850_000, charge)))).toBe('too_many_values');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_500);
    expect(codeOf(read(field(numberOf('charges'), many(MAX, charge))))).toBe('too_many_values');
    expect(codeOf(read(many(MAX + 1, field(999, EMPTY))))).toBe('too_many_values');
    expect(codeOf(read(many(MAX + 1, field(numberOf('trialPrices'), EMPTY))))).toBe('too_many_values');
    const event = field(1, many(MAX, field(5, EMPTY)));
    expect(codeOf(read(event, 'RecordUsageRequest'))).toBe('too_many_values');
    const overrides = field(9, field(2, many(MAX, field(1, EMPTY))));
    expect(codeOf(read(overrides, 'CreateSubscriptionRequest'))).toBe('too_many_values');
  });

  it('is nested as deep as JSON is', () => {
    const overage = messageType('Price').fields['overage']!.id;
    const price = messageType('Charge').fields['price']!.id;
    const deep = (levels: number): Uint8Array => {
      let message: Uint8Array = EMPTY;
      for (let level = 0; level < levels; level++) message = field(overage, message);
      return field(numberOf('charges'), field(price, message));
    };
    expect(codeOf(read(deep(50)))).toBeUndefined();
    expect(codeOf(read(deep(80)))).toBe('too_deep');
  });

  it('is still told to be no message where it is none', () => {
    expect(codeOf(read(Buffer.from([0xff, 0xff])))).toBe('invalid_protobuf');
    expect(codeOf(read(Buffer.from([tag(1), 100])))).toBe('invalid_protobuf');
  });
});
