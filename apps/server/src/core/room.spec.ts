import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EventLogFull, EventLogUnavailable, type EventLog } from '#kernel';
import { Reserve } from './reserve.js';
import { Room, RoomyEventLog } from './room.js';

const logThat = (append: () => Promise<never>): EventLog => ({ append }) as unknown as EventLog;

describe('room', () => {
  it('is there where the folder has some, of which a part is held back, and where there is no folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'recount-room-'));
    const room = new Room(folder);
    expect(room.isFull).toBe(false);
    expect(statSync(join(folder, 'reserve')).size).toBe(Reserve.BYTES);
    room.onModuleDestroy();
    new Reserve(folder).release();
    expect(existsSync(join(folder, 'reserve'))).toBe(false);
    rmSync(folder, { recursive: true });
    expect(new Room().isFull).toBe(false);
  });

  it('is none where a log that is elsewhere has none, until it takes something again', async () => {
    const room = new Room();
    const full = new RoomyEventLog(
      logThat(() => Promise.reject(new EventLogFull('Full.'))),
      room,
    );
    await expect(full.append('s', [], 'any')).rejects.toThrow('Full.');
    expect(room.isFull).toBe(true);
    room.taken();
    expect(room.isFull).toBe(false);
  });

  it('is not doubted because a log is away', async () => {
    const room = new Room();
    const away = new RoomyEventLog(
      logThat(() => Promise.reject(new EventLogUnavailable('Away.'))),
      room,
    );
    await expect(away.append('s', [], 'any')).rejects.toThrow('Away.');
    expect(room.isFull).toBe(false);
  });
});
