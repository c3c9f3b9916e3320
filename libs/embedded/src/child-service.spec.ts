import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { ChildService, ChildServiceFailed } from './child-service.js';

const BUILT = fileURLToPath(new URL('../../../dist/libs/embedded/src/index.js', import.meta.url));

/** Children by what they do; each is a module of its own. */
const CHILDREN = {
  obedient: `
    process.on('SIGTERM', () => {});
    process.on('disconnect', () => process.exit(0));
    process.send({ ready: true, port: Number(process.argv[2]) });`,
  deaf: `
    process.send({ ready: true, port: 1 });
    process.on('disconnect', () => {});
    setInterval(() => {}, 1000);`,
  failing: `process.send({ failed: 'The folder is in use.' }, () => process.exit(1));`,
  silent: `process.exit(3);`,
  hanging: `setInterval(() => {}, 1000);`,
  failingLater: `
    process.send({ ready: true, port: 1 });
    process.on('message', () => {});
    setTimeout(() => process.send({ failed: 'Disk full.' }, () => process.exit(1)), 20);`,
  parent: `
    const { ChildService } = await import(${JSON.stringify(pathToFileURL(BUILT).href)});
    const child = await ChildService.start({ file: process.argv[2] });
    console.log(child.pid);
    setInterval(() => {}, 1000);`,
};

describe('a child service', () => {
  let folder: string;
  const file = (child: keyof typeof CHILDREN): string => join(folder, `${child}.mjs`);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'recount-child-'));
    for (const [child, source] of Object.entries(CHILDREN)) writeFileSync(join(folder, `${child}.mjs`), source);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('tells its port when it serves, and stops when it is told to', async () => {
    const child = await ChildService.start({ file: file('obedient'), args: ['4711'] });
    expect(child.port).toBe(4711);
    await expect(child.stop()).resolves.toEqual({ code: 0, signal: null, failure: undefined });
    await expect(child.stop()).resolves.toMatchObject({ code: 0 });
  });

  it('can be killed', async () => {
    const child = await ChildService.start({ file: file('obedient') });
    await expect(child.kill()).resolves.toMatchObject({ signal: 'SIGKILL' });
  });

  it('is killed when it does not stop', async () => {
    const child = await ChildService.start({ file: file('deaf'), stopsWithinMs: 200 });
    await expect(child.stop()).resolves.toMatchObject({ signal: 'SIGKILL' });
  });

  it('says in its own words why it does not serve', async () => {
    await expect(ChildService.start({ file: file('failing') })).rejects.toThrow(
      new ChildServiceFailed('The folder is in use.'),
    );
  });

  it('is known to have ended without a word', async () => {
    await expect(ChildService.start({ file: file('silent') })).rejects.toThrow(
      /ended before it was ready \(exit code 3\)/u,
    );
  });

  it('is not awaited for ever', async () => {
    const starting = ChildService.start({ file: file('hanging'), readyWithinMs: 300 });
    await expect(starting).rejects.toThrow(/not ready within 300 ms/u);
  });

  it('tells why it ended later', async () => {
    const child = await ChildService.start({ file: file('failingLater') });
    await expect(child.exited).resolves.toEqual({ code: 1, signal: null, failure: 'Disk full.' });
  });

  it('does not outlive a parent that is killed', async () => {
    const parent = spawn(process.execPath, [file('parent'), file('obedient')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = Number(line.toString());
    parent.kill('SIGKILL');
    await once(parent, 'close');
    await expect(ended(child)).resolves.toBe(true);
  });
});

const ended = async (pid: number): Promise<boolean> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
};
