import { tenantStream } from '#contracts';
import { Clock, plusDuration } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import type { WebhookCommand } from '../webhook.commands.js';
import type { WebhookEndpoint } from '../webhook.js';

type Timed<Type extends WebhookCommand['type']> = Extract<WebhookCommand, { type: Type }>;

/** What is asked for; when that is, the handler knows. */
export type WebhookChange =
  | Exclude<WebhookCommand, { type: 'RotateWebhookSecret' | 'EnableWebhookEndpoint' }>
  | (Omit<Timed<'RotateWebhookSecret'>, 'previousUntil'> & { readonly overlapSeconds: number })
  | Omit<Timed<'EnableWebhookEndpoint'>, 'now'>;

/** Answers the endpoint as it is then; null once it is deleted. */
export class ChangeWebhooks extends Command<Executed<WebhookEndpoint | null>> {
  constructor(
    readonly envelope: Envelope,
    readonly change: WebhookChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeWebhooks)
export class ChangeWebhooksHandler implements ICommandHandler<ChangeWebhooks> {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  execute({ envelope, change }: ChangeWebhooks): Promise<Executed<WebhookEndpoint | null>> {
    return this.tenants.execute(
      tenantStream(envelope.tenantId),
      envelope,
      this.commandOf(change),
      ({ state }) => state.webhooks.live.get(change.endpointId) ?? null,
    );
  }

  private commandOf(change: WebhookChange): WebhookCommand {
    const now = this.clock.now();
    if (change.type === 'EnableWebhookEndpoint') return { ...change, now };
    if (change.type !== 'RotateWebhookSecret') return change;
    const { overlapSeconds, ...rotation } = change;
    return { ...rotation, previousUntil: plusDuration(now, { seconds: overlapSeconds }) };
  }
}
