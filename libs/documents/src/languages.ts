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

/** The first of the tags that documents know; English where there is none. */
export const languageAmong = (...tags: readonly (string | undefined)[]): string =>
  tags.find((tag) => tag !== undefined && DOCUMENT_LANGUAGE.test(tag)) ?? 'en';

export const textsIn = (tag: string): Texts => TEXTS[tag.slice(0, 2) as Language];

export const directionOf = (tag: string): 'ltr' | 'rtl' => (/^(?:ar|he)/u.test(tag) ? 'rtl' : 'ltr');
