import type { WebhookTerms } from '#contracts';
import { anId, at, ENTITY, givenFor, SERIES, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { TenantCommand } from '../tenant/tenant.commands.js';
import { tenantDecider } from '../tenant/tenant.decider.js';
import type { WebhookCommand } from './webhook.commands.js';
import { signingSecrets } from './webhook.js';

const NOW = at('2026-01-15T12:00:00Z');
const CREATE: TenantCommand = {
  type: 'CreateTenant',
  usageShards: 16,
  tenantId: TENANT,
  name: 'Acme',
  entityId: ENTITY,
  seriesId: SERIES,
  timeZone: 'UTC',
  firstKey: { keyId: anId('key'), name: 'Key', hash: 'a'.repeat(64), scopes: ['billing_admin'] },
};
const terms: WebhookTerms = {
  url: { keyId: 'k', iv: 'aXY=', ciphertext: 'YQ==' },
  urlDigest: 'b'.repeat(64),
  eventTypes: ['invoice.*'],
  accountIds: [],
  ordering: 'account',
  format: 'full',
};
const [endpointId, secretId, second] = [anId('whe'), anId('whs'), anId('whs', 2)] as const;
const create: WebhookCommand = { type: 'CreateWebhookEndpoint', endpointId, secretId, terms };
const disable: WebhookCommand = { type: 'DisableWebhookEndpoint', endpointId, cause: 'operator' };
const enable: WebhookCommand = { type: 'EnableWebhookEndpoint', endpointId, now: NOW };
const remove: WebhookCommand = { type: 'DeleteWebhookEndpoint', endpointId };
const change = (changed: Partial<WebhookTerms>): WebhookCommand => ({
  type: 'ChangeWebhookEndpoint',
  endpointId,
  change: changed,
});
const rotate: WebhookCommand = {
  type: 'RotateWebhookSecret',
  endpointId,
  secretId: second,
  previousUntil: at('2026-01-16T12:00:00Z'),
};
const given = (...before: WebhookCommand[]) => givenFor(tenantDecider)().after(CREATE, ...before);
const disabled = (cause: 'operator' | 'failing' | 'gone', enabledTimes = 0) =>
  ({ type: 'WebhookEndpointDisabled', data: { endpointId, cause, enabledTimes } }) as const;

describe('a webhook endpoint', () => {
  it('is created once, of twenty at most', () => {
    given()
      .when(create)
      .then({ type: 'WebhookEndpointCreated', data: { endpointId, secretId, ...terms } });
    given(create).when(create).thenNothing();
    const twenty = Array.from({ length: 20 }, (_, number) => ({ ...create, endpointId: anId('whe', number + 1) }));
    given(...twenty)
      .when({ ...create, endpointId: anId('whe', 21) })
      .thenRefused('too_many_webhook_endpoints');
    given(...twenty, { ...remove, endpointId: anId('whe', 3) })
      .when({ ...create, endpointId: anId('whe', 21) })
      .then({ type: 'WebhookEndpointCreated', data: { endpointId: anId('whe', 21), secretId, ...terms } });
  });

  it('is changed as a whole, and not by the same URL sealed once more', () => {
    given(create)
      .when(change({ format: 'thin' }))
      .then({ type: 'WebhookEndpointChanged', data: { endpointId, ...terms, format: 'thin' } });
    const sealedAgain = { ...terms.url, iv: 'aXc=' };
    given(create)
      .when(change({ url: sealedAgain, urlDigest: terms.urlDigest }))
      .thenNothing();
    const other = { url: sealedAgain, urlDigest: 'c'.repeat(64) };
    given(create)
      .when(change(other))
      .then({ type: 'WebhookEndpointChanged', data: { endpointId, ...terms, ...other } });
    given()
      .when(change({ format: 'thin' }))
      .thenRefused('webhook_endpoint_not_found');
  });

  it('has another secret once, and for a while the one before, too', () => {
    given(create)
      .when(rotate)
      .then({
        type: 'WebhookSecretRotated',
        data: { endpointId, secretId: second, previousUntil: at('2026-01-16T12:00:00Z') },
      });
    given(create, rotate).when(rotate).thenNothing();
    const endpoint = { secretId: second, previousSecret: { secretId, until: at('2026-01-16T12:00:00Z') } };
    expect(signingSecrets(endpoint, at('2026-01-16T11:59:59.999Z'))).toEqual([second, secretId]);
    expect(signingSecrets(endpoint, at('2026-01-16T12:00:00Z'))).toEqual([second]);
  });

  it('is disabled and enabled, each once', () => {
    given(create).when(disable).then(disabled('operator'));
    given(create, disable).when(disable).thenNothing();
    given(create, disable).when(enable).then({ type: 'WebhookEndpointEnabled', data: { endpointId } });
    given(create).when(enable).thenNothing();
  });

  it('is not disabled by what was found out before somebody enabled it', () => {
    const found = (enabledTimes: number): WebhookCommand => ({ ...disable, cause: 'failing', enabledTimes });
    given(create, disable, enable).when(found(0)).thenNothing();
    given(create, disable, enable).when(found(1)).then(disabled('failing', 1));
  });

  it('is not enabled again and again', () => {
    const later: WebhookCommand = { ...enable, now: at('2026-01-01T00:00:30Z') };
    given(create, disable, enable, disable).when(later).thenRefused('webhook_endpoint_enabled_recently');
    given(create, disable, enable, disable)
      .when({ ...enable, now: at('2099-01-01T00:00:00Z') })
      .then({ type: 'WebhookEndpointEnabled', data: { endpointId } });
  });

  it('is deleted once', () => {
    given(create).when(remove).then({ type: 'WebhookEndpointDeleted', data: { endpointId } });
    given(create, remove).when(remove).thenNothing();
    given(create, remove).when(create).thenNothing();
    given().when(remove).thenRefused('webhook_endpoint_not_found');
    given(create, remove).when(enable).thenRefused('webhook_endpoint_not_found');
  });
});
