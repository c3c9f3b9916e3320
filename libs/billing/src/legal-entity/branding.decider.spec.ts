import { anId, ENTITY, givenFor, SERIES, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { TenantCommand } from '../tenant/tenant.commands.js';
import { tenantDecider } from '../tenant/tenant.decider.js';
import { brandingOf, type BrandingChange } from './branding.decider.js';

const created = givenFor(tenantDecider)().after({
  type: 'CreateTenant',
  usageShards: 16,
  tenantId: TENANT,
  name: 'Acme',
  entityId: ENTITY,
  seriesId: SERIES,
  timeZone: 'UTC',
  firstKey: { keyId: anId('key'), name: 'first key', hash: 'a'.repeat(64), scopes: [] },
});
const change = (change: BrandingChange, entityId = ENTITY): TenantCommand => ({
  type: 'ChangeBranding',
  entityId,
  change,
});
const logo = { mediaType: 'image/png', width: 1, height: 1, content: 'iVBORw0K' } as const;
const branded = created.after(change({ logo, accentColor: '#0a5c36', hiddenColumns: ['quantity'] }));

describe('how documents of a legal entity look', () => {
  it('is told by what changes: a logo is not stored again with a colour', () => {
    const data = { entityId: ENTITY, accentColor: '#123456' };
    branded.when(change({ accentColor: '#123456', hiddenColumns: ['quantity'] })).then({ type: 'BrandingSet', data });
    const { state } = branded.after(change({ accentColor: '#123456' }));
    expect(brandingOf(state, ENTITY)).toEqual({ logo, accentColor: '#123456', hiddenColumns: ['quantity'] });
  });

  it('has no more what is removed, and is told nothing that is so', () => {
    const bare = change({ logo: null, hiddenColumns: [], texts: null });
    const data = { entityId: ENTITY, removed: ['logo', 'hiddenColumns'] as const };
    branded.when(bare).then({ type: 'BrandingSet', data: { ...data, removed: [...data.removed] } });
    const removed = branded.after(bare);
    expect(brandingOf(removed.state, ENTITY)).toEqual({ accentColor: '#0a5c36' });
    removed.when(bare).thenNothing();
    branded.when(change({ logo: { ...logo }, accentColor: '#0a5c36' })).thenNothing();
  });

  it('is of one that is there', () => {
    created.when(change({ logo: null }, anId('ent', 9))).thenRefused('legal_entity_not_found');
  });
});
