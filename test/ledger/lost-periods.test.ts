import { join } from 'node:path';
import { expect, it } from 'vitest';
import { theProgram } from '../../main/kernel/actor.ts';
import { createTillIdentity } from '../../main/ledger/journal/till-identity-repository.ts';
import { createTestClock } from '../kit/clock.ts';
import { openOutbox } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';

it('after a restore no new entry has the second of one that was lost with it', () => {
  const clock = createTestClock();
  const till = openOutbox({ clock });
  till.add();
  const file = join(temporaryFolder(), 'backup.db');
  till.db.exec(`VACUUM INTO '${file}'`);
  clock.advance(60_000);
  const lost = [till.add(), till.add()].map(({ dataChangeTime }) => dataChangeTime);

  clock.advance(1_000);
  const back = openOutbox({ file, clock });
  createTillIdentity(back.db, back.journal, realRandom).begin('restored', theProgram);
  clock.advance(1_000);
  const made = [1, 2, 3, 4].map(() => back.add().dataChangeTime);
  expect(made.filter((second) => lost.includes(second))).toEqual([]);
  expect(new Set(made).size).toBe(4);

  // Another fork in the same process: what was made between the two is behind it.
  clock.advance(7_200_000);
  createTillIdentity(back.db, back.journal, realRandom).begin('other-machine', theProgram);
  expect(back.add().dataChangeTime < '2026-01-15 12:30').toBe(true);
});
