import type { ForkedService } from '../services/forked-service.js';
import type { MailServer } from '../services/mail-server.js';
import type { TestRecount } from '../services/test-recount.js';
import { tellOfBankStatements } from './bank-story.js';
import { tellOfParties } from './party-story.js';
import { tellOfCreditNotes } from './credit-note-story.js';
import { tellOfRevenue } from './revenue-story.js';
import { tellOfDiscounts } from './discount-story.js';
import { tellStory } from './story.js';
import { tellOfDeliveries } from './delivery-story.js';
import { tellOfTaxes } from './tax-story.js';
import { tellOfWallets } from './wallet-story.js';
import { tellOfWebhooks } from './webhook-story.js';

/** Who is beside it. */
interface Others {
  readonly mail: MailServer;
  readonly taxes: ForkedService;
}

/** What each version stored first: later ones tell only what is new. */
export const STORIES: Readonly<Record<string, (recount: TestRecount, others: Others) => Promise<void>>> = {
  '0.9.0': tellStory,
  '0.10.0': async (recount, { mail, taxes }) => {
    await tellOfTaxes(recount, taxes);
    await tellOfDeliveries(recount, mail);
    await tellOfCreditNotes(recount);
    await tellOfParties(recount);
    await tellOfRevenue(recount);
    await tellOfDiscounts(recount);
    await tellOfWallets(recount);
    await tellOfWebhooks(recount);
    await tellOfBankStatements(recount);
  },
};
