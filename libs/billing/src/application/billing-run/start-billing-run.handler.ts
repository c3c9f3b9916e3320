import { billingRunStream } from '#contracts';
import { type AccountId, type BillingRunId, type Instant } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BillingRuns } from '../billing-runs.js';

export interface StartedRun {
  readonly runId: BillingRunId;
  readonly billThrough: Instant;
  readonly startedAt: Instant;
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
  constructor(private readonly runs: BillingRuns) {}

  execute({ envelope, billThrough, accounts }: StartBillingRun): Promise<Executed<StartedRun>> {
    const runId = createdId('run', envelope);
    return this.runs.execute(
      billingRunStream(envelope.tenantId, runId),
      envelope,
      { type: 'StartBillingRun', runId, billThrough, ...(accounts === undefined ? {} : { accounts }) },
      ({ state }) => ({ runId, billThrough: state.started!.billThrough, startedAt: state.startedAt! }),
    );
  }
}
