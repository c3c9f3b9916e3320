import { describe, expect, it } from '@jest/globals';
import { directionOf, DOCUMENT_LANGUAGE, languageAmong, LANGUAGES, textsIn } from './languages.js';

const placesIn = (text: string): string[] => [...text.matchAll(/\{\w+\}/gu)].map(([place]) => place).sort();

describe('the languages of documents', () => {
  it('are ten, two of them from right to left', () => {
    expect(LANGUAGES).toHaveLength(10);
    expect(LANGUAGES.filter((language) => directionOf(language) === 'rtl')).toEqual(['ar', 'he']);
  });

  it.each(LANGUAGES)('say in %s all that English says, with the same places for values', (language) => {
    const [texts, english] = [textsIn(language), textsIn('en')];
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    for (const part of ['notes', 'ofCreditNote'] as const) {
      expect(Object.keys(texts[part])).toEqual(Object.keys(english[part]));
      expect(Object.values(texts[part])).not.toContain('');
    }
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text !== 'string') continue;
      expect([key, placesIn(text)]).toEqual([key, placesIn(english[key as keyof typeof english] as string)]);
      expect(text).not.toBe('');
    }
  });

  it('are chosen by the first tag that is known', () => {
    expect(languageAmong(undefined, 'tlh', 'de-CH', 'fr')).toBe('de-CH');
    expect(languageAmong('sv')).toBe('en');
  });

  it.each([
    ['de-Latn-CH', 'de-CH'],
    ['ar-u-nu-latn', 'ar'],
    ['es-419', 'es'],
    ['nl-BE-x-acme', 'nl-BE'],
  ])('are what they know of %s: %s', (tag, known) => {
    expect(languageAmong(tag, 'ja')).toBe(known);
  });

  it.each(['de', 'de-AT', 'he'])('take %s', (tag) => expect(DOCUMENT_LANGUAGE.test(tag)).toBe(true));
  it.each(['DE', 'de-u-nu-arab', 'de_AT', 'sv', '', 'de-AT-x', 'den'])('refuse “%s”', (tag) =>
    expect(DOCUMENT_LANGUAGE.test(tag)).toBe(false),
  );
});
