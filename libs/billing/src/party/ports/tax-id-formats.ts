import type { TaxId } from '#contracts';

/** The port to what is known of the forms of tax ids, and of their check digits. Nobody is asked: it says nothing of whether one was issued. */
export abstract class TaxIdFormats {
  /** False where no tax id of its type looks so; true also of a type of which no form is known. */
  abstract mayExist(taxId: TaxId): boolean;
}
