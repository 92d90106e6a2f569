import { expect, it } from 'vitest';
import type { Vault } from '../../main/people/credentials/vault.ts';
import { createTestClock } from '../kit/clock.ts';
import { heads, remove } from '../kit/data-folder.ts';
import { number, uid } from '../kit/losing.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, temporaryFolder } from '../kit/till.ts';

const locked = async () => ({ state: 'lost', reason: 'keyring-unavailable' });

it('a keyring that is locked for a while after a restore makes no alarm of what the till itself wrote', async () => {
  const store = await startPracticeStore();
  const folder = temporaryFolder();
  const clock = createTestClock();
  const open = (vault?: Vault) =>
    openTestTill(store, { folder, world: { clock, ...(vault === undefined ? {} : { vault }) } });
  await (await open()).close();
  remove(heads(folder));

  const restored = await open();
  expect(restored.session.journalProblem).toBe('rolled-back');
  restored.session.start();
  await restored.session.members.lookUp.find(number);
  expect(restored.session.members.directory.baseline(uid)).toBeNull();
  await restored.close();

  // Without the journal's key nothing can be sealed, and what is written shows as altered later.
  const keyless = await open({ load: locked } as unknown as Vault);
  const untilMs = clock.monotonicMs() + 600_000;
  keyless.session.start();
  while (clock.monotonicMs() < untilMs && clock.runNext());
  await keyless.close();

  const again = await open();
  again.session.start();
  expect(again.session.journalProblem).toBeNull();
  expect(again.session.members.directory.count()).toBe(1);
  expect(again.session.members.directory.baseline(uid)).toBeNull();
});
