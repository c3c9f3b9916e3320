import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/services/eventually.js';
import { Relay } from '../../../test/services/relay.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestNats } from '../../../test/services/test-nats.js';
import { Messages } from './messages.js';

describe('messages', () => {
  const stopping = new Stopping();
  let nats: TestNats;

  beforeAll(async () => {
    nats = await stopping.use(TestNats.start());
  });

  it('are healthy while the server answers, and not afterwards', async () => {
    const messages = await Messages.connect(nats.url);
    await expect(messages.checkHealth()).resolves.toBeUndefined();
    await nats.stop();
    await expect(messages.checkHealth()).rejects.toThrow();
    await messages.close();
  });

  it('find a server again that fell silent on every connection', async () => {
    const server = await stopping.use(TestNats.start());
    const relay = await stopping.use(Relay.before(Number(new URL(server.url).port)));
    const messages = await Messages.connect(relay.of(server.url), { beatMilliseconds: 200 });
    relay.fallSilent('loses');
    await expect(messages.checkHealth()).rejects.toThrow();
    relay.goOn();
    const isWell = (): Promise<boolean> =>
      messages.checkHealth().then(
        () => true,
        () => false,
      );
    await eventually(isWell, (well) => well, 'an answer', 20_000);
    relay.fallSilent('loses');
    await messages.close();
  }, 60_000);

  it('need a server that answers', async () => {
    await expect(Messages.connect('nats://127.0.0.1:1')).rejects.toThrow();
  });
});
