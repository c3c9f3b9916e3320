import { describe, expect, it } from '@jest/globals';
import { csvCell, csvRecord } from './csv-text.js';

describe('a cell', () => {
  it.each([
    [null, ''],
    [undefined, ''],
    ['Ada', 'Ada'],
    ['Lovelace, Ada', '"Lovelace, Ada"'],
    ['the "first"', '"the ""first"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    [42, '42'],
    [false, 'false'],
    ['-20.00', '-20.00'],
    ['+3', '+3'],
    ['=1+1', "'=1+1"],
    ['-1+1', "'-1+1"],
    ['+49 30 1234', "'+49 30 1234"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    [{ tier: 'gold' }, '"{""tier"":""gold""}"'],
    [['a', 'b'], '"[""a"",""b""]"'],
  ])('of %p is %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('ends a record with carriage return and line feed', () => {
    expect(csvRecord(['a', null, 'b,c'])).toBe('a,,"b,c"\r\n');
  });
});
