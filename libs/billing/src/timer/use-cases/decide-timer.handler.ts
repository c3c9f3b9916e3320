import { tenantStream } from '#contracts';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import type { TimerCommand } from '../timer-decisions.js';

/** Puts down what somebody decided about a timer, and why. */
export class DecideTimer extends Command<Executed<null>> {
  constructor(
    readonly envelope: Envelope,
    readonly command: TimerCommand,
  ) {
    super();
  }
}

@CommandHandler(DecideTimer)
export class DecideTimerHandler implements ICommandHandler<DecideTimer> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, command }: DecideTimer): Promise<Executed<null>> {
    return this.tenants.execute(tenantStream(envelope.tenantId), envelope, command, () => null);
  }
}
