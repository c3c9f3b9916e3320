import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS, ROLES, type Permission } from '../../apps/server/src/access/permissions.js';

const DOCUMENT = fileURLToPath(new URL('../../docs/security.md', import.meta.url));

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const table = (): string[][] => {
  const [, section] = /<!-- roles: [^>]*-->([\s\S]*)<!-- \/roles -->/u.exec(readFileSync(DOCUMENT, 'utf8'))!;
  return section!
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.includes('--'))
    .map(cellsOf);
};

describe('the table of roles in docs/security.md', () => {
  it('is what the code says', () => {
    const roles = Object.entries(ROLES) as [string, readonly Permission[]][];
    expect(table()).toEqual([
      ['permission', ...roles.map(([role]) => `\`${role}\``)],
      ...PERMISSIONS.map((permission) => [
        `\`${permission}\``,
        ...roles.map(([, permissions]) => (permissions.includes(permission) ? '✓' : '')),
      ]),
    ]);
  });
});
