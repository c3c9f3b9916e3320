import type { TaxIdType } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { JsvatTaxIdFormats } from './jsvat-tax-id-formats.js';

const mayExist = (type: TaxIdType, value: string): boolean => new JsvatTaxIdFormats().mayExist({ type, value });

/** Numbers that authorities and companies publish. */
describe('a tax id', () => {
  it.each<[TaxIdType, string]>([
    ['eu_vat', 'DE136695976'],
    ['eu_vat', 'de 136.695-976'],
    ['eu_vat', 'FR40303265045'],
    ['eu_vat', 'NL854502130B01'],
    ['eu_vat', 'IE6388047V'],
    ['eu_vat', 'EL094259216'],
    ['eu_vat', 'GR094259216'],
    ['eu_vat', 'XI193054661'],
    ['eu_vat', 'EU372000063'],
    ['gb_vat', 'GB193054661'],
    ['gb_vat', 'GB 193 0546 61'],
    ['ch_vat', 'CHE-116.281.710 MWST'],
    ['ch_vat', 'CHE116281710'],
    ['no_vat', 'NO923609016MVA'],
    ['no_vat', '923 609 016 MVA'],
    ['no_vat', '923609016'],
    ['de_tax_number', '21/815/08150'],
    ['us_ein', '12-3456789'],
    ['jp_invoice_registration', 'T1234567890123'],
    ['other', 'whatever'],
  ])('of the type %s may be %s', (type, value) => {
    expect(mayExist(type, value)).toBe(true);
  });

  it.each<[TaxIdType, string]>([
    ['eu_vat', 'DE136695977'],
    ['eu_vat', 'DE13669597'],
    ['eu_vat', '136695976'],
    ['eu_vat', 'GB193054661'],
    ['eu_vat', 'CHE116281710'],
    ['eu_vat', 'NO923609016MVA'],
    ['eu_vat', '923609016MVA'],
    ['eu_vat', 'EL094259217'],
    ['eu_vat', 'XI193054662'],
    ['gb_vat', 'GB193054662'],
    ['gb_vat', 'XI193054661'],
    ['gb_vat', '193054661'],
    ['ch_vat', 'CHE116281711'],
    ['ch_vat', 'DE136695976'],
    ['no_vat', 'NO923609017MVA'],
    ['no_vat', 'MVA'],
    ['eu_vat', '💶'],
  ])('of the type %s is never %s', (type, value) => {
    expect(mayExist(type, value)).toBe(false);
  });
});
