import { SchemasAndRoles1763500000000 } from './1763500000000-schemas-and-roles.js';
import { Operations1763500001000 } from './1763500001000-operations.js';
import { Verifications1763500002000 } from './1763500002000-verifications.js';
import { SealedAnswers1763500003000 } from './1763500003000-sealed-answers.js';
import { KeyRing1763500004000 } from './1763500004000-key-ring.js';
import { PersonalDataReads1763500005000 } from './1763500005000-personal-data-reads.js';
import { RepeatedTimers1763500010000 } from './1763500010000-repeated-timers.js';
import { Clock1763500012000 } from './1763500012000-clock.js';
import { Republication1763500013000 } from './1763500013000-republication.js';
import { TimersOfStreams1763500014000 } from './1763500014000-timers-of-streams.js';
import { AnswersWithoutLeases1763500015000 } from './1763500015000-answers-without-leases.js';
import { MonthsOfTables1763500016000 } from './1763500016000-months-of-tables.js';
import { Snapshots1763500017000 } from './1763500017000-snapshots.js';
import { PagesOfRuns1763500018000 } from './1763500018000-pages-of-runs.js';
import { Members1763500019000 } from './1763500019000-members.js';
import { RateLeases1763500020000 } from './1763500020000-rate-leases.js';
import { SaltedAnswers1763500021000 } from './1763500021000-salted-answers.js';
import { Effects1763500023000 } from './1763500023000-effects.js';
import { Documents1763500024000 } from './1763500024000-documents.js';
import { Webhooks1763500025000 } from './1763500025000-webhooks.js';
import { Jobs1763500026000 } from './1763500026000-jobs.js';
import { ListsOfRuns1763500022000 } from './1763500022000-lists-of-runs.js';

/** In the order in which they run. */
export const MIGRATIONS = [
  SchemasAndRoles1763500000000,
  Operations1763500001000,
  Verifications1763500002000,
  SealedAnswers1763500003000,
  KeyRing1763500004000,
  PersonalDataReads1763500005000,
  RepeatedTimers1763500010000,
  Clock1763500012000,
  Republication1763500013000,
  TimersOfStreams1763500014000,
  AnswersWithoutLeases1763500015000,
  MonthsOfTables1763500016000,
  Snapshots1763500017000,
  PagesOfRuns1763500018000,
  Members1763500019000,
  RateLeases1763500020000,
  SaltedAnswers1763500021000,
  ListsOfRuns1763500022000,
  Effects1763500023000,
  Documents1763500024000,
  Webhooks1763500025000,
  Jobs1763500026000,
] as const;
