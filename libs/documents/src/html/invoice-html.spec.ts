import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BUYER, documentSource, itemLine } from '#testing';
import { invoiceView } from '../view/invoice-view-of.js';
import { invoiceHtml } from './invoice-html.js';

const htmlOf = (description: string, name: string, language: string): string =>
  invoiceHtml(
    invoiceView(documentSource([itemLine(description, 1n)], undefined, {}, { buyer: { ...BUYER, name } }), language),
  );

const tagsIn = (html: string): string[] => html.match(/<[^>]*>/gu)!;

describe('an invoice as HTML', () => {
  it('holds what it says, and needs nothing from elsewhere', () => {
    const html = htmlOf('Setup', 'Ada', 'en');
    expect(html).toContain('<title>Invoice INV-000042</title>');
    expect(html).toContain('Setup');
    expect(html).toContain('RF29 INV0 0004 2');
    expect(html).toMatch(/<svg role="img" aria-label="Scan to pay by transfer" viewBox="0 0 \d+ \d+">/u);
    expect(html).not.toMatch(/<script|<link|<img|src=|url\(|https?:/u);
  });

  it('goes from right to left in Hebrew and Arabic', () => {
    expect(htmlOf('x', 'y', 'he')).toContain('<html lang="he" dir="rtl">');
    expect(htmlOf('x', 'y', 'ar')).toContain('<html lang="ar" dir="rtl">');
  });

  it('has the same elements and attributes, whatever somebody wrote', () => {
    const expected = tagsIn(htmlOf('Setup', 'Ada', 'en'));
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('<', '>', '"', "'", '&', '<script>', '</style>', '<!--', ' onload=', '&lt;', 'a', '\n'),
        ),
        fc.string(),
        (parts, name) => expect(tagsIn(htmlOf(parts.join(''), name, 'en'))).toEqual(expected),
      ),
    );
  });
});
