import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '#client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { importUsage } from '../../apps/cli/src/usage-import.command.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { openAccount, withCatalog } from './samples.js';

describe('usage in a CSV file', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;
  let folder: string;
  let said: string[];

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    account = await openAccount(client, { externalId: 'ada' });
    folder = await mkdtemp(join(tmpdir(), 'usage-import-'));
  });

  beforeEach(() => {
    said = [];
    jest.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });

  const imported = async (file: string, options: object = {}): Promise<string> => {
    said = [];
    await importUsage(new ApiClient(client.url, client.key), file, {
      columns: {},
      constants: {},
      rejects: `${file}.rejected.csv`,
      delimiter: ',',
      ...options,
    });
    return said[0]!;
  };
  const written = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };
  const kept = (id: string): Promise<Any> => client.read(`usage/${encodeURIComponent(id)}?accountId=${account.id}`);

  it('is mapped, sent, and known when it is sent again', async () => {
    const file = await written(
      'calls.csv',
      '\ufeffrequest,customer,when,tokens,note\r\nr1,ada,2025-01-10T00:00:00Z,12.50,"a, ""b"""\r\nr2,external:ada,2025-01-10T00:00:01Z,,\r\n',
    );
    const mapping = {
      columns: { id: 'request', accountId: 'customer', at: 'when' },
      constants: { event: 'llm_request' },
    };
    expect(await imported(file, mapping)).toBe('2 accepted, 0 duplicates, 0 rejected.');
    expect(await kept('r1')).toMatchObject({ event: 'llm_request', properties: { tokens: '12.50', note: 'a, "b"' } });
    expect((await kept('r2')).properties).toEqual({});
    expect(await imported(file, mapping)).toBe('0 accepted, 2 duplicates, 0 rejected.');
    expect(process.exitCode).toBeUndefined();
  });

  it('leaves what is rejected in a file that can be corrected and sent', async () => {
    const rows = [
      'id,event,accountId,at,tokens',
      'a,llm_request,ada,2025-01-10T00:00:00Z,1',
      'b,llm_request,ada,2025-02-30T00:00:00Z,1',
      'c,llm_request,nobody,2025-01-10T00:00:00Z,1',
      'd,llm_request,ada,2025-01-10T00:00:00Z,many',
      'broken,row',
      'e,llm_request,ada,2025-01-10T00:00:00Z,1',
    ];
    const file = await written('some.csv', `${rows.join('\n')}\n`);
    expect(await imported(file)).toBe('2 accepted, 0 duplicates, 4 rejected.');
    expect(process.exitCode).toBe(1);
    const rejected = await readFile(`${file}.rejected.csv`, 'utf8');
    expect(rejected.split('\n')[0]).toBe('id,event,accountId,at,tokens,rejected_line,rejected_code,rejected_message');
    for (const [line, code] of [
      ['3', 'invalid_instant'],
      ['4', 'account_not_found'],
      ['5', 'invalid_decimal'],
      ['6', 'invalid_csv'],
    ])
      expect(rejected).toContain(`,${line},${code},`);
    const mended = rejected
      .split('\n')
      .filter((row) => !row.includes('invalid_csv'))
      .join('\n')
      .replace('2025-02-30', '2025-01-30')
      .replace('nobody', 'ada')
      .replace('many', '7');
    expect(await imported(await written('mended.csv', mended))).toBe('3 accepted, 0 duplicates, 0 rejected.');
    expect((await kept('d')).properties).toEqual({ tokens: '7' });
  });

  it('has ids of its lines where it has none, and may be long', async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => `ada;${index % 7}`);
    const file = await written('long.csv', `accountId;tokens\n${rows.join('\n')}\n`);
    const options = {
      idPrefix: 'july',
      constants: { event: 'llm_request', at: '2025-01-12T00:00:00Z' },
      delimiter: ';',
    };
    expect(await imported(file, options)).toBe('2500 accepted, 0 duplicates, 0 rejected.');
    expect(await imported(file, options)).toBe('0 accepted, 2500 duplicates, 0 rejected.');
    expect((await kept('july#2')).properties).toEqual({ tokens: '0' });
  });

  it('that is not there is an error', async () => {
    await expect(imported(join(folder, 'none.csv'))).rejects.toThrow(/ENOENT/);
  });
});
