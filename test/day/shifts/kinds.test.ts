import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { liveFolder } from '../../../main/kernel/folders.ts';
import { RESTORED_FILE } from '../../../main/safety/restored.ts';
import { amount } from '../../../preload/contract/index.ts';
import { method } from '../../kit/losing.ts';
import { asShiftTill, countOf, openShiftTill, type ShiftTill } from './support.ts';

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
