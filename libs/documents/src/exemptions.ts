import type { TaxCategory, TaxReason } from '#contracts';
import type { NotedReason, Texts } from './texts/texts.js';

/** Why no tax is charged: as the invoice was issued, else as the category of the rate has it. Undefined of what is taxed, be it at zero. */
export const exemptionNote = (category: TaxCategory, reason: TaxReason, texts: Texts): string | undefined => {
  switch (category) {
    case 'S':
    case 'Z':
    case 'L':
    case 'M':
      return undefined;
    case 'E':
      return noted(reason, texts) ?? texts.exempt;
    case 'AE':
      return texts.notes.reverse_charge;
    case 'K':
      return texts.intraCommunitySupply;
    case 'G':
      return texts.exportExempt;
    case 'O':
      return noted(reason, texts) ?? texts.notSubjectToTax;
  }
};

const noted = (reason: TaxReason, { notes }: Texts): string | undefined => notes[reason as NotedReason];
