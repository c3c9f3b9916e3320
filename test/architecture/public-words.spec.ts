import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { HOUSE_WORDS, houseWordsIn, houseWordsInDescriptions } from './house-words.js';

const read = (file: string): string => readFileSync(file, 'utf8');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...globSync('docs/*.md'),
  ...globSync('{apps,libs,packages}/*/README.md'),
];
const GENERATED = ['docs/openapi.json', 'docs/asyncapi.json'];

describe('what the public reads', () => {
  it('is in the words of the field', () => {
    expect(PAGES.length).toBeGreaterThan(20);
    expect(PAGES.flatMap((file) => houseWordsIn(file, read(file)))).toEqual([]);
  });

  it.each(GENERATED)('is in the words of the field in the descriptions of %s', (file) => {
    expect(houseWordsInDescriptions(file, read(file))).toEqual([]);
  });

  it('is in the words of the field in the comments of the protocol', () => {
    const file = 'libs/contracts/proto/recount/v1/billing.proto';
    expect(houseWordsIn(file, read(file))).toEqual([]);
  });

  it('has each word of the code explained in the glossary', () => {
    const glossary = read('docs/glossary.md');
    const singular = Object.keys(HOUSE_WORDS).filter((word) => !word.endsWith('s'));
    expect(singular.filter((word) => !glossary.includes(`\`${word}\``))).toEqual([]);
  });
});

describe('the search for words', () => {
  it('names file, line and what to say instead', () => {
    expect(houseWordsIn('page.md', 'One.\nEvery Door is told.')).toEqual([
      'page.md:2: “Door”, say transport',
      'page.md:2: “told”, say answered, published, shown',
    ]);
    expect(houseWordsInDescriptions('api.json', '{\n  "description": "By every door.",\n  "door": "told"\n}')).toEqual([
      'api.json:2: “door”, say transport',
    ]);
  });

  it('leaves alone what programs rely on', () => {
    expect(houseWordsIn('page.md', 'The label `door` ([here](doors.md)).\n```\ntold\n```')).toEqual([]);
  });
});
