import type { TaxId } from '#contracts';
import { TaxIdFormats } from '#billing/party';
import { Injectable } from '@nestjs/common';
import * as jsvat from 'jsvat-next';

const { checkVAT, countries, norway, switzerland, unitedKingdom } = jsvat;

const OUTSIDE_THE_UNION = new Set(['AD', 'AU', 'BR', 'CH', 'GB', 'NO', 'RU', 'RS']);
/** Its member states, and what it gives to sellers from outside (`EU…`). */
const UNION = countries.filter(({ codes }) => !OUTSIDE_THE_UNION.has(codes[0]!));

/** What people write between the digits. */
const compact = (value: string): string => value.replaceAll(/[\s./-]/gu, '').toUpperCase();

const isOf = (value: string, rules: readonly jsvat.Country[]): boolean => checkVAT(value, rules).isValid;

/** Forms and check digits by jsvat-next, which was made of what states publish. */
@Injectable()
export class JsvatTaxIdFormats extends TaxIdFormats {
  mayExist({ type, value }: TaxId): boolean {
    const id = compact(value);
    switch (type) {
      case 'eu_vat':
        // Northern Ireland trades goods as the union does; Greece is EL there, whatever ISO calls it.
        return id.startsWith('XI') ? isOf(id, [unitedKingdom]) : isOf(id.replace(/^GR/u, 'EL'), UNION);
      case 'gb_vat':
        return id.startsWith('GB') && isOf(id, [unitedKingdom]);
      case 'ch_vat':
        return isOf(id, [switzerland]);
      case 'no_vat':
        // The library knows nine digits and MVA; the country before them and the suffix behind are customs.
        return isOf(`${id.replace(/^NO/u, '').replace(/MVA$/u, '')}MVA`, [norway]);
      case 'de_tax_number':
      case 'us_ein':
      case 'jp_invoice_registration':
      case 'other':
        return true;
    }
  }
}
