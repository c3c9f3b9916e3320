import { beforeAll, describe, expect, it } from '@jest/globals';
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

  it('need a server that answers', async () => {
    await expect(Messages.connect('nats://127.0.0.1:1')).rejects.toThrow();
  });
});
