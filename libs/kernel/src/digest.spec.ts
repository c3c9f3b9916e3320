import { describe, expect, it } from '@jest/globals';
import { hex64, sha256Hex } from './digest.js';

describe('a digest', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['größer ≥ 10 €', '3fbcc16f748d7bc8938f741f3031e71eaf91e40e1911717d0ebd1cdd2db8a12a'],
  ])('of “%s” is that of its UTF-8 bytes', (text, hex) => {
    expect(sha256Hex(text)).toBe(hex);
  });

  it.each([
    [0n, '0000000000000000'],
    [255n, '00000000000000ff'],
    [-1n, 'ffffffffffffffff'],
    [-(2n ** 63n), '8000000000000000'],
  ])('%s is %s, also from a signed column', (digest, hex) => {
    expect(hex64(digest)).toBe(hex);
  });
});
