import { chainFaults } from './lists/chain.ts';
import { personFaults } from './lists/persons.ts';
import { policyFaults } from './lists/policies.ts';
import { recordFaults } from './lists/records.ts';
import { secretFaults } from './lists/secrets.ts';
import { sendingFaults } from './lists/sending.ts';
import { updateFaults } from './lists/updates.ts';
import { windowFaults } from './lists/windows.ts';
import { wireFaults } from './lists/wire.ts';

/** Every fault that is planted by a change of our sources or by a door of Electron's, by the list it is in. */
export const lists = {
  policies: policyFaults,
  sending: sendingFaults,
  wire: wireFaults,
  secrets: secretFaults,
  persons: personFaults,
  chain: chainFaults,
  records: recordFaults,
  updates: updateFaults,
  windows: windowFaults,
} as const;

const faults = {
  ...policyFaults,
  ...sendingFaults,
  ...wireFaults,
  ...secretFaults,
  ...personFaults,
  ...chainFaults,
  ...recordFaults,
  ...updateFaults,
  ...windowFaults,
};

type Faults = typeof faults;
export type FaultName = keyof Faults;

/** The fault of that name. Tests call it with the name as a literal: `found-by.ts` reads there who finds which. */
export const planted = <Name extends FaultName>(name: Name): Faults[Name] & { readonly name: Name } => ({
  ...faults[name],
  name,
});
