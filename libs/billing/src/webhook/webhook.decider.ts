import type { WebhookFact, WebhookTerms } from '#contracts';
import { isBefore, isSame, plusDuration, refuse, type Instant } from '#kernel';
import type { WebhookCommand } from './webhook.commands.js';
import { endpointIn, type WebhookEndpoint, type WebhookEndpoints } from './webhook.js';

/** Each public event is looked at for each of them. */
export const WEBHOOK_ENDPOINTS_MAX = 20;
/** Who enables in a loop what does not work is slowed down. */
const ENABLED_AGAIN_SECONDS = 60;

const COMMANDS: ReadonlySet<string> = new Set<WebhookCommand['type']>([
  'CreateWebhookEndpoint',
  'ChangeWebhookEndpoint',
  'RotateWebhookSecret',
  'DisableWebhookEndpoint',
  'EnableWebhookEndpoint',
  'DeleteWebhookEndpoint',
]);

export const isWebhookCommand = <Command extends { readonly type: string }>(
  command: Command,
): command is Extract<Command, WebhookCommand> => COMMANDS.has(command.type);

export const decideWebhook = (
  command: WebhookCommand,
  { live: endpoints, deleted }: WebhookEndpoints,
): readonly WebhookFact[] => {
  const { endpointId } = command;
  switch (command.type) {
    case 'CreateWebhookEndpoint':
      if (endpoints.has(endpointId) || deleted.has(endpointId)) return [];
      if (endpoints.size >= WEBHOOK_ENDPOINTS_MAX)
        return refuse('too_many_webhook_endpoints', `A tenant has ${WEBHOOK_ENDPOINTS_MAX} webhook endpoints at most.`);
      return [{ type: 'WebhookEndpointCreated', data: { endpointId, secretId: command.secretId, ...command.terms } }];
    case 'ChangeWebhookEndpoint':
      return changed(endpointIn(endpoints, endpointId), command.change);
    case 'RotateWebhookSecret': {
      const { secretId, previousUntil } = command;
      if (endpointIn(endpoints, endpointId).secretId === secretId) return [];
      return [{ type: 'WebhookSecretRotated', data: { endpointId, secretId, previousUntil } }];
    }
    case 'DisableWebhookEndpoint': {
      const { disabled, enabledTimes } = endpointIn(endpoints, endpointId);
      if (disabled !== null || (command.enabledTimes ?? enabledTimes) !== enabledTimes) return [];
      return [{ type: 'WebhookEndpointDisabled', data: { endpointId, cause: command.cause, enabledTimes } }];
    }
    case 'EnableWebhookEndpoint':
      return enabled(endpointIn(endpoints, endpointId), command.now);
    case 'DeleteWebhookEndpoint':
      if (deleted.has(endpointId)) return [];
      endpointIn(endpoints, endpointId);
      return [{ type: 'WebhookEndpointDeleted', data: { endpointId } }];
  }
};

export const evolveWebhooks = (
  { live: endpoints, deleted }: WebhookEndpoints,
  { type, data }: WebhookFact,
  recordedAt: Instant,
): void => {
  if (type === 'WebhookEndpointCreated') {
    const begun = { previousSecret: null, disabled: null, enabledTimes: 0, enabledAt: null };
    endpoints.set(data.endpointId, { ...data, ...begun, createdAt: recordedAt });
    return;
  }
  if (type === 'WebhookEndpointDeleted') {
    endpoints.delete(data.endpointId);
    deleted.add(data.endpointId);
    return;
  }
  const endpoint = endpoints.get(data.endpointId)!;
  endpoints.set(data.endpointId, evolved(endpoint, { type, data } as ChangingFact, recordedAt));
};

type ChangingFact = Exclude<WebhookFact, { type: 'WebhookEndpointCreated' | 'WebhookEndpointDeleted' }>;

const evolved = (endpoint: WebhookEndpoint, { type, data }: ChangingFact, at: Instant): WebhookEndpoint => {
  switch (type) {
    case 'WebhookEndpointChanged': {
      const { description: _, ...kept } = endpoint;
      return { ...kept, ...data };
    }
    case 'WebhookSecretRotated':
      return {
        ...endpoint,
        secretId: data.secretId,
        previousSecret: { secretId: endpoint.secretId, until: data.previousUntil },
      };
    case 'WebhookEndpointDisabled':
      return { ...endpoint, disabled: { cause: data.cause, at } };
    case 'WebhookEndpointEnabled':
      return { ...endpoint, disabled: null, enabledTimes: endpoint.enabledTimes + 1, enabledAt: at };
  }
};

const termsOf = ({
  url,
  urlDigest,
  eventTypes,
  accountIds,
  ordering,
  format,
  description,
}: WebhookTerms): WebhookTerms => ({
  url,
  urlDigest,
  eventTypes,
  accountIds,
  ordering,
  format,
  ...(description === undefined ? {} : { description }),
});

const changed = (endpoint: WebhookEndpoint, change: Partial<WebhookTerms>): readonly WebhookFact[] => {
  const before = termsOf(endpoint);
  const next = { ...before, ...change };
  // Sealed twice, the same URL is another text.
  const terms = next.urlDigest === before.urlDigest ? { ...next, url: before.url } : next;
  const { endpointId } = endpoint;
  return isSame(terms, before) ? [] : [{ type: 'WebhookEndpointChanged', data: { endpointId, ...terms } }];
};

const enabled = ({ endpointId, disabled, enabledAt }: WebhookEndpoint, now: Instant): readonly WebhookFact[] => {
  if (disabled === null) return [];
  if (enabledAt !== null && isBefore(now, plusDuration(enabledAt, { seconds: ENABLED_AGAIN_SECONDS })))
    return refuse(
      'webhook_endpoint_enabled_recently',
      `An endpoint is enabled once in ${ENABLED_AGAIN_SECONDS} seconds at most: the last time was ${enabledAt}.`,
      'conflict',
    );
  return [{ type: 'WebhookEndpointEnabled', data: { endpointId } }];
};
