import { expect, it } from 'vitest';
import { readZ } from '../../../main/day/reports/read-z.ts';
import { writeZFile } from '../../../main/day/shifts/z-file.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import type { Sign } from '../../../main/ledger/types.ts';
import { foldCells, reportCells } from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { method } from '../../kit/losing.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { correctRead } from '../../kit/review.ts';
import { closeWith, openOne, zOf } from './steps.ts';
import {
  codeOf,
  type Entered,
  openShiftTill,
  openTwins,
  type ShiftTill,
  scan,
  startShiftTill,
} from './support.ts';

// What mends a member's sums is nobody's money, whatever becomes of it (ADR 63). Held against a box that the test counts.

const stateOf = ({ driven }: ShiftTill, id: string) => driven.till.session.ledger.outbox.byId(id)?.state;
const confirmed = (till: ShiftTill, ...ids: readonly string[]) =>
  till.driven.drive(() => ids.every((id) => stateOf(till, id) === 'confirmed'));

/** Forty in cash that KYBIO has twice or not at all, and what a manager has mend it. One more is another member's. */
async function corrected(
  till: ShiftTill,
  kind: 'possible-double' | 'possible-missing',
  { isLost = false } = {},
) {
  const { clock, store, till: opened } = till.driven;
  const {
    sending: { doubts },
    counter: { review },
  } = opened.session;
  const paid = till.enter(0, '40', 'cash');
  await confirmed(till, paid.id, till.enter(1, '1', 'cash').id);
  const { customerUid } = till.member(0);
  const { balance, point } = store.member(customerUid);
  store.adjust(customerUid, String(Number(balance) + (kind === 'possible-double' ? 40 : -40)), point);
  doubts.open({ entryId: paid.id, kind }, paid.id, clock.nowMs(), {});
  const [doubt] = doubts.waiting();
  const made = await correctRead(review, doubt?.id ?? '', theManager, { isMeant: true });
  if (!made.ok) throw new Error(made.error.code);
  if (isLost) store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 2 });
  opened.session.sending.loop.wake();
  return { paid, correction: made.value };
}

const tilesOf = ({ driven }: ShiftTill) =>
  driven.till.session.rooms.flatMap(({ shows }) => shows?.today?.() ?? [])[0];

/** What an owner has of a till's reports. */
async function ownFigures(till: ShiftTill) {
  const account = { host: till.driven.store.baseUrl, appId: till.driven.store.appId };
  const { appKey } = till.driven.store;
  const z = await zOf(till, 1);
  const read = readZ(writeZFile(appKey, account, z), { account, appKey, currency: 'SGD', isPractice: false });
  if (!read.ok) throw new Error(read.problem);
  const of = { zs: [read.facts], ownTill: { id: null, name: 'Office' }, isSettled: () => false };
  return createAddUp(of)({ from: z.businessDay, to: z.businessDay }, z.businessDay);
}

const changeOf = (till: ShiftTill, { id, tender }: Entered) =>
  till.ask('entries:changeTender', { id, requestId: realRandom.uuid(), was: tender, tender: 'card' });

it('what was credited again is taken back by the way the entry was paid, and the two keep it', async () => {
  const till = await openShiftTill({ blindCount: false });
  await openOne(till, '0');
  const { paid, correction } = await corrected(till, 'possible-missing');
  await confirmed(till, correction.id);
  expect(() => till.reverse(paid.id)).toThrow('entry-not-reversible');
  await confirmed(till, till.reverse(correction.id));
  const { report } = await till.must('shifts:report', { number: null });
  expect(report.tenders).toMatchObject([{ tender: 'cash', expected: '1', reversed: '40' }]);
  expect(foldCells(reportCells(report)).net.principal).toBe('1');
  expect(await changeOf(till, paid)).toMatchObject({
    error: { code: 'tender-fixed', details: { reason: 'taken-back' } },
  });
});

it.each(['possible-double', 'possible-missing'] as const)(
  'what mends a %s and is sent anew, and anew again, is a correction as it was',
  async (kind) => {
    const till = await openShiftTill({ blindCount: false });
    await openOne(till, '0');
    const {
      hosts: { account },
      ledger: { outbox, replace },
      sending: { loop },
    } = till.driven.till.session;
    const { paid, correction } = await corrected(till, kind, { isLost: true });
    const decision = { who: theManager, reason: 'its second was taken', evidence: [] };
    const anew = async (id: string) => {
      await till.driven.drive(() => stateOf(till, id) === 'unknown');
      const entry = outbox.byId(id);
      const made = entry === null ? null : replace(entry, decision, account.signer()?.sign as Sign);
      if (made === null) throw new Error('it was not replaced');
      loop.wake();
      return made.id;
    };
    const last = await anew(await anew(correction.id));
    await confirmed(till, last);
    expect(outbox.byId(last)?.correctsSequence).toBe(outbox.byId(paid.id)?.sequence);
    expect(tilesOf(till)).toMatchObject({
      ...{ done: { entries: 2, balance: '41' }, corrections: { entries: 1 } },
    });
    await closeWith(till, '41');
    const z = await zOf(till, 1);
    expect(z.tenders).toMatchObject([{ tender: 'cash', variance: '0' }]);
    const { lines, net } = foldCells(reportCells(z));
    expect([net.principal, lines.corrections.entries]).toEqual(['41', 1]);
  },
);

it.each(['possible-double', 'possible-missing'] as const)(
  'what mends a %s and comes back by its paper is a correction, at its own till and at another',
  async (kind) => {
    const { before, after } = await openTwins();
    const other = await startShiftTill(await before.driven.fresh({ config: { tillName: 'Counter 2' } }));
    for (const till of [before, after, other]) await openOne(till, '0');
    await before.driven.pass(1_000);
    const { correction } = await corrected(before, kind);
    await confirmed(before, correction.id);
    const code = codeOf(before, correction.id);
    for (const till of [after, other]) {
      expect(scan(till, code)).toBe('taken-up');
      await closeWith(till, '0');
      const { sum } = await ownFigures(till);
      expect([sum.net, sum.unsettled, sum.lines.corrections?.entries]).toEqual([
        ...['0', { entries: 1, principal: '0' }, 1],
      ]);
    }
  },
);
