import type { TaxId } from '#contracts';
import type { TaxIdResult } from '../tax-id-check.js';

/** What a register said: `unknown` where it did not say, whyever. */
export interface TaxIdAnswer {
  readonly result: TaxIdResult;
  /** By which the register knows that it was asked. */
  readonly consultation?: string;
}

/** The port to a register that knows which tax ids are valid. */
export abstract class TaxIdRegistry {
  /** Whether it knows of tax ids such as this. */
  abstract knows(taxId: TaxId): boolean;

  /**
   * Ends within seconds, and never fails: who does not say leaves it unknown.
   * @param asker the tax id of whoever sells: registers give a number for being asked to those alone who say who they are
   */
  abstract check(taxId: TaxId, asker?: TaxId): Promise<TaxIdAnswer>;
}

/** Null where the installation asks none. */
export class OptionalTaxIdRegistry {
  constructor(readonly registry: TaxIdRegistry | null) {}
}
