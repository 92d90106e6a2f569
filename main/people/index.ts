export type { Admission } from './admission.ts';
export { createManagerPin, type ManagerPin } from './credentials/manager-pin.ts';
export type { PinStore } from './credentials/pin-record.ts';
export { createPinRepository } from './credentials/pin-repository.ts';
export { checkNewPin } from './credentials/pin-rules.ts';
export {
  createMemoryVault,
  createVault,
  VAULT_FILE,
  type Vault,
  type VaultSecrets,
} from './credentials/vault.ts';
export { createPeopleRepository, type PeopleRepository } from './people-repository.ts';
export { personOf } from './people-rules.ts';
export { type Approver, createPermissions, type PermissionsPort } from './permissions.ts';
export type { PersonRecord } from './person.ts';
export { createPersonPins } from './person-pins.ts';
export { actorOf, type SignedIn } from './signed-in.ts';
export { createPeople, type People, type PeopleNeeds } from './slice.ts';
