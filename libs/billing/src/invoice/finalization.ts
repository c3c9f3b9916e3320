import type { AccountFact, Fact } from '#contracts';
import { allLines, atLeastZero, type Invoice } from './invoice.js';
import { money, negated, startOfDay } from '#kernel';
import { availableBalance } from '#ledger';
import { applyCredit } from '../credit/credit-application.js';
import { correctionOf } from '../credit-note/correction.js';
import { creditFrom, dayOfCredit } from '../credit/credit-lots.js';
import { overdueTimer, settled } from '../credit/settlement.js';
import { dueDates } from '../dunning/overdue.js';
import { openProfile } from '../account/profile.decider.js';
import type { Account } from '../account/account.state.js';
import { creditAppliedPostings } from '../payment/payment.posting-rules.js';
import { transfersPosted } from '../payment/transfers.js';
import { paidFromWallets } from '../wallet/applied-wallets.js';
import { topUpPostings } from '../wallet/wallet.posting-rules.js';
import { refuseOtherLines } from './awaited-taxes.js';
import { billingAdvanced, type AskedBy } from './billing-advanced.js';
import type { IssueTerms } from './invoice.commands.js';
import { creditFromInvoicePostings, invoiceTaxedPostings, taxedRule } from './invoice.posting-rules.js';
import { openDay } from '../revenue/account-revenue.js';
import { invoicedRevenue, netLines } from '../revenue/invoiced-revenue.js';
import { revenuePostings } from '../revenue/revenue.posting-rules.js';
import { taxedInvoice } from './invoice-tax.js';
import { linesDigest } from './line-chunks.js';
import { StaleFacts } from './stale-facts.js';

/** A draft that is complete: what was drafted, whether stored before or in this very append. */
export type CompleteDraft = Pick<Invoice, 'id' | 'draftRevision' | 'billThrough' | 'cuts' | 'ratedAt' | 'rest'> & {
  readonly chunks: readonly Fact<'InvoiceLinesAdded'>['data'][];
};

/** Issues it and books it, in one append: the ledger cannot disagree with the invoice. */
export const finalization = (
  draft: CompleteDraft,
  asked: IssueTerms & AskedBy,
  account: Account,
): readonly AccountFact[] => {
  const terms = inOpenMonth(asked, account);
  const lines = draft.chunks.flatMap((chunk) => chunk.lines);
  return settled([...issued(draft, terms, account), billingAdvanced(draft, lines, terms, account)], account, {
    bookedOn: terms.issueDate,
    timeZone: terms.timeZone,
    now: terms.now,
  });
};

/** Issues and books what is no part of billing, and leaves that where it is. */
export const finalizedApart = (draft: IssuedDraft, asked: IssueTerms, account: Account): readonly AccountFact[] => {
  const terms = inOpenMonth(asked, account);
  const { issueDate: bookedOn, timeZone, now } = terms;
  return settled(issued(draft, terms, account), account, { bookedOn, timeZone, now });
};

/** What is done late, as of a day of a month that is booked by now, is issued on the first day that is open. */
const inOpenMonth = <Terms extends IssueTerms>(terms: Terms, { revenue }: Account): Terms => ({
  ...terms,
  issueDate: openDay(revenue, terms.issueDate),
});

type IssuedDraft = Pick<CompleteDraft, 'id' | 'draftRevision' | 'chunks'>;

const issued = (draft: IssuedDraft, terms: IssueTerms, account: Account): readonly AccountFact[] => {
  const profile = openProfile(account);
  const { currency, netTermsDays } = profile;
  if (profile.entityId !== terms.entityId) throw new StaleFacts('Another legal entity sells to the account by now.');
  const { seriesId, creditNoteSeriesId, timeZone, issueDate, seller, billTo } = terms;
  refuseOtherLines(terms, draft.chunks);
  const billed = draft.chunks.flatMap(allLines);
  const taxed = taxedInvoice(billed, terms, account);
  const { lines, subtotal, tax, total, taxes, taxation } = taxed;
  const nets = netLines(
    billed,
    lines.map(({ amount }) => amount.minor),
  );
  const revenue = invoicedRevenue(nets, account, { day: issueDate, currency });
  const available = availableBalance(account.book, 'customer_credit', currency);
  const fromWallets = paidFromWallets(
    {
      invoiceId: draft.id,
      currency,
      lines: lines.map((line, index) => ({ line, gross: taxed.gross[index]! })),
      issueDate,
      now: terms.now,
    },
    account,
  );
  const payable = applyCredit(total.minor - fromWallets.amount.minor, available);
  const creditApplied = money(payable.applied, currency);
  const due = money(payable.due, currency);
  const { dueOn, overdueFrom } = dueDates(issueDate, netTermsDays);
  const cause = { type: 'invoice', id: draft.id } as const;
  const credited = atLeastZero(negated(total));
  const sources = creditFrom(account.credits.values(), creditApplied);
  const appliedOn = dayOfCredit(account.credits, sources, issueDate);
  const finalized = {
    invoiceId: draft.id,
    draftRevision: draft.draftRevision,
    totals: {
      subtotal,
      tax,
      total,
      ...(fromWallets.amount.minor === 0n ? {} : { walletApplied: fromWallets.amount }),
      creditApplied,
      due,
    },
    taxes,
    ...(taxation === null ? {} : { taxation }),
    revenue,
    linesDigest: linesDigest(draft.chunks),
    issueDate,
    dueOn,
    ...(credited.minor === 0n ? { seriesId } : {}),
    seller,
    timeZone,
    personal: billTo,
    ...(due.minor === 0n ? {} : { timer: overdueTimer(draft.id, startOfDay(overdueFrom, timeZone)) }),
  };
  return [
    { type: 'InvoiceFinalized', data: finalized },
    ...transfersPosted([...revenuePostings(revenue, currency), ...topUpPostings(lines)], {
      cause,
      rule: 'invoice_finalized',
      bookedOn: issueDate,
    }),
    ...[...Map.groupBy(taxes, taxedRule)].flatMap(([rule, ofRule]) =>
      transfersPosted(ofRule.flatMap(invoiceTaxedPostings), { cause, rule, bookedOn: issueDate }),
    ),
    ...fromWallets.facts,
    ...(credited.minor === 0n
      ? []
      : [
          { type: 'CustomerCreditAdded', data: { amount: credited, cause, bookedOn: issueDate } } as const,
          ...transfersPosted(creditFromInvoicePostings(credited), {
            cause,
            rule: 'credit_from_invoice',
            bookedOn: issueDate,
          }),
          correctionOf(finalized, { lines: billed, nets: lines }, creditNoteSeriesId, account),
        ]),
    ...(creditApplied.minor === 0n
      ? []
      : [
          {
            type: 'CustomerCreditApplied',
            data: { invoiceId: draft.id, amount: creditApplied, bookedOn: appliedOn, sources },
          } as const,
          ...transfersPosted(creditAppliedPostings(creditApplied), {
            cause,
            rule: 'credit_applied',
            bookedOn: appliedOn,
          }),
        ]),
    ...(due.minor === 0n ? [{ type: 'InvoicePaid', data: { invoiceId: draft.id, paidOn: appliedOn } } as const] : []),
  ];
};
