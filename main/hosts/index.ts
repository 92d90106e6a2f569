export { type Account, createAccount } from './account.ts';
export { checkConnection, loadConfig, readConfig, saveConfig, type TillConfig } from './config.ts';
export {
  CACHES_LIVE_MS,
  cautiousPolicy,
  type DecidePolicy,
  type EvidencePolicy,
  HOST_PROFILE_KEY,
  loadEvidencePolicy,
  loadHostProfile,
  POLICY_KEY,
  readByField,
  storedPolicy,
  withoutDeclarations,
} from './host/evidence-policy.ts';
export { type HostProfile, unknownHost } from './host/host-profile.ts';
export {
  isSeenTwice,
  metBy,
  NUMBER_TWICE_KEY,
  type NumberTwice,
  readTwice,
  type SeenTill,
} from './host/till-numbers.ts';
export { readConnection } from './read-connection.ts';
export { freeSecond, type LostPeriod, type Numbering } from './send-second.ts';
export { createHosts, type Hosts, type HostsNeeds } from './slice.ts';
