export { ChangeAccount } from './use-cases/change-account.handler.js';
export { CloseAccount } from './use-cases/close-account.handler.js';
export { EraseAccount } from './use-cases/erase-account.handler.js';
export { OpenAccount } from './use-cases/open-account.handler.js';
export {
  type OwnedThing,
  type RecordedPlace,
  type ExternalIdHolder,
  AccountDirectory,
} from './ports/account-directory.js';
export { type Hierarchy, AccountHierarchy } from './ports/account-hierarchy.js';
export { type DocumentCopy, type PersonalFields, type PersonalPurpose, PersonalData } from './ports/personal-data.js';
export { AccountTime } from './use-cases/account-time.js';
export { Accounts } from './use-cases/accounts.js';
export { type AccountCommand, accountDecider } from './account.decider.js';
export { type BilledLine, type BilledService, type Account, periodKey } from './account.state.js';
export { knownProfile } from './profile.decider.js';
export { type AccountRecord, accountRecord } from './account.record.js';
