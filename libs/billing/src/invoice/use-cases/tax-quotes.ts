import { accountStream, type TaxFailure } from '#contracts';
import { refuse, type AccountId, type InvoiceId, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { openProfile } from '../../account/profile.decider.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { taxClassOf } from '../../tax/tax-class.js';
import type { TaxQuote } from '../../tax/tax-terms.js';
import { OptionalTaxProvider, TaxProviderFailed, type TaxableDocument } from '../../tax/ports/tax-provider.js';
import type { IssueTerms } from '../invoice.commands.js';
import { allLines } from '../invoice.js';
import { isSold, subjectsAmong } from '../invoice-line.js';
import { linesDigest, type LinesChunk } from '../line-chunks.js';
import { asksElsewhere, servedOn } from '../treated-lines.js';

/** Terms to issue a document with: none where a service elsewhere said nothing and the tenant wants it to wait. */
export interface QuotedTerms {
  readonly terms: IssueTerms | null;
  /** Why it said nothing. */
  readonly failure: TaxFailure | null;
}

/** Asks a service elsewhere what documents bear, where that is how a tenant charges tax. */
@Injectable()
export class TaxQuotes {
  constructor(
    private readonly accounts: Accounts,
    private readonly elsewhere: OptionalTaxProvider,
  ) {}

  async of(
    tenantId: TenantId,
    accountId: AccountId,
    { invoiceId, chunks }: { readonly invoiceId: InvoiceId; readonly chunks: readonly LinesChunk[] },
    terms: IssueTerms,
  ): Promise<QuotedTerms> {
    const { settings } = terms.tax;
    const stream = accountStream(tenantId, accountId);
    const asked = await this.accounts.view(stream, (account) => {
      const { currency, taxStatus } = openProfile(account);
      return asksElsewhere(settings, account) && { currency, exempt: taxStatus === 'exempt' };
    });
    if (asked === false) return { terms, failure: null };
    const saying = (quote: TaxQuote): IssueTerms => ({ ...terms, tax: { ...terms.tax, quote } });
    try {
      const { provider } = this.elsewhere;
      if (provider === null) throw new TaxProviderFailed('unavailable', 'The installation has no tax provider.');
      const document = documentOf(tenantId, invoiceId, chunks, terms, asked);
      const quoted = await provider.quote(document);
      return { terms: saying({ ...quoted, linesDigest: linesDigest(chunks) }), failure: null };
    } catch (error) {
      if (!(error instanceof TaxProviderFailed)) throw error;
      const { failure } = error;
      const { onOutage = 'wait' } = settings;
      return { terms: onOutage === 'wait' ? null : saying({ fallback: onOutage, failure }), failure };
    }
  }

  /** For who waits for an answer. @throws DomainError `tax_provider_failed` */
  async needed(
    tenantId: TenantId,
    accountId: AccountId,
    draft: Parameters<TaxQuotes['of']>[2],
    terms: IssueTerms,
  ): Promise<IssueTerms> {
    const { terms: quoted, failure } = await this.of(tenantId, accountId, draft, terms);
    return (
      quoted ??
      refuse(
        'tax_provider_failed',
        `The service that says what taxes it bears does not answer (${failure}): try again later.`,
        'unavailable',
      )
    );
  }
}

const documentOf = (
  tenantId: TenantId,
  documentId: InvoiceId,
  chunks: readonly LinesChunk[],
  { tax, issueDate }: IssueTerms,
  { currency, exempt }: { readonly currency: string; readonly exempt: boolean },
): TaxableDocument => {
  const { country, region, prices } = tax.settings;
  const lines = chunks.flatMap(allLines).filter(isSold);
  const servedBy = subjectsAmong(lines);
  return {
    tenantId,
    documentId,
    currency,
    issueDate,
    prices,
    seller: { ...(country === undefined ? {} : { country }), ...(region === undefined ? {} : { region }) },
    buyer: { ...tax.buyer, exempt, ...(tax.address === undefined ? {} : { address: tax.address }) },
    lines: lines.map((line) => {
      const served = servedBy(line);
      return {
        id: line.lineId,
        amount: line.amount,
        taxClass: taxClassOf(line),
        servedOn: served.kind === 'one_off' ? issueDate : servedOn(served),
      };
    }),
  };
};
