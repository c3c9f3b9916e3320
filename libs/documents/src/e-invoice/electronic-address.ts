import type { ElectronicAddress, EParty, EProfile } from './e-invoice.js';

/** In the network of Peppol nobody is reached by e-mail: there a party is known by its VAT id. */
export const electronicAddressOf = (
  { email, inNetwork }: Pick<EParty, 'email' | 'inNetwork'>,
  profile: EProfile,
): ElectronicAddress | undefined => {
  if (profile === 'peppol') return inNetwork;
  return email === undefined ? undefined : { id: email, scheme: 'EM' };
};

/** By the country that a VAT id begins with. Of Nordic countries without one, a party is known by a number that is no part of what we know. */
export const byVatId = (vatId: string): ElectronicAddress | undefined => {
  const scheme = SCHEMES[vatId.slice(0, 2)];
  return scheme === undefined ? undefined : { id: vatId, scheme };
};

/** Of the list of OpenPEPPOL, release 3.0.19. */
const SCHEMES: Readonly<Record<string, string>> = {
  AD: '9922',
  AL: '9923',
  AT: '9914',
  BA: '9924',
  BE: '9925',
  BG: '9926',
  CH: '9927',
  CY: '9928',
  CZ: '9929',
  DE: '9930',
  DK: '0198',
  EE: '9931',
  EL: '9933',
  ES: '9920',
  FI: '0213',
  FR: '9957',
  GB: '9932',
  HR: '9934',
  HU: '9910',
  IE: '9935',
  IT: '0211',
  LI: '9936',
  LT: '9937',
  LU: '9938',
  LV: '9939',
  MC: '9940',
  ME: '9941',
  MK: '9942',
  MT: '9943',
  NL: '9944',
  PL: '9945',
  PT: '9946',
  RO: '9947',
  RS: '9948',
  SI: '9949',
  SK: '9950',
  SM: '9951',
  TR: '9952',
  VA: '9953',
};
