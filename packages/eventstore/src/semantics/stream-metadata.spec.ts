import { describe, expect, it } from '@jest/globals';

import {
  DELETED_METADATA,
  isSoftDeleted,
  parseStreamMetadata,
  type StreamMetadata,
  withTruncateBefore,
} from './stream-metadata.js';

const parsed = (json: string): StreamMetadata => parseStreamMetadata(Buffer.from(json));

describe('stream metadata', () => {
  it.each<[id: string, json: string, meaning: StreamMetadata]>([
    ['all', '{"$maxCount":3,"$maxAge":60,"$tb":7}', { maxCount: 3, maxAgeSeconds: 60, truncateBefore: 7 }],
    ['first-revision', '{"$tb":0}', { truncateBefore: 0 }],
    ['not-positive', '{"$maxCount":0,"$maxAge":-1,"$tb":-1}', {}],
    ['custom', '{"owner":{"$maxCount":"x"},"list":[1.5]}', {}],
    ['cached', '{"$cacheControl":15,"$tb":1}', { truncateBefore: 1 }],
    ['roles', '{"$acl":{"$r":"a","$w":["b","c"],"$d":[],"$mr":"x","$mw":"y"},"$tb":1}', { truncateBefore: 1 }],
    ['decimal', '{"$maxCount":3.0,"$tb":1}', {}],
    ['exponent', '{"$maxCount":3e0,"$tb":1}', {}],
    ['text', '{"$maxCount":"3","$tb":1}', {}],
    ['null', '{"$maxCount":null,"$tb":1}', {}],
    ['too-great', '{"$tb":9223372036854775808,"$maxCount":1}', {}],
    ['too-long', '{"$maxAge":922337203686,"$maxCount":1}', {}],
    ['malformed-roles', '{"$acl":{"$x":"a"},"$tb":1}', {}],
    ['malformed', '{"$tb":1', {}],
    ['list', '[1]', {}],
    ['number', '7', {}],
    ['nothing', '', {}],
  ])('[2.8/metadata/%s]', (_id, json, meaning) => {
    expect(parsed(json)).toEqual(meaning);
  });

  it('say of a stream that it is deleted by one revision alone', () => {
    expect(isSoftDeleted(parseStreamMetadata(DELETED_METADATA))).toBe(true);
    expect(isSoftDeleted(parsed('{"$tb":9223372036854775806}'))).toBe(false);
    expect(isSoftDeleted({})).toBe(false);
  });

  it('keep everything else, to the last digit, when a stream begins again', () => {
    const before = '{"$tb":9223372036854775807,"id":12345678901234567890,"rate":1.50,"nested":{"n":[1e3]}}';
    const after = '{"$tb":4,"id":12345678901234567890,"rate":1.50,"nested":{"n":[1e3]}}';
    expect(withTruncateBefore(Buffer.from(before), 4)?.toString()).toBe(after);
    expect(withTruncateBefore(Buffer.from('{"a":1}'), 4)?.toString()).toBe('{"a":1,"$tb":4}');
    for (const malformed of ['', '7', '[1]', '{']) {
      expect(withTruncateBefore(Buffer.from(malformed), 4)).toBeUndefined();
    }
  });
});
