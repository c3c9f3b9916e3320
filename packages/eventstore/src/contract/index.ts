/** What clients of the protocol rely on, as tests for Jest that run on any server of it. */
import { describeAppends } from './appends.contract.js';
import { describeCheckpoints } from './checkpoints.contract.js';
import { describeDeletions } from './deletions.contract.js';
import { describeFeatures } from './features.contract.js';
import { describeLinks } from './links.contract.js';
import { describeReads } from './reads.contract.js';
import { describeRefusals } from './refusals.contract.js';
import { describeSessions } from './sessions.contract.js';
import { type Setting } from './setting.js';
import { describeCatchUps } from './subscriptions.contract.js';

export { type Setting };

/** Each test begins with the id of its row in the notes on the protocol. */
export const describeProtocol = (setting: Setting): void => {
  describeFeatures(setting);
  describeAppends(setting);
  describeSessions(setting);
  describeDeletions(setting);
  describeReads(setting);
  describeLinks(setting);
  describeCatchUps(setting);
  describeCheckpoints(setting);
  describeRefusals(setting);
};
