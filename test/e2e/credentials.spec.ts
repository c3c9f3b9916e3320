import { PERMISSIONS, ROLES, type Permission, type Role } from '../../apps/server/src/access/permissions.js';
import { AccessSettings } from '../../apps/server/src/access/access-settings.js';
import { metadataOf } from '#contracts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { everyEventOf } from '../replay/history.js';
import { eventually } from '../services/eventually.js';
import { isForInstallation, routes, type Route } from '../services/routes.js';
import { Stopping } from '../services/stopping.js';
import type { TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { GrpcDoorClient } from './doors/grpc-client.js';

const ISSUER = 'https://id.example.com';
const AUDIENCE = 'recount';
const SECRET = Buffer.alloc(32, 7);

const tokenFor = (tenant: string, claims: object): Promise<string> =>
  new SignJWT({ tenant, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject('ada')
    .setExpirationTime('5m')
    .sign(SECRET);

describe('credentials', () => {
  const stopping = new Stopping();
  let recount: TestRecount;

  beforeAll(async () => {
    const tokens = { issuer: ISSUER, audience: AUDIENCE, key: { kind: 'secret', secret: SECRET } } as const;
    recount = await stopping.use(
      TestRecount.start({ access: new AccessSettings(1_000_000, tokens, 1_000_000), grpc: true }),
    );
  });

  const guarded = routes().filter(({ isPublic, streams }) => !isPublic && !streams);
  const filled = ({ path }: Route): string => `/${path.replaceAll(/:\w+/g, 'x')}`;

  it('are asked for on every route but the public ones', async () => {
    for (const route of routes()) {
      for (const authorization of [
        undefined,
        'Bearer rk_unknown',
        'Basic abc',
        'Bearer',
        `Bearer ${'x'.repeat(300)}`,
      ]) {
        const answer = await recount.client
          .withKey('')
          .ask(route.method, filled(route), route.method === 'GET' ? undefined : {}, {
            headers: authorization === undefined ? {} : { authorization },
          });
        if (route.isPublic && route.path !== 'metrics') {
          expect(answer.status).toBe(200);
          continue;
        }
        expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  /** Sends each route something: whether it is let in is told before anything else. */
  const letIn = async (client: TestClient): Promise<string[]> => {
    const open = await Promise.all(
      guarded.map(async (route) => {
        const { status, body } = await client.ask(route.method, filled(route), route.method === 'GET' ? undefined : {});
        const { name, permission } = route.operation!;
        if (status === 403)
          expect(body).toMatchObject({ code: 'forbidden', detail: expect.stringContaining(permission) });
        return status === 403 ? [] : [name];
      }),
    );
    return open.flat().sort();
  };

  /** The same by gRPC, where every operation is an rpc. */
  const letInByGrpc = async ({ key }: TestClient): Promise<string[]> => {
    const door = GrpcDoorClient.connect(recount.grpcAddress, key);
    const open = await Promise.all(
      guarded.map(async ({ path, operation }) => {
        const named = Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name, 'x']));
        const { status, body } = await door.ask(operation!.name, named);
        if (status === 403) expect(body.detail).toContain(operation!.permission);
        return status === 403 ? [] : [operation!.name];
      }),
    );
    await door.stop();
    return open.flat().sort();
  };
  const namesFor = (permissions: readonly Permission[]): string[] =>
    guarded.flatMap(({ operation }) => (permissions.includes(operation!.permission) ? [operation!.name] : [])).sort();

  it.each(Object.keys(ROLES) as Role[])(
    'of the role %s open what it may, and say what is missing for the rest',
    async (role) => {
      const { tenantId } = await recount.createTenant(role);
      const holder = recount.client.withKey(await tokenFor(tenantId, { role }));
      expect(await letIn(holder)).toEqual(namesFor(ROLES[role]));
      expect(await letInByGrpc(holder)).toEqual(namesFor(ROLES[role]));
    },
  );

  it('for single permissions open what these are for', async () => {
    const { client } = await recount.createTenant('scoped');
    const { secret, scopes } = await client.create('api-keys', {
      name: 'meter',
      scopes: ['usage.write', 'usage.read'],
    });
    expect(scopes).toEqual(['usage.write', 'usage.read']);
    expect(await letIn(client.withKey(secret))).toEqual(namesFor(['usage.write', 'usage.read']));
    expect(await letInByGrpc(client.withKey(secret))).toEqual(namesFor(['usage.write', 'usage.read']));
  });

  it('are not handed out beyond what one has', async () => {
    const { client, tenantId } = await recount.createTenant('ambitious');
    const beyond = [
      { scopes: ['super_admin'] },
      { scopes: ['billing_admin', 'operations.read'] },
      { requestsPerHour: 1_000_001 },
    ];
    for (const terms of beyond) {
      expect(await client.post('api-keys', { name: 'more', ...terms })).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    }
    const issuer = client.withKey(await tokenFor(tenantId, { permissions: ['credentials.write', 'usage.read'] }));
    expect((await issuer.post('api-keys', { name: 'default' })).body.detail).toContain('catalog.read');
    expect(await issuer.create('api-keys', { name: 'less', scopes: ['usage.read'] })).toMatchObject({ revoked: false });
    expect(await recount.client.create('api-keys', { name: 'fast', requestsPerHour: 2_000_000 })).toMatchObject({
      scopes: ['billing_admin'],
      requestsPerHour: 2_000_000,
      expiresAt: null,
    });
  });

  it('issue keys that end with them, at the latest, and send no more', async () => {
    const { apiKey } = await recount.client.create('tenants', { name: 'bound', requestsPerHour: 1_000 });
    const first = recount.client.withKey(apiKey);
    const end = '2099-06-30T00:00:00Z';
    const issuer = await first.create('api-keys', { name: 'issuer', expiresAt: end, requestsPerHour: 100 });
    expect(issuer).toMatchObject({ requestsPerHour: 100, expiresAt: end, issuedBy: expect.stringMatching(/^key_/) });
    const client = first.withKey(issuer.secret);
    expect(await client.create('api-keys', { name: 'silent' })).toMatchObject({
      requestsPerHour: 100,
      expiresAt: end,
      issuedBy: issuer.id,
    });
    expect(await client.create('api-keys', { name: 'less', expiresAt: '2099-01-01T00:00:00Z' })).toMatchObject({
      expiresAt: '2099-01-01T00:00:00Z',
    });
    expect(await client.post('api-keys', { name: 'heir', expiresAt: '2099-06-30T00:00:01Z' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden', errors: [{ pointer: '/expiresAt' }] },
    });
    expect((await client.post('api-keys', { name: 'fast', requestsPerHour: 101 })).status).toBe(403);
    expect(await first.create('api-keys', { name: 'as the first' })).toMatchObject({ requestsPerHour: 1_000 });
  });

  it('give way to a successor, beside which they open for a while', async () => {
    const { client } = await recount.createTenant('rotating');
    const terms = { name: 'billing worker', scopes: ['accounts.read', 'credentials.write'], requestsPerHour: 500 };
    const former = await client.create('api-keys', terms);
    const headers = { 'idempotency-key': 'rotation-1' };
    const rotated = await client.post(`api-keys/${former.id}/rotate`, { overlapSeconds: 2 }, headers);
    expect(rotated).toMatchObject({ status: 201, body: { ...terms, expiresAt: null, replaces: former.id } });
    const again = await client.post(`api-keys/${former.id}/rotate`, { overlapSeconds: 2 }, headers);
    expect(again.body).toEqual(rotated.body);
    const successor = client.withKey(rotated.body.secret);
    expect((await successor.get('accounts')).status).toBe(200);
    const { data } = await client.read('api-keys?sort=name');
    expect(data.find(({ id }: { readonly id: string }) => id === former.id)).toMatchObject({
      replacedBy: rotated.body.id,
      expiresAt: expect.any(String),
    });
    await eventually(
      () => client.withKey(former.secret).get('accounts'),
      ({ status }) => status === 401,
      'the end of the overlap',
    );
    expect((await successor.get('accounts')).status).toBe(200);
    expect((await client.post(`api-keys/${former.id}/rotate`)).body).toMatchObject({ code: 'api_key_not_live' });
    // Who may issue keys gets none that opens more than theirs.
    const wide = await client.create('api-keys', { name: 'wide' });
    expect((await successor.post(`api-keys/${wide.id}/rotate`)).status).toBe(403);
  });

  it('take what they issued with them, where that is asked for', async () => {
    const { client } = await recount.createTenant('leaky');
    const leaked = await client.create('api-keys', { name: 'leaked' });
    const child = await client.withKey(leaked.secret).create('api-keys', { name: 'child' });
    const grandchild = await client.withKey(child.secret).create('api-keys', { name: 'grandchild' });
    const bystander = await client.create('api-keys', { name: 'bystander' });
    await client.create(`api-keys/${leaked.id}/revoke`);
    expect((await client.withKey(grandchild.secret).get('accounts')).status).toBe(200);
    await client.create(`api-keys/${leaked.id}/revoke?cascade=true`);
    for (const { secret } of [child, grandchild]) {
      await eventually(
        () => client.withKey(secret).get('accounts'),
        ({ status }) => status === 401,
        'a closed door',
      );
    }
    expect((await client.withKey(bystander.secret).get('accounts')).status).toBe(200);
    expect((await client.post(`api-keys/${leaked.id}/revoke?cascade=maybe`)).status).toBe(400);
  });

  it('of a tenant that has lost all of its own are issued by who looks after the installation', async () => {
    const { client, tenantId } = await recount.createTenant('locked out');
    const [only] = (await client.read('api-keys')).data;
    await client.create(`api-keys/${only.id}/revoke`);
    const { secret } = await recount.client.create(`tenants/${tenantId}/api-keys`, { name: 'way back' });
    expect((await client.withKey(secret).read('api-keys')).data).toHaveLength(2);
    const other = await recount.createTenant('curious');
    expect((await other.client.post(`tenants/${tenantId}/api-keys`, { name: 'mine' })).status).toBe(403);
    expect(
      (await recount.client.post('tenants/tnt_01j9zq6e4hf0fvwpn5t5jzq3cd/api-keys', { name: 'x' })).body,
    ).toMatchObject({ code: 'tenant_not_found' });
  });

  it('are of known scopes, one at least, and each once', async () => {
    const { client } = await recount.createTenant('strange');
    for (const scopes of [[], ['owner'], ['tenant'], ['usage.read', 'usage.read'], 'usage.read', [['usage.read']]]) {
      expect((await client.post('api-keys', { name: 'strange', scopes })).status).toBe(400);
    }
  });

  it('open nothing once they have expired', async () => {
    const { client } = await recount.createTenant('brief');
    const gone = { name: 'gone', expiresAt: '2026-01-01T00:00:00Z' };
    expect((await client.post('api-keys', gone)).body).toMatchObject({ code: 'expiry_in_past' });
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const { secret } = await client.create('api-keys', { name: 'brief', expiresAt });
    const holder = client.withKey(secret);
    const answers = await eventually(
      () => holder.get('accounts'),
      ({ status }) => status === 401,
      'a closed door',
    );
    expect(answers.body).toMatchObject({ code: 'unauthenticated' });
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
  });

  it('that are tokens are of a tenant that there is', async () => {
    const stranger = recount.client.withKey(await tokenFor('tnt_01j9zq6e4hf0fvwpn5t5jzq3cd', { role: 'super_admin' }));
    expect(await stranger.get('accounts')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('stand with their role in the events that they caused', async () => {
    const { client, tenantId } = await recount.createTenant('told');
    const { id: keyId, secret } = await client.create('api-keys', { name: 'narrow', scopes: ['accounts.write'] });
    const support = client.withKey(await tokenFor(tenantId, { role: 'support_rep' }));
    for (const [holder, name] of [
      [client, 'A'],
      [client.withKey(secret), 'B'],
      [support, 'C'],
    ] as const) {
      await holder.create('accounts', { name, currency: 'USD' });
    }
    const actors = [];
    for await (const event of everyEventOf(recount.store.log)) {
      const { tenantId: of, actor } = metadataOf(event);
      if (event.type === 'AccountOpened' && of === tenantId) actors.push(actor);
    }
    expect(actors).toEqual([
      { type: 'api_key', id: expect.stringMatching(/^key_/), role: 'billing_admin' },
      { type: 'api_key', id: keyId },
      { type: 'user', id: 'ada', role: 'support_rep' },
    ]);
  });

  it('open nothing once they are revoked', async () => {
    const client = await recount.manualTenant();
    const issued = await client.create('api-keys', { name: 'for a week' });
    await recount.caughtUp();
    const holder = client.withKey(issued.secret);
    expect((await holder.get('accounts')).status).toBe(200);
    expect(await holder.create(`api-keys/${issued.id}/revoke`)).toMatchObject({ revoked: true });
    await eventually(
      () => holder.get('accounts'),
      ({ status }) => status === 401,
      'a closed door',
    );
    expect((await client.get('accounts')).status).toBe(200);
  });

  it('of a suspended tenant open nothing until it is reinstated', async () => {
    const { client, tenantId } = await recount.createTenant('late payer');
    const { client: neighbour } = await recount.createTenant('neighbour');
    const holders = [client, client.withKey(await tokenFor(tenantId, { role: 'billing_admin' }))];
    for (const holder of holders) expect((await holder.get('accounts')).status).toBe(200);
    expect(await recount.client.create(`tenants/${tenantId}/suspend`, { reason: 'has not paid' })).toMatchObject({
      id: tenantId,
      name: 'late payer',
      status: 'suspended',
    });
    for (const holder of holders) {
      const refused = await eventually(
        () => holder.post('accounts', { name: 'Late', currency: 'USD' }),
        ({ status }) => status === 403,
        'a closed door',
      );
      expect(refused.body).toMatchObject({ code: 'tenant_suspended' });
      expect((await holder.get('accounts')).body).toMatchObject({ code: 'tenant_suspended' });
    }
    expect((await neighbour.get('accounts')).status).toBe(200);
    expect(await recount.client.read(`tenants/${tenantId}`)).toMatchObject({ status: 'suspended' });
    await recount.client.create(`tenants/${tenantId}/reinstate`, { reason: 'has paid' });
    for (const holder of holders) {
      await eventually(
        () => holder.get('accounts'),
        ({ status }) => status === 200,
        'an open door',
      );
    }
  });

  it('cannot suspend the tenant that they are of, nor one that is not there', async () => {
    const { data } = await recount.client.read('tenants?limit=200');
    const own = data.find(({ name }: { readonly name: string }) => name === 'First tenant');
    const reason = { reason: 'a slip' };
    expect((await recount.client.post(`tenants/${own.id}/suspend`, reason)).body).toMatchObject({ code: 'own_tenant' });
    for (const id of ['tnt_01j9zq6e4hf0fvwpn5t5jzq3cd', 'acme']) {
      expect((await recount.client.post(`tenants/${id}/suspend`, reason)).body).toMatchObject({
        code: 'tenant_not_found',
      });
    }
  });

  it('know every permission that there is', () => {
    expect(ROLES.super_admin).toEqual(PERMISSIONS);
    expect(guarded.filter(isForInstallation).length).toBeGreaterThan(0);
  });
});
