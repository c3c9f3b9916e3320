import type { TaxIdCheck, TaxIdResult } from '#billing/party';
import type { TaxIdType } from '#contracts';

/** What a register said of a tax id when it was asked last. */
export class TaxIdCheckResource {
  /** @example "eu_vat" */
  type!: TaxIdType;
  /** @example "FR40303265045" */
  value!: string;
  /** `unknown`, where the register did not say. @example "valid" */
  result!: TaxIdResult;
  /** @example "2026-01-31T09:30:00Z" */
  checkedAt!: string;
  /** By which the register knows that it was asked: for those alone who sell with a VAT id of their own. @example "WAPIAAAAY1234567" */
  consultationNumber!: string | null;
  /** The last day on which it was called valid. @example "2026-01-31" */
  validOn!: string | null;
}

export class TaxIdChecksResource {
  taxIds!: TaxIdCheckResource[];
}

export const taxIdCheckResource = ({ consultation, validOn, ...check }: TaxIdCheck): TaxIdCheckResource => ({
  ...check,
  consultationNumber: consultation ?? null,
  validOn: validOn ?? null,
});
