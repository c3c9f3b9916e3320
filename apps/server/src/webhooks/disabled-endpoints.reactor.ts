import { ChangeWebhooks, type DisabledCause } from '#billing/webhook';
import { issuerOf, Tenants } from '#billing/tenant';
import { derivedUuid, DomainError, isPassing } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { OptionalMailer } from '../mail/optional-mailer.js';
import { Looking } from '../worker/looking.js';
import { EndpointRows, type DisabledEndpoint } from './endpoint-rows.js';

const NAME = 'send-webhooks';
const LOOK_MILLISECONDS = 5_000;

const CAUSES: Readonly<Record<DisabledCause, string>> = {
  gone: 'It answered that it is gone (410).',
  failing: 'It has taken nothing for five days.',
  operator: 'Somebody asked for it.',
};

/** Says that an endpoint was disabled: in the log, from where everybody else hears of it, and to the e-mail address of the tenant's own company. */
@Injectable()
export class DisabledEndpointsReactor {
  constructor(
    private readonly endpoints: EndpointRows,
    private readonly tenants: Tenants,
    private readonly commands: CommandBus,
    private readonly mail: OptionalMailer,
    private readonly looking: Looking,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.looking.again(() => this.tellAll(logger), {
      signal,
      logger,
      milliseconds: LOOK_MILLISECONDS,
      failure: 'That webhook endpoints were disabled is not told at the moment; it is tried again.',
    });
  }

  private async tellAll(logger: Logger): Promise<void> {
    for (const endpoint of await this.endpoints.untold()) {
      await this.tell(endpoint);
      await this.endpoints.told(endpoint);
      // The log has it; a mail that is lost is not worth a second one.
      await this.write(endpoint).catch((error: unknown) =>
        logger.warn({ err: error, endpointId: endpoint.endpointId }, 'Nobody was told by mail of a disabled webhook.'),
      );
    }
  }

  private async tell({ tenantId, endpointId, disabled, enabledTimes }: DisabledEndpoint): Promise<void> {
    const commandId = derivedUuid(NAME, 'disable', endpointId, enabledTimes);
    const envelope = {
      tenantId,
      commandId,
      requestHash: commandId,
      actor: { type: 'reactor', id: NAME },
      correlationId: commandId,
    } as const;
    try {
      await this.commands.execute(
        new ChangeWebhooks(envelope, { type: 'DisableWebhookEndpoint', endpointId, cause: disabled, enabledTimes }),
      );
    } catch (error) {
      // It is no more.
      if (!(error instanceof DomainError) || isPassing(error)) throw error;
    }
  }

  private async write({ tenantId, endpointId, disabled, enabledTimes }: DisabledEndpoint): Promise<void> {
    const terms = await this.tenants.billingTerms(tenantId);
    const { email } = issuerOf(terms, terms.entityId).seller;
    if (!this.mail.mailer || email === undefined) return;
    await this.mail.mailer.send({
      id: `${endpointId}.disabled.${enabledTimes}`,
      to: [email],
      subject: 'A webhook endpoint was disabled',
      text: `Nothing is sent to the webhook endpoint ${endpointId} any more. ${CAUSES[disabled]}\n\nWhat waits is kept. POST /v1/webhook-endpoints/${endpointId}/enable sends again, and a replay what came meanwhile.\n`,
    });
  }
}
