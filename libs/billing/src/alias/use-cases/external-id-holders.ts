import { isBefore } from '#kernel';
import type { ExternalIdHolder, RecordedMoment, RecordedPlace } from '../../account/ports/account-directory.js';

/** Whether what happened at a place of the log was known at a moment. */
export const isKnownAt = (place: RecordedPlace, moment: RecordedMoment): boolean => {
  switch (moment.kind) {
    case 'instant':
      return !isBefore(moment.at, place.at);
    case 'position':
      return place.position <= moment.position;
    case 'revision':
      return place.revision <= moment.revision;
  }
};

/** A revision is of one account: of whoever has the name now, or else of the last one that had it then. */
export const isOfRevision = ({ erased, until }: ExternalIdHolder, asOf: RecordedMoment | undefined): boolean =>
  asOf?.kind === 'revision' && !erased && until !== null && !isKnownAt(until, asOf);
