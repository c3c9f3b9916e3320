import { describe, expect, it } from '@jest/globals';
import { lineOf } from './log-rights.js';

describe('a right that the user of the event store lacks', () => {
  it('is named with what to do', () => {
    expect(lineOf('read_all')).toMatch(
      /may not read \$all.*"\$acl"\."\$r" of the metadata of \$all.*docs\/security\.md/u,
    );
    expect(lineOf('append')).toMatch(/may not append to streams.*"\$w" of the stream \$settings/u);
  });
});
