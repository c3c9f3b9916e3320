import { describe, expect, it } from '@jest/globals';
import { fromJson, toJson } from './json-text.js';

describe('JSON for the log', () => {
  it('holds bigints as decimal text, leaves out what is undefined, and keeps the order of keys', () => {
    const value = { b: [1n, { minor: -5n }], a: null, left: undefined, c: true, d: 'x', e: 1.5 };
    expect(JSON.stringify(toJson(value))).toBe('{"b":["1",{"minor":"-5"}],"a":null,"c":true,"d":"x","e":1.5}');
  });

  it('copies: the value stays as it was', () => {
    const value = { amounts: [{ minor: 5n, currency: 'USD' }] };
    const copy = toJson(value);
    fromJson(copy);
    expect(copy).toEqual(value);
    expect(copy).not.toBe(value);
  });

  it('gives money back as it was, however deep', () => {
    const value = { lines: [{ amount: { minor: 12n, currency: 'USD' }, none: null, text: '12' }], minor: 7n };
    expect(fromJson(toJson(value))).toEqual(value);
  });
});
