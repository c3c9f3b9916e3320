import { EventLogDenied } from '#kernel';
import { InMemoryEventLog } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { StartRefused } from './embedded/data-folder.js';
import { refuseWithoutRights } from './log-rights.js';

/** What a server answers to a user who may do none of it. */
class DeniedEventLog extends InMemoryEventLog {
  override readAll(): never {
    throw new EventLogDenied('The event log could not be read: access-denied');
  }

  override append(): Promise<never> {
    return Promise.reject(new EventLogDenied('An append could not be sent: access-denied'));
  }
}

describe('a start', () => {
  it('goes on where every right is there', () =>
    expect(refuseWithoutRights(new InMemoryEventLog())).resolves.toBeUndefined());

  it('is refused with a line for each right that is lacking, and what to do', async () => {
    const refusal: unknown = await refuseWithoutRights(new DeniedEventLog()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartRefused);
    expect((refusal as Error).message.split('\n')).toEqual([
      expect.stringMatching(/may not read \$all.*"\$acl"\."\$r" of the metadata of \$all.*docs\/security\.md/u),
      expect.stringMatching(/may not append to streams.*"\$w" of the stream \$settings/u),
    ]);
  });
});
