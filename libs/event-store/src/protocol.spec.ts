import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeProtocol } from '@recount/eventstore/contract';

import { servers } from './servers-under.contract.js';

describe.each(servers())('the protocol on %s', (name, server) => {
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  describeProtocol({ name, connectionString: () => server.connectionString() });
});
