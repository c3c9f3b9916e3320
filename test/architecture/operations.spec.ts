import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS } from '../../apps/server/src/access/permissions.js';
import { routes } from '../services/routes.js';

describe('every route', () => {
  const guarded = routes().filter(({ isPublic }) => !isPublic);

  it('declares the operation that it carries out and the permission that this takes, or is public', () => {
    expect(guarded.filter(({ operation }) => operation === undefined)).toEqual([]);
    expect(routes().filter(({ isPublic, operation }) => isPublic && operation !== undefined)).toEqual([]);
  });

  it('has a name that no other has', () => {
    const names = guarded.map(({ operation }) => operation!.name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('that only reads asks for no permission to change, and the other way round', () => {
    const kindOf = (permission: string) => permission.split('.')[1];
    for (const { method, operation } of guarded) {
      expect(PERMISSIONS).toContain(operation!.permission);
      expect([operation!.name, kindOf(operation!.permission)]).toEqual([
        operation!.name,
        method === 'GET' ? 'read' : kindOf(operation!.permission) === 'erase' ? 'erase' : 'write',
      ]);
    }
  });
});
