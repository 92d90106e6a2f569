import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../main/kernel/database/open.ts';
import { createHeadSlots, type HeadSlots } from '../../main/ledger/journal/head.ts';
import { createTestClock } from '../kit/clock.ts';
import { createKeeper } from '../kit/keeper.ts';
import { journalKey } from '../kit/outbox.ts';
import { temporaryFolder } from '../kit/till.ts';

it('a crash before or between the first heads and the first commit of the first chain is no rollback', () => {
  const folder = temporaryFolder();
  const opened = openDatabase(join(folder, 'counterfoil.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  const clock = createTestClock();
  const start = (wrap: (slots: HeadSlots) => HeadSlots) =>
    createKeeper(db, folder, { clock, slots: wrap(createHeadSlots(folder, journalKey)) }).keeper.start();
  const dyingOnce = (slots: HeadSlots): HeadSlots => ({
    ...slots,
    write: (head) => {
      if (head.count > 0) throw new Error('the power is cut here');
      slots.write(head);
    },
  });
  const dyingAtOnce = (slots: HeadSlots): HeadSlots => ({
    ...slots,
    write: () => {
      throw new Error('the power is cut here');
    },
  });
  // Only the copy is there then, and no row.
  expect(() => start(dyingAtOnce)).toThrow('the power is cut here');
  expect(() => start(dyingOnce)).toThrow('the power is cut here');
  expect(start((slots) => slots)).toEqual({ kind: 'fine' });
  db.close();
});
