import { createHmac } from 'node:crypto';
import type { TenantId } from '#kernel';
import { SEARCH_KEY_ID, type PersonalKeys } from './personal-keys.js';
import type { Sealed, SealedPersonalData } from './sealed-personal-data.js';

/** What is looked for: words of a name, each by its beginning, and a whole e-mail address. */
export interface SoughtPerson {
  readonly name?: string;
  readonly email?: string;
}

/** A name is found by its first words, a word by its first letters: so an account has 305 tokens at the most. */
const WORDS_MAX = 16;
const LETTERS_MAX = 20;
const LETTERS_MIN = 2;
/** 96 bits: two texts of one tenant do not meet. */
const TOKEN_BYTES = 12;

/**
 * A blind index: keyed hashes by which personal data is found that nobody can read in the index. The key is the tenant's, and so is
 * every hash; whoever has the hashes without the master key cannot even try words on them.
 */
export class SearchTokens {
  constructor(
    private readonly keys: PersonalKeys,
    private readonly personalData: SealedPersonalData,
  ) {}

  /** By what an account is found; by nothing once the person is erased. */
  of(tenantId: TenantId, personal: Sealed): string[] {
    const [profile] = this.personalData.open(tenantId, [personal]);
    if (!profile) return [];
    const { name, email } = profile;
    return this.hashed(tenantId, [
      ...(typeof name === 'string' ? wordsIn(name).flatMap(beginningsOf).map(nameToken) : []),
      ...(typeof email === 'string' ? [emailToken(email)] : []),
    ]);
  }

  /** What an account has to have all of. A name without a letter or digit finds nothing. */
  sought(tenantId: TenantId, { name, email }: SoughtPerson): string[] {
    return this.hashed(tenantId, [
      ...(name === undefined ? [] : soughtWords(name)),
      ...(email === undefined ? [] : [emailToken(email)]),
    ]);
  }

  private hashed(tenantId: TenantId, texts: readonly string[]): string[] {
    const key = this.keys.find(tenantId, SEARCH_KEY_ID)!;
    const hash = (text: string): string =>
      createHmac('sha256', key).update(text).digest().subarray(0, TOKEN_BYTES).toString('base64url');
    return [...new Set(texts)].map(hash);
  }
}

const soughtWords = (name: string): string[] => {
  const words = wordsIn(name);
  return words.length === 0 ? ['nothing'] : words.map(nameToken);
};

const nameToken = (word: string): string => `name ${word}`;

/** Mail goes to the same address however its letters are written; dots and tags are the provider's own affair. */
const emailToken = (email: string): string => `email ${email.normalize('NFKC').trim().toLowerCase()}`;

/** Upper case first: “Straße” and “STRASSE” are one word. Accents are for the eye. */
const wordsIn = (name: string): string[] => {
  const folded = name
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toUpperCase()
    .toLowerCase();
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, WORDS_MAX).map((word) => [...word].slice(0, LETTERS_MAX).join(''));
};

const beginningsOf = (word: string): string[] => {
  const letters = [...word];
  const beginnings = letters.map((_, index) => letters.slice(0, index + 1).join(''));
  return [...beginnings.slice(LETTERS_MIN - 1), word];
};
