import { describe, expect, it } from '@jest/globals';
import { pictureIn } from './picture.js';

/** 16 by 8 points, in RGB and in CMYK. */
const JPEG =
  '/9j/4AAQSkZJRgABAQEAFAAUAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/ALIAP//Z';
const CMYK =
  '/9j/4AAQSkZJRgABAQEAFAAUAAD/7gAOQWRvYmUAZAAAAAAC/9sAQwAoHB4jHhkoIyEjLSsoMDxkQTw3Nzx7WF1JZJGAmZaPgIyKoLTmw6Cq2q2KjMj/y9ru9f///5vB////+v/m/f/4/9sAQwErLS08NTx2QUF2+KWMpfj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4/8AAFAgACAAQBAEiAAIRAQMRAQQiAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAF/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABQBAQAAAAAAAAAAAAAAAAAAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADgQBAAIRAxEEAAA/AIoALID/2Q==';
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');

describe('what a file says that it is', () => {
  it('is a PNG or a JPEG of a size', () => {
    expect(pictureIn(bytesOf(PNG))).toEqual({ mediaType: 'image/png', width: 1, height: 1 });
    expect(pictureIn(bytesOf(JPEG))).toEqual({ mediaType: 'image/jpeg', width: 16, height: 8 });
  });

  it('is nothing that documents can show otherwise', () => {
    expect(pictureIn(bytesOf(CMYK))).toBeUndefined();
    expect(pictureIn(SVG)).toBeUndefined();
    const sizeless = bytesOf(PNG);
    sizeless.writeUInt32BE(0, 16);
    expect(pictureIn(sizeless)).toBeUndefined();
  });

  it.each([PNG, JPEG])('is nothing where it is cut short before that', (whole) => {
    for (let length = 0; length < 20; length++) expect(pictureIn(bytesOf(whole).subarray(0, length))).toBeUndefined();
  });
});
