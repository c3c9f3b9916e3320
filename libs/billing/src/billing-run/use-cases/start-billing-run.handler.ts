import { billingRunStream } from '#contracts';
import { type AccountId, type BillingRunId, type Instant } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BillingRuns } from './billing-runs.js';
import { PreviewBilling, type BillingPreview } from './preview-billing.js';

export interface StartedRun {
  readonly runId: BillingRunId;
  readonly billThrough: Instant;
  readonly startedAt: Instant;
  /** Of a dry run: what it would come to. */
  readonly preview: BillingPreview | null;
}

export class StartBillingRun extends Command<Executed<StartedRun>> {
  constructor(
    readonly envelope: Envelope,
    readonly billThrough: Instant,
    readonly accounts?: readonly AccountId[],
  ) {
    super();
  }
}

@CommandHandler(StartBillingRun)
export class StartBillingRunHandler implements ICommandHandler<StartBillingRun> {
  constructor(
    private readonly runs: BillingRuns,
    private readonly previews: PreviewBilling,
  ) {}

  async execute({ envelope, billThrough, accounts }: StartBillingRun): Promise<Executed<StartedRun>> {
    const runId = createdId('run', envelope);
    const started = await this.runs.execute(
      billingRunStream(envelope.tenantId, runId),
      envelope,
      { type: 'StartBillingRun', runId, billThrough, ...(accounts === undefined ? {} : { accounts }) },
      ({ state }) => ({ runId, billThrough: state.started!.billThrough, startedAt: state.startedAt!, preview: null }),
    );
    if (envelope.dryRun !== true) return started;
    const preview = await this.previews.of(envelope, runId, billThrough, accounts);
    return { ...started, answer: { ...started.answer, preview }, position: preview.position };
  }
}
