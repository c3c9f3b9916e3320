import { Accounts } from '#billing/account';
import {
  OptionalTaxProvider,
  TaxProviderFailed,
  TaxReportRefused,
  type TaxDocumentReport,
  type TellDocument,
} from '#billing/tax';
import {
  dueReports,
  mayBeReported,
  RecordTaxReports,
  REPORTED_FACTS,
  reportOf,
  type ReportedFact,
  type TaxReportOutcome,
} from '#billing/tax-report';
import { Tenants } from '#billing/tenant';
import { accountOfStream, type Stored } from '#contracts';
import { derivedUuid, EventLog, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { EffectDeferred } from '../effects/effect-deferred.js';
import { EffectReactor, type EffectKind } from '../effects/effect-reactor.js';
import { EffectRows } from '../effects/effect-rows.js';
import { REPORT_TAXES } from '../effects/reactors.js';
import { Metrics } from '../telemetry/metrics.js';
import { Looking } from '../worker/looking.js';

type Asked = Stored<ReportedFact>;

interface Failure {
  readonly code: string;
  readonly detail: string;
}
/** Of all that was told so that the service hears of one fact; or why that was given up. */
type Outcome = { readonly reports: readonly TaxReportOutcome[] } | Failure;

/** Tells the service that says taxes which of the documents it was asked about were issued, credited and voided. */
@Injectable()
export class ReportTaxesReactor {
  constructor(
    private readonly elsewhere: OptionalTaxProvider,
    private readonly accounts: Accounts,
    private readonly tenants: Tenants,
    private readonly commands: CommandBus,
    private readonly rows: EffectRows,
    private readonly looking: Looking,
    private readonly log: EventLog,
    private readonly metrics: Metrics,
  ) {}

  /** Where the service does not want to hear of it, nobody is told. */
  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    const tell = this.elsewhere.provider?.tell;
    if (!tell) return;
    const kind: EffectKind<Outcome> = {
      name: REPORT_TAXES,
      types: REPORTED_FACTS,
      asks: (asked) => mayBeReported((asked as Asked).fact),
      act: (asked, ending) => this.report(asked as Asked, tell, ending),
      tell: (asked, outcome) => this.record(asked as Asked, outcome),
      givenUp: (failure) =>
        failure === null
          ? { code: 'outcome_unknown', detail: 'It was interrupted the last time, and perhaps taken.' }
          : { code: 'not_taken', detail: failure },
    };
    await new EffectReactor(kind, this.log, this.rows, this.looking, this.metrics).run(signal, logger);
  }

  private async report(
    { stream, metadata, fact }: Asked,
    tell: TellDocument,
    ending: AbortSignal,
  ): Promise<Outcome | undefined> {
    const tenantId = metadata.tenantId!;
    const due = await this.accounts.view(
      stream,
      (account) => (account.profile?.test === true ? [] : dueReports(fact, account, tenantId)),
      0,
    );
    // What is only tried out is nobody's tax.
    if (due.length === 0 || (await this.tenants.billingTerms(tenantId)).test !== null) return undefined;
    const reports: TaxReportOutcome[] = [];
    let refused = false;
    for (const document of due) {
      const outcome: { readonly reference: string } | Failure = refused
        ? UNKNOWN_TO_IT
        : await told(document, tell, ending);
      refused ||= 'code' in outcome;
      reports.push({ ...namedIn(document), ...outcome });
    }
    return { reports };
  }

  private async record({ id, stream, metadata, fact }: Asked, outcome: Outcome): Promise<void> {
    const commandId = derivedUuid(REPORT_TAXES, id);
    const envelope = {
      tenantId: metadata.tenantId as TenantId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: REPORT_TAXES },
      correlationId: metadata.correlationId,
      causationId: id,
    } as const;
    const reports = 'reports' in outcome ? outcome.reports : [{ ...reportOf(fact), ...outcome }];
    await this.commands.execute(new RecordTaxReports(envelope, accountOfStream(stream), reports));
  }
}

const UNKNOWN_TO_IT: Failure = { code: 'not_taken_before', detail: 'The service did not take what this follows from.' };

/** @throws EffectDeferred where it may still be taken */
const told = async (
  document: TaxDocumentReport,
  tell: TellDocument,
  ending: AbortSignal,
): Promise<{ readonly reference: string } | Failure> => {
  try {
    const { reference } = await tell(document, ending);
    return { reference };
  } catch (error) {
    if (error instanceof TaxReportRefused) return { code: 'refused', detail: error.message };
    throw error instanceof TaxProviderFailed ? new EffectDeferred(error.message) : error;
  }
};

const namedIn = ({ invoiceId, creditNoteId, report }: TaxDocumentReport) => ({
  invoiceId,
  ...(creditNoteId === undefined ? {} : { creditNoteId }),
  report,
});
