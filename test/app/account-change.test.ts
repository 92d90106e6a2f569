import { expect, it } from 'vitest';
import { accountProblem } from '../../main/app/live-account.ts';
import { HOST_PROFILE_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createSeals } from '../../main/kernel/database/seals.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { mustOpen } from '../kernel/database/support.ts';
import { openDrivenTill } from '../kit/driven-till.ts';
import { balance, entry, lose, method, number, refuses, sends, whileUnknown } from '../kit/losing.ts';
import { configFor } from '../kit/till.ts';

it('what the check-up proved of one host, and a manager declared of one store, is not relied on of the next', async () => {
  const first = await openDrivenTill({ refusesDuplicates: true });
  const {
    counter: { policy },
  } = first.till.session;
  policy.save({ ...policy.current(), tillNumbersDeclared: true, repeatWithinMs: 0 }, theManager);
  await first.till.close();
  const db = mustOpen(databaseFile(liveFolder(first.till.folder)));
  const profile = JSON.stringify({ ...unknownHost, ...refuses });
  createSettings(db, createSeals(db, Buffer.alloc(32, 9))).set(HOST_PROFILE_KEY, profile);
  db.close();
  // Another host, with no entry open: in life by a provisioning file.
  const next = await openDrivenTill({}, { folder: first.till.folder });
  const { session } = next.till;
  expect(session.journalProblem).toBeNull();
  expect(session.counter.policy.current()).toMatchObject({ tillNumbersDeclared: false, repeatWithinMs: 0 });
  await session.members.lookUp.find(number);
  session.start();
  await next.settle();
  next.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
  const { id } = await lose(next);
  await next.drive(whileUnknown(next, id));
  expect(sends(next)).toHaveLength(1);
  expect(entry(next, id).state).toBe('review');
  expect(balance(next)).toBe('130.00');
});

it('no other account takes the place of one where a test credit is not taken back', async () => {
  const first = await openDrivenTill({ refusesDuplicates: true });
  const { session, folder } = first.till;
  const other = { ...configFor(first.store), appId: 'OTHER' };
  expect(accountProblem(folder, other)).toBeNull();
  session.start();
  await session.sending.checkUp.start(limWei.number, theManager);
  await first.drive(() => first.store.increments().length > 0);
  await first.till.close();
  expect(accountProblem(folder, other)).toMatchObject({ code: 'check-up-open' });
});
