import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { matchesPattern } from './pattern.js';
import { InvalidPattern } from './syntax.js';

describe('a pattern', () => {
  it.each<[pattern: string, found: readonly string[], missed: readonly string[]]>([
    ['account', ['account-1', 'my-account'], ['Account', 'accoun']],
    ['^account-[0-9]+$', ['account-17'], ['account-', 'xaccount-1', 'account-1x']],
    ['^[^\\$].*', ['a', 'orders'], ['$metadata', '']],
    ['^[^$].*', ['a'], ['$$a']],
    ['^(?!\\$).*', ['orders', ''], ['$all']],
    ['^(?!\\$)(?=o)', ['orders'], ['$o', 'a']],
    ['^user|^company', ['user-1', 'company-2'], ['my-user', 'x']],
    ['^(user|company)-.{2,3}$', ['user-ab', 'company-abc'], ['user-a', 'user-abcd']],
    ['(?i)^order', ['ORDER-1', 'Order'], ['border']],
    ['^(?i:o)rder', ['Order', 'order'], ['ORDER']],
    ['\\d{3}-\\w+', ['123-ä', '9123-x_y'], ['12-x', '123-']],
    ['^\\p{Lu}\\P{Lu}*$', ['Äpfel', 'A'], ['AB', 'a']],
    ['\\bpaid\\b', ['is paid', 'paid-1'], ['unpaid', 'paid1']],
    ['\\Bpaid', ['unpaid'], ['paid', 'un paid']],
    ['^a?$', ['', 'a', 'a\n'], ['aa', '\n\n']],
    ['\\Aa\\z', ['a'], ['a\n']],
    ['[]x]', [']', 'x'], ['[']],
    ['[a-c\\-\\d]+$', ['abc-1'], ['d', 'abcd']],
    ['[x-]', ['-', 'x'], ['y']],
    ['a{2', ['a{2'], ['aa']],
    ['(?<kind>Invoice|Payment)(?#comment)Finalized', ['InvoiceFinalized'], ['Finalized']],
    ['\\x41\\u00e4\\t', ['Aä\t'], ['Aä']],
    ['a+?b*?', ['a'], ['b']],
    ['', ['', 'anything'], []],
    ['.', ['a', 'ä'], ['', '\n']],
    ['(?s).', ['\n'], ['']],
    ['(a*)*b', ['b', 'aab'], ['aaa']],
    ['(|a)+$', ['', 'a'], []],
    ['^((){999999999}){999999999}a', ['a'], ['b']],
  ])('%s finds what .NET would find', (pattern, found, missed) => {
    const matches = matchesPattern(pattern);
    expect(found.filter((text) => !matches(text))).toEqual([]);
    expect(missed.filter((text) => matches(text))).toEqual([]);
  });

  it.each([
    ['([', 'an open class'],
    ['(a', 'an open group'],
    ['a)', 'a group that was not opened'],
    ['*a', 'a repetition of nothing'],
    ['a**', 'a repetition of a repetition'],
    ['a{3,2}', 'a range the wrong way round'],
    ['[z-a]', 'a class the wrong way round'],
    ['a\\', 'an escape of nothing'],
    ['\\q', 'an escape without a meaning'],
    ['\\p{Nope}', 'a set that nobody knows'],
    ['(a)\\1', 'a reference to what was found'],
    ['a(?!b)', 'a look ahead in the middle'],
    ['(?<=a)b', 'a look behind'],
    ['(?>a)', 'a group that forgets'],
    ['(?z)a', 'a flag that nobody knows'],
    ['((a{100}){100}){100}', 'a size beyond all measure'],
    ['('.repeat(5_000), 'a depth beyond all measure'],
  ])('%.20s is refused: it has %s', (pattern) => {
    expect(() => matchesPattern(pattern)).toThrow(InvalidPattern);
  });

  it('takes no longer for being of the kind on which others hang', () => {
    const evil = ['^(a+)+$', '(a|a)*b', '(a|aa)+$', '(.*a){20}$', '^(([a-z])+.)+[A-Z]([a-z])+$'];
    const text = `${'a'.repeat(5_000)}!`;
    for (const pattern of evil) expect(matchesPattern(pattern)(text)).toBe(false);
  });

  it('forgets what it remembered rather than grow, and still finds the same', () => {
    const matches = matchesPattern('^.*x.{3}$');
    for (let code = 0x100; code < 0x2000; code++) expect(matches(`${String.fromCharCode(code)}xabc`)).toBe(true);
    expect(matches('xabcd')).toBe(false);
  });

  it('agrees with JavaScript about everything that both know', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '\\w',
      '\\b',
      '^',
      '$',
      '(?:a|b)',
      '(?:ab|)',
      '(?:a*b)',
    );
    const part = fc
      .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '*?'))
      .map(([one, often]) => (/^[\^$]|^\\b/.test(one) ? one : one + often));
    const patterns = fc
      .array(fc.array(part, { maxLength: 5 }), { minLength: 1, maxLength: 3 })
      .map((branches) => branches.map((parts) => parts.join('')).join('|'));
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 8 });
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        expect(matchesPattern(pattern)(text)).toBe(new RegExp(pattern).test(text));
      }),
      { numRuns: 5_000 },
    );
  });
});
