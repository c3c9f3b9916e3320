import { describe, expect, it } from '@jest/globals';

import { encodeRecord } from '../codec/recorded-event.js';
import { InvalidPattern } from '../patterns/syntax.js';
import { eventFilter, type FilterRequest } from './event-filter.js';

const aRecord = (stream: string, type: string): Buffer =>
  encodeRecord(
    {
      id: '5a1f4a52-1f6a-4b3e-8f0e-0f1e2d3c4b5a',
      type,
      isJson: true,
      data: Buffer.from('{}'),
      metadata: Buffer.alloc(0),
    },
    { stream, revision: 0, position: 1, created: '0' },
  );

describe('a filter lets through', () => {
  it.each<[string, FilterRequest, boolean]>([
    ['a stream by prefix', { on: 'stream', prefixes: ['x', 'account-'], pattern: undefined }, true],
    ['no stream by another prefix', { on: 'stream', prefixes: ['ccount-'], pattern: undefined }, false],
    ['a stream by pattern', { on: 'stream', prefixes: [], pattern: '-ä$' }, true],
    ['no stream by another pattern', { on: 'stream', prefixes: [], pattern: '^-ä$' }, false],
    ['a type by prefix', { on: 'type', prefixes: ['Open'], pattern: undefined }, true],
    ['no type by the prefix of a stream', { on: 'type', prefixes: ['account-'], pattern: undefined }, false],
    ['a type by pattern', { on: 'type', prefixes: [], pattern: '^[^$]' }, true],
    ['everything by the empty prefix', { on: 'stream', prefixes: [''], pattern: undefined }, true],
  ])('%s', (_case, request, passes) => {
    expect(eventFilter(request)(aRecord('account-ä', 'Opened'))).toBe(passes);
  });

  it('nothing if its pattern is none', () => {
    expect(() => eventFilter({ on: 'stream', prefixes: [], pattern: '([' })).toThrow(InvalidPattern);
  });
});
