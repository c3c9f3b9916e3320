import type { AccountFact } from '#contracts';
import type { Decider, Recorded } from '#kernel';
import { catalogOf } from '../catalog/catalog.decider.js';
import { creditNoteSlice } from '../credit-note/credit-note.decider.js';
import { discountSlice } from '../discount/discount.decider.js';
import { deliverySlice } from '../delivery/delivery.decider.js';
import { documentSlice } from '../document/document.decider.js';
import { invoiceSlice } from '../invoice/invoice.decider.js';
import { invoiceItemSlice } from '../invoice-item/invoice-item.decider.js';
import { paymentSlice } from '../payment/payment.decider.js';
import { recognitionSlice } from '../revenue/recognition.decider.js';
import { subscriptionSlice } from '../subscription/subscription.decider.js';
import { taxReportSlice } from '../tax-report/tax-report.decider.js';
import { transferSlice } from '../transfer/transfer.decider.js';
import { walletSlice } from '../wallet/wallet.decider.js';
import { emptyAccount, type Account } from './account.state.js';
import { profileSlice } from './profile.decider.js';
import type { Slice } from './slice.js';

/** The slices that share an account's stream. A fact or command that none of them knows does not compile. */
const decide = {
  ...profileSlice.decide,
  ...subscriptionSlice.decide,
  ...taxReportSlice.decide,
  ...discountSlice.decide,
  ...invoiceSlice.decide,
  ...invoiceItemSlice.decide,
  ...creditNoteSlice.decide,
  ...deliverySlice.decide,
  ...documentSlice.decide,
  ...paymentSlice.decide,
  ...recognitionSlice.decide,
  ...transferSlice.decide,
  ...walletSlice.decide,
};
const evolve: Slice<never, AccountFact>['evolve'] = {
  ...profileSlice.evolve,
  ...subscriptionSlice.evolve,
  ...taxReportSlice.evolve,
  ...discountSlice.evolve,
  ...invoiceSlice.evolve,
  ...invoiceItemSlice.evolve,
  ...creditNoteSlice.evolve,
  ...deliverySlice.evolve,
  ...documentSlice.evolve,
  ...paymentSlice.evolve,
  ...recognitionSlice.evolve,
  ...transferSlice.evolve,
  ...walletSlice.evolve,
};

/** Whatever may be asked of an account. */
export type AccountCommand = Parameters<(typeof decide)[keyof typeof decide]>[0];

type Decide = (command: AccountCommand, account: Account) => readonly AccountFact[];
type Evolve = (account: Account, data: AccountFact['data'], recorded: Recorded) => void;

/** Composes the slices that share an account's stream. */
export const accountDecider: Decider<Account, AccountCommand, AccountFact> = {
  initialState: emptyAccount,

  decide(given, account) {
    const command = 'catalog' in given ? { ...given, catalog: catalogOf(account, given.catalog) } : given;
    return (decide[command.type] as Decide)(command, account);
  },

  evolve: (account, { type, data }, recorded) => (evolve[type] as Evolve)(account, data, recorded),
};
