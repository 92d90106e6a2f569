import { createAdmission } from '../people/admission.ts';
import type { ManagerPin } from '../people/credentials/manager-pin.ts';
import type { Unlocking } from '../people/credentials/unlocking.ts';
import { createPeopleRepository } from '../people/people-repository.ts';
import { createPermissions } from '../people/permissions.ts';
import { createPersonPins } from '../people/person-pins.ts';
import { createSignedIn } from '../people/signed-in.ts';
import type { Core, SessionParts, World } from './compose-core.ts';

/** Who is set up at the till, who is there, and what each request may. */
export function composePeople(
  { pinCost }: World,
  core: Core,
  { db, secrets, config }: SessionParts,
  manager: { readonly managerPin: ManagerPin; readonly unlocking: Unlocking },
) {
  const people = createPeopleRepository({ ...core, db });
  const pins = createPersonPins({
    ...core,
    people,
    pepper: () => secrets?.pinPepper ?? null,
    ...(pinCost === undefined ? {} : { cost: pinCost }),
  });
  const lockAfterMs = () => core.policy.current().peopleLockAfterMs;
  const signedIn = createSignedIn({ ...core, ...manager, people, pins, lockAfterMs });
  const permissions = createPermissions({ ...core, people, pins });
  const admission = createAdmission({ ...manager, people, signedIn, permissions, tillName: config.tillName });
  return { people, pins, signedIn, permissions, admission };
}
