import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TypeID } from 'typeid-js';
import { v5 } from 'uuid';
import { derivedId, derivedUuid, idSuffix, isId, typedId } from './ids.js';

fc.configureGlobal({ seed: 1 });

describe('an id', () => {
  it('repeats with its parts, for ever', () => {
    expect(derivedUuid('tenant', 'a')).toBe('d62839ad-d71f-5ea6-b3ec-8790a098b952');
    expect(derivedId('acc', 'tenant', 'a')).toBe('acc_2yqnqejn9abjg9yev0x9rktqwq');
  });

  it('is another one for other parts, however they are cut', () => {
    const parts = fc.array(fc.oneof(fc.string({ maxLength: 4 }), fc.integer({ min: 0, max: 99 })), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const same = JSON.stringify(left.map(String)) === JSON.stringify(right.map(String));
        expect(derivedUuid(...left) === derivedUuid(...right)).toBe(same);
      }),
    );
  });

  it('is what RFC 9562 and TypeID make of it, whatever the text and however long', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary', minLength: 1_400, maxLength: 1_500 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const uuid = v5(new TextEncoder().encode(`${text.length}:${text}`), '5b1d8f0e-6f0a-4c39-9f6e-3c1f2f7a9d11');
        expect(derivedUuid(text)).toBe(uuid);
        expect(typedId('acc', uuid)).toBe(TypeID.fromUUID('acc', uuid).toString());
      }),
    );
  });

  it('says what it names', () => {
    const id = derivedId('acc', 'a');
    expect(isId('acc', id)).toBe(true);
    expect(isId('sub', id)).toBe(false);
    expect(derivedId('sub', 'a').slice(4)).not.toBe(id.slice(4));
  });

  it('has a suffix that stream names are built of', () => {
    expect(idSuffix(typedId('acc', '0188bac7-4afa-78aa-bc3b-bd1eef28d881'))).toBe('01h2xcejqtf2nbrexx3vqjhp41');
  });

  it.each([
    'acc_',
    'acc_01h2xcejqtf2nbrexx3vqjhp4',
    'acc_81h2xcejqtf2nbrexx3vqjhp41',
    'acc_01H2XCEJQTF2NBREXX3VQJHP41',
    'acc',
    '',
    7,
    null,
  ])('is not %p', (text) => {
    expect(isId('acc', text)).toBe(false);
  });

  it.each(['acc_', 'acc_../tenant', 'acc_01h2xcejqtf2nbrexx3vqjhp4l'])('“%s” gets into no stream name', (text) => {
    expect(() => idSuffix(text)).toThrow(expect.objectContaining({ code: 'invalid_id', kind: 'invalid' }));
  });
});
