import { afterAll, beforeAll, describe } from '@jest/globals';

import { describeAppends } from './protocol-appends.contract.js';
import { describeCheckpoints } from './protocol-checkpoints.contract.js';
import { describeDeletions } from './protocol-deletions.contract.js';
import { describeFeatures } from './protocol-features.contract.js';
import { describeLinks } from './protocol-links.contract.js';
import { describeReads } from './protocol-reads.contract.js';
import { describeRefusals } from './protocol-refusals.contract.js';
import { describeCatchUps } from './protocol-subscriptions.contract.js';
import { servers } from './servers-under.contract.js';

describe.each(servers())('the protocol on %s', (name, server) => {
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  const setting = { name, connectionString: () => server.connectionString() };
  describeFeatures(setting);
  describeAppends(setting);
  describeDeletions(setting);
  describeReads(setting);
  describeLinks(setting);
  describeCatchUps(setting);
  describeCheckpoints(setting);
  describeRefusals(setting);
});
