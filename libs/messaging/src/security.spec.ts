import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUser } from '@nats-io/nkeys';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfiguredNats } from '../../../test/services/configured-nats.js';
import { Stopping } from '../../../test/services/stopping.js';
import { Messages, type NatsSettings } from './messages.js';

const certificate = (name: string): string => join('test/services/certificates', `${name}.pem`);

const healthy = async (url: string, settings?: NatsSettings): Promise<void> => {
  const messages = await Messages.connect(url, settings);
  await messages.checkHealth();
  await messages.close();
};

describe('messages', () => {
  const stopping = new Stopping();
  const folder = mkdtempSync(join(tmpdir(), 'recount-spec-credentials-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  it('come in by a token that stands alone in the URL', async () => {
    const { address } = await stopping.use(ConfiguredNats.start('authorization { token: "let/me in" }'));
    await healthy(`nats://let%2Fme%20in@${address}`);
    await expect(healthy(`nats://other@${address}`)).rejects.toThrow('Authorization Violation');
    await expect(healthy(`nats://${address}`)).rejects.toThrow('Authorization Violation');
  });

  it('come in by a password that looks like a port', async () => {
    const { address } = await stopping.use(
      ConfiguredNats.start('authorization { user: "recount", password: "4711-abc" }'),
    );
    await healthy(`nats://recount:4711-abc@${address}`);
  });

  it('come in by a file of credentials', async () => {
    const [user, other] = [createUser(), createUser()];
    const { address } = await stopping.use(
      ConfiguredNats.start(`authorization { users: [{ nkey: ${user.getPublicKey()} }] }`),
    );
    const fileOf = (key: typeof user): string => {
      const file = join(folder, `${key.getPublicKey()}.creds`);
      const seed = new TextDecoder().decode(key.getSeed());
      // As nsc writes them; without an operator, the server goes by the key alone.
      writeFileSync(
        file,
        `-----BEGIN NATS USER JWT-----\ne30.e30.e30\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
      );
      return file;
    };
    await healthy(`nats://${address}`, { credentialsFile: fileOf(user) });
    await expect(healthy(`nats://${address}`, { credentialsFile: fileOf(other) })).rejects.toThrow(
      'Authorization Violation',
    );
  });

  describe('by TLS', () => {
    const caFile = certificate('ca');
    let address: string;

    beforeAll(async () => {
      const tls = `{ cert_file: "${certificate('server')}", key_file: "${certificate('server-key')}", ca_file: "${caFile}", verify: true }`;
      ({ address } = await stopping.use(ConfiguredNats.start(`tls ${tls}`)));
    });

    it('show who they are, to whom they know', async () => {
      const mine = { certFile: certificate('client'), keyFile: certificate('client-key') };
      await healthy(`tls://${address}`, { caFile, ...mine });
      await expect(healthy(`tls://${address}`, mine)).rejects.toThrow(/self-signed|unable to verify/i);
      await expect(healthy(`tls://${address}`, { caFile })).rejects.toThrow();
    });

    it('go nowhere in plain text', async () => {
      const { address: plain } = await stopping.use(ConfiguredNats.start(''));
      await healthy(`nats://${plain}`);
      await expect(healthy(`tls://${plain}`)).rejects.toThrow("does not support 'tls'");
      await expect(healthy(`nats://${plain}`, { caFile })).rejects.toThrow("does not support 'tls'");
    });
  });
});
