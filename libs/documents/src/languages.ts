import { ar } from './texts/ar.js';
import { de } from './texts/de.js';
import { en } from './texts/en.js';
import { es } from './texts/es.js';
import { fr } from './texts/fr.js';
import { he } from './texts/he.js';
import { it } from './texts/it.js';
import { ja } from './texts/ja.js';
import { nl } from './texts/nl.js';
import { pl } from './texts/pl.js';
import type { Texts } from './texts/texts.js';

const TEXTS = { en, de, fr, es, it, nl, pl, ja, ar, he } as const;

export type Language = keyof typeof TEXTS;
export const LANGUAGES = Object.keys(TEXTS) as readonly Language[];

/** A language that documents know, and where it is spoken: `de`, `de-CH`. */
export const DOCUMENT_LANGUAGE = new RegExp(`^(?:${LANGUAGES.join('|')})(?:-[A-Z]{2})?$`);

/** The first of the tags whose language documents know, as they know it: `de-Latn-CH` is `de-CH`. English where there is none. */
export const languageAmong = (...tags: readonly (string | undefined)[]): string => {
  for (const tag of tags) {
    if (tag === undefined) continue;
    const { language, region } = new Intl.Locale(tag);
    const known = region === undefined ? language : `${language}-${region}`;
    if (DOCUMENT_LANGUAGE.test(known)) return known;
    if (language in TEXTS) return language;
  }
  return 'en';
};

export const textsIn = (tag: string): Texts => TEXTS[tag.slice(0, 2) as Language];

export const directionOf = (tag: string): 'ltr' | 'rtl' => (/^(?:ar|he)/u.test(tag) ? 'rtl' : 'ltr');
