import { describe, expect, it } from '@jest/globals';

import { failureLine } from './failure-line.js';
import { FolderInUse } from './folder-lock.js';

const WHERE = { folder: '/var/lib/events', host: '127.0.0.1', port: 2113, isDiskFull: () => false };

describe('a failure is told in one line', () => {
  it.each([
    [new FolderInUse('The folder /var/lib/events is in use by another event store.'), 'in use by another event store'],
    [
      Object.assign(new Error('write'), { code: 'ENOSPC' }),
      'Disk full: the event store cannot write to /var/lib/events.',
    ],
    [new Error('No space left on device'), 'Disk full'],
    [
      new Error('No address added [listen EADDRINUSE: address already in use 127.0.0.1:2113]'),
      'Port 2113 on 127.0.0.1 is taken',
    ],
    [
      new Error('No address added [listen EACCES: permission denied 127.0.0.1:80]'),
      'No permission to listen on port 2113',
    ],
    [Object.assign(new Error('mkdir'), { code: 'EACCES' }), 'No permission to read and write /var/lib/events.'],
    [
      new Error('Input/output error\n    at somewhere'),
      'The event store in /var/lib/events failed: Input/output error',
    ],
    ['odd', 'The event store in /var/lib/events failed: odd'],
  ])('%s', (error, line) => {
    expect(failureLine(error, WHERE)).toContain(line);
    expect(failureLine(error, WHERE)).not.toContain('\n');
  });

  it('an I/O error of a disk that is full', () => {
    const line = failureLine(new Error('Input/output error'), { ...WHERE, isDiskFull: () => true });
    expect(line).toBe('Disk full: the event store cannot write to /var/lib/events.');
  });
});
