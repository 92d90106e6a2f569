import { expect, it } from 'vitest';
import { createShiftRepository } from '../../../main/day/shifts/shift-repository.ts';
import type { Db } from '../../../main/kernel/database/open.ts';
import type { Settings } from '../../../main/kernel/database/settings-repository.ts';
import type { JournalRepository, StoredNote } from '../../../main/ledger/journal/journal-repository.ts';
import { amount } from '../../../preload/contract/index.ts';
import { countOf, openShiftTill, type ShiftTill } from './support.ts';

// A Z that this program cannot read, by a fault of it or since a stick of the disk was altered, is told of as what it is:
// no list ends there, and no number is given twice.

async function closeOne(till: ShiftTill): Promise<void> {
  await till.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: countOf('100') });
  await till.must('shifts:close', { reason: null });
}

type Content = { report?: { number: number; hours?: unknown } };

/** The journal as this till reads it, where the Zs of these numbers lack a figure. */
function losing(till: ShiftTill, numbers: readonly number[]): void {
  const { journal } = till.driven.till.session.ledger;
  if (journal === null) throw new Error('no journal');
  const notes = journal.notes.bind(journal);
  const altered = (note: StoredNote): StoredNote => {
    const { report } = note.content as Content;
    if (report === undefined || !numbers.includes(report.number)) return note;
    const { hours: _, ...rest } = report;
    return { ...note, content: { ...(note.content as Content), report: rest } };
  };
  Object.assign(journal, { notes: (...asked: Parameters<typeof notes>) => notes(...asked).map(altered) });
}

it('is in the list of closed shifts by its number, and those before it as well', async () => {
  const till = await openShiftTill();
  for (let shift = 0; shift < 4; shift += 1) await closeOne(till);
  losing(till, [2, 4]);
  const { reports, unread, isMore } = await till.must('shifts:closed', { before: null });
  expect([reports.map(({ number }) => number), unread, isMore]).toEqual([[3, 1], [4, 2], false]);
  expect(await till.ask('shifts:report', { number: 2 })).toMatchObject({
    error: { code: 'shift-unreadable' },
  });
  expect(await till.ask('shifts:report', { number: 3 })).toMatchObject({ ok: true });
  expect(await till.ask('shifts:report', { number: 9 })).toMatchObject({
    error: { code: 'shift-not-found' },
  });
});

it('where nothing but Zs is left, the newest counts by what it still says: no number is given twice, no entry counted twice', async () => {
  const till = await openShiftTill();
  for (let shift = 0; shift < 2; shift += 1) await closeOne(till);
  const before = till.driven.till.session.day.shifts.repository.load()?.lastTo ?? 0;
  await till.must('shifts:open', { float: amount('100'), drawer: 'own' });
  till.enter(0, '7', 'card');
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: countOf('100') });
  await till.must('shifts:close', { reason: null });
  const { journal } = till.driven.till.session.ledger;
  if (journal === null) throw new Error('no journal');
  losing(till, [3]);
  const reread = createShiftRepository({
    db: { prepare: () => ({}), transaction: (act: unknown) => act } as unknown as Db,
    settings: { get: () => null } as unknown as Settings,
    journal: { notes: journal.notes, noted: () => undefined } as unknown as JournalRepository,
    logger: { warn: () => undefined },
  });
  expect(reread.load()).toMatchObject({ lastClosed: 3, lastTo: before + 1, open: null });
  expect(reread.load()?.opening).toEqual({ counted: null, shift: null, uncounted: '0' });
  expect(reread.zReport(3)).toMatchObject({ number: 3, report: null });
});
