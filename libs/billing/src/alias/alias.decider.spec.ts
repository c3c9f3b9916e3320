import { anId, givenFor } from '#testing';
import { describe, it } from '@jest/globals';
import { aliasDecider, type AliasCommand } from './alias.decider.js';

const given = givenFor(aliasDecider);

const reservation = (target = 1) =>
  ({ type: 'subscription', hash: 'a'.repeat(64), targetId: anId('acc', target) }) as const;
const reserve = (target = 1): AliasCommand => ({ type: 'ReserveAlias', reservation: reservation(target) });
const release = (target = 1): AliasCommand => ({ type: 'ReleaseAlias', reservation: reservation(target) });

describe('a name that is unique in a tenant', () => {
  it('belongs to the first who takes it', () => {
    given().when(reserve()).then({ type: 'AliasReserved', data: reservation() });
    given().after(reserve()).when(reserve(2)).thenRefused('external_id_taken');
  });

  it('is given back by whom it belongs to, and by nobody else', () => {
    given().after(reserve()).when(release()).then({ type: 'AliasReleased', data: reservation() });
    given().after(reserve()).when(release(2)).thenNothing();
    given().when(release()).thenNothing();
  });

  it('stays with its target while one of several requests still holds it', () => {
    const shared = given().after(reserve(), reserve(), release());
    shared.when(reserve(2)).thenRefused('external_id_taken');
    shared
      .after(release())
      .when(reserve(2))
      .then({ type: 'AliasReserved', data: reservation(2) });
  });

  it('is free for others once it is given back', () => {
    given()
      .after(reserve(), release())
      .when(reserve(2))
      .then({ type: 'AliasReserved', data: reservation(2) });
  });
});
