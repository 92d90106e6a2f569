export type { Admission } from './admission.ts';
export { createManagerPin, type ManagerPin } from './credentials/manager-pin.ts';
export type { PinStore } from './credentials/pin-record.ts';
export { createPinRepository } from './credentials/pin-repository.ts';
export { checkNewPin } from './credentials/pin-rules.ts';
export { makeRecoveryCode, normaliseRecoveryCode } from './credentials/recovery-code.ts';
export {
  createMemoryVault,
  createVault,
  VAULT_FILE,
  type Vault,
  type VaultSecrets,
} from './credentials/vault.ts';
export type { OwnersPeoplePort } from './owners-people.ts';
export { createPeopleRepository, type PeopleRepository } from './people-repository.ts';
export { personOf, readName } from './people-rules.ts';
export { type Approver, createPermissions, type PermissionsPort } from './permissions.ts';
export { nobody, type PersonRecord } from './person.ts';
export { createPersonPins } from './person-pins.ts';
export { actorOf, type SignedIn } from './signed-in.ts';
export { createPeople, type People, type PeopleNeeds } from './slice.ts';
