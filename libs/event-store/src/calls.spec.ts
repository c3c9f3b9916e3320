import { describe, expect, it } from '@jest/globals';

import { openCall } from './calls.js';
import { NotByChannel } from './channel/surprise.js';
import { type Lease } from './connection.js';

describe('a call', () => {
  it('that was closed before the channel could not open it is not opened by the package', async () => {
    const connecting = Promise.withResolvers<never>();
    let byPackage = 0;
    const lease = {
      reads: { isUsable: true, open: () => connecting.promise },
      client: {
        readStream: () => {
          byPackage += 1;
          throw new Error('The client is disposed of.');
        },
      },
    } as unknown as Lease;
    const request = { kind: 'stream', stream: 'a', direction: 'forward', from: undefined, limit: undefined } as const;
    const call = openCall(lease, request, () => true);
    call.close();
    connecting.reject(new NotByChannel('There is no connection.'));
    await expect(call.inbox.take()).rejects.toBeInstanceOf(NotByChannel);
    expect(byPackage).toBe(0);
  });
});
