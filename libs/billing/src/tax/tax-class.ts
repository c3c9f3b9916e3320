/** What most is of that is sold: where nothing is said, and of rates that name no other. */
export const STANDARD_TAX_CLASS = 'standard';

interface Classed {
  readonly taxClass?: string | undefined;
}

export const taxClassOf = ({ taxClass }: Classed): string => taxClass ?? STANDARD_TAX_CLASS;

/** As it is stored: nothing where it is that of most. */
export const classed = ({ taxClass }: Classed): { readonly taxClass?: string } =>
  taxClass === undefined || taxClass === STANDARD_TAX_CLASS ? {} : { taxClass };
