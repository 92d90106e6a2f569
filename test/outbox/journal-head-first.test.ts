import { join } from 'node:path';
import { expect, it } from 'vitest';
import { journalViews } from '../../main/compose-views.ts';
import { openDatabase } from '../../main/database/open.ts';
import { createHeadSlots, type HeadSlots } from '../../main/journal/head.ts';
import { createJournalRepository } from '../../main/journal/journal-repository.ts';
import { kybio } from '../../main/kybio/kybio.ts';
import { createJournalKeeper } from '../../main/outbox/journal-keeper.ts';
import { createRecorder } from '../../main/outbox/recorder.ts';
import { createTestClock } from '../kit/clock.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';

it('a crash before or between the first heads and the first commit of the first chain is no rollback', () => {
  const folder = temporaryFolder();
  const opened = openDatabase(join(folder, 'counterfoil.db'), journalViews);
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  const key = Buffer.alloc(32, 9);
  const clock = createTestClock();
  const start = (wrap: (slots: HeadSlots) => HeadSlots) => {
    const journal = createJournalRepository(db, key, clock);
    const slots = wrap(createHeadSlots(folder, key));
    const copy = createHeadSlots(join(folder, 'copy'), key);
    const recorder = createRecorder(db, journal);
    return createJournalKeeper({
      readIncrement: kybio.readIncrement,
      db,
      journal,
      recorder,
      slots,
      copy,
      clock,
      logger: silentLogger,
    }).start();
  };
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
