import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { liveFolder } from '../../../main/kernel/folders.ts';
import { RESTORED_FILE } from '../../../main/safety/restored.ts';
import { amount, reportedLines } from '../../../preload/contract/index.ts';
import { method } from '../../kit/losing.ts';
import { answerRead } from '../../kit/review.ts';
import { closeWith, zOf } from './steps.ts';
import {
  asShiftTill,
  codeOf,
  countOf,
  openShiftTill,
  openTwins,
  type ShiftTill,
  scan,
  startShiftTill,
} from './support.ts';

// How each kind of entry counts (ADR 47); the rest of that table is in figures.test.ts and in the simulated days.

const open = (till: ShiftTill) => till.must('shifts:open', { float: amount('0'), drawer: 'own' });
const cashOf = async (till: ShiftTill) => {
  const { report } = await till.must('shifts:wholeReport', {});
  return report.tenders.find(({ tender }) => tender === 'cash');
};
it('an entry that is replaced moves no money, also where a close lies between the two', async () => {
  const till = await openShiftTill();
  const { driven, must } = till;
  const {
    hosts: { account },
    ledger: { outbox, replace, transitions },
  } = driven.till.session;
  await open(till);
  driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
  const lost = till.enter(0, '33', 'cash');
  await driven.drive(() => outbox.byId(lost.id)?.state === 'unknown');
  await driven.store.setPlug(false);
  await must('shifts:beginCount', {});
  await must('shifts:commitCount', { count: countOf('33') });
  await must('shifts:close', { reason: null });
  await open(till);
  const unknown = outbox.byId(lost.id);
  const entry = unknown === null ? null : transitions.sendToReview(unknown, 'evidence-unclear');
  const sign = account.signer()?.sign;
  if (entry === null || sign === undefined) throw new Error('it is gone');
  const decision = { who: theManager, reason: 'its second was taken', evidence: [] };
  expect(replace(entry, decision, sign)).toMatchObject({ balanceIncrement: '33' });
  expect(await cashOf(till)).toMatchObject({ taken: '33', lateGivenBack: '33', expected: '0' });
});

it('what a receipt gives back is in this drawer where this till took it since the last Z, and else in no drawer', async () => {
  const { before, after } = await openTwins();
  await open(before);
  const early = before.enter(0, '10', 'cash');
  await before.driven.drive(() => before.driven.till.session.ledger.outbox.counts().confirmed === 1);
  await before.driven.pass(1_000);
  await open(after);
  await before.driven.pass(1_000);
  const late = before.enter(1, '20', 'cash');
  await before.driven.settle();
  for (const { id } of [early, late]) expect(scan(after, codeOf(before, id))).toBe('taken-up');
  expect(await cashOf(after)).toMatchObject({ taken: '20', review: '20', expected: '20' });
  const { report } = await after.must('shifts:wholeReport', {});
  expect(report.tenders.map(({ tender }) => tender)).toEqual(['cash']);
  expect(reportedLines(report).takenUp).toMatchObject({ entries: 1, principal: '10' });

  const other = await startShiftTill(await before.driven.fresh({ config: { tillName: 'Counter 2' } }));
  await open(other);
  await before.driven.pass(1_000);
  const later = before.enter(2, '30', 'cash');
  expect(scan(other, codeOf(before, later.id))).toBe('taken-up');
  expect(await cashOf(other)).toMatchObject({ taken: '0', expected: '0' });
});

it('what was paid by a way of the shop’s own comes back from a receipt as paid by that, however long its name is', async () => {
  const { before, after } = await openTwins();
  const name = `own:${'礼'.repeat(24)}`;
  for (const { driven } of [before, after]) {
    const {
      counter: { policy },
    } = driven.till.session;
    policy.save({ ...policy.current(), tenders: ['cash', name] }, theManager);
  }
  await open(before);
  await open(after);
  await before.driven.pass(1_000);
  const { id } = before.enter(0, '40', name);
  after.enter(1, '5', name);
  expect(scan(after, codeOf(before, id))).toBe('taken-up');
  const { report } = await after.must('shifts:wholeReport', {}, theManager);
  expect(report.tenders.map(({ tender, taken }) => [tender, taken])).toEqual([
    ['cash', '0'],
    [name, '45'],
  ]);
});

it('what a receipt gave back is given back late as what its Z told it as, also where nobody was asked how it was paid', async () => {
  const { before: lost, after: till } = await openTwins();
  await open(till);
  await lost.driven.store.setPlug(false);
  await lost.driven.pass(1_000);
  const notAsked = lost.enter(0, '10', null);
  expect(scan(till, codeOf(lost, notAsked.id))).toBe('taken-up');
  await closeWith(till, '0');
  const { taken, takenUp } = reportedLines(await zOf(till, 1));
  expect([taken?.principal, takenUp?.entries]).toEqual(['10', 0]);
  await open(till);
  await till.driven.store.setPlug(true);
  await till.driven.pass(3_600_000);
  const {
    counter: { review },
    ledger: { outbox },
  } = till.driven.till.session;
  const { version } = outbox.byId(notAsked.id) ?? { version: 0 };
  const dropped = await answerRead(review, { id: notAsked.id, version }, 'drop', theManager, {
    isMeant: true,
  });
  expect(dropped).toMatchObject({ ok: true });
  await closeWith(till, '0');
  const second = reportedLines(await zOf(till, 2));
  expect(second.late).toMatchObject({ entries: 1, principal: '10' });
  expect(second.takenUp).toMatchObject({ entries: 0, principal: '0' });
});

it('a backup that is put back while a shift is open is told with its time', async () => {
  const till = await openShiftTill();
  await open(till);
  await till.driven.till.close();
  writeFileSync(join(liveFolder(till.driven.till.folder), RESTORED_FILE), 'half a mark');
  till.driven.clock.pass(1_000);
  const again = asShiftTill(await till.driven.restart());
  const { session } = again.driven.till;
  session.start();
  const atMs = again.driven.clock.nowMs();
  expect((await again.must('shifts:wholeReport', {})).report.restoredAtMs).toEqual([atMs]);
  await again.must('shifts:beginCount', {});
  await again.must('shifts:commitCount', { count: countOf('0') });
  await again.must('shifts:close', { reason: null });
  expect((await again.must('shifts:report', { number: 1 })).report.restoredAtMs).toEqual([atMs]);
  await open(again);
  expect((await again.must('shifts:wholeReport', {})).report.restoredAtMs).toEqual([]);
});

it.each([0, 1])(
  'a backup that is put back between two shifts, or before the first, is told by the next: %s',
  async (closed) => {
    const till = await openShiftTill();
    if (closed === 1) {
      await open(till);
      await till.must('shifts:beginCount', {});
      await till.must('shifts:commitCount', { count: countOf('0') });
      await till.must('shifts:close', { reason: null });
    }
    await till.driven.till.close();
    writeFileSync(join(liveFolder(till.driven.till.folder), RESTORED_FILE), 'half a mark');
    till.driven.clock.pass(1_000);
    const again = asShiftTill(await till.driven.restart());
    again.driven.till.session.start();
    const atMs = again.driven.clock.nowMs();
    again.driven.clock.pass(1_000);
    await open(again);
    expect((await again.must('shifts:wholeReport', {})).report).toMatchObject({
      ...{ number: closed + 1, restoredAtMs: [atMs] },
    });
  },
);
