import { expect, it } from 'vitest';
import type { ReviewAnswer } from '../../../main/counter/review-service.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { notePaper } from '../../../main/ledger/journal/quiet-notes.ts';
import {
  addAmounts,
  amount,
  type ShiftReport,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { openDrivenTill } from '../../kit/driven-till.ts';
import { answerRead } from '../../kit/review.ts';
import { fill } from '../shifts/large.ts';
import { closeWith, openOne, zOf } from '../shifts/steps.ts';
import { codeOf, ledgerOf, openTwins, type ShiftTill, scan, startShiftTill } from '../shifts/support.ts';
import { ownerOf } from './owner-support.ts';

// One entry, and several tills that tell of it: its money counts once, as the host's ledger has it.

const HOUR_MS = 3_600_000;

const stateOf = ({ driven }: ShiftTill, id: string) => driven.till.session.ledger.outbox.byId(id)?.state;

/** What the store has added for members, in all. */
const addedFor = (till: ShiftTill) =>
  ledgerOf(till).increments.reduce(
    (sum, one) => addAmounts(sum, subtractAmounts(amount(one.balanceAfter), amount(one.balanceBefore))),
    zeroAmount,
  );

async function answer({ driven }: ShiftTill, id: string, what: ReviewAnswer): Promise<string> {
  const {
    counter: { review },
    ledger: { outbox },
    sending: { loop },
  } = driven.till.session;
  const version = outbox.byId(id)?.version ?? 0;
  const done = await answerRead(review, { id, version }, what, theManager, { isMeant: true });
  if (!done.ok) throw new Error(done.error.code);
  loop.wake();
  return done.value.id;
}

const anotherTill = async (till: ShiftTill, tillName: string) =>
  startShiftTill(await till.driven.fresh({ config: { tillName } }));

/** A till whose line is down, and one that may take up its receipts. */
async function openPair() {
  const { before: dead, after } = await openTwins();
  await after.driven.till.close();
  const taker = await anotherTill(dead, 'Counter 2');
  await openOne(dead, '0');
  await openOne(taker, '0');
  await dead.driven.store.setPlug(false);
  return { dead, taker };
}

/** A till that took 40 in cash while the line was down, with its Z, and two others. */
async function openShop({ isBeforeFirst = false } = {}) {
  const { before: dead, after } = await openTwins();
  await after.driven.till.close();
  const [taker, other] = [await anotherTill(dead, 'Counter 2'), await anotherTill(dead, 'Counter 3')];
  await openOne(taker, '0');
  await openOne(other, '0');
  if (!isBeforeFirst) await openOne(dead, '0');
  await dead.driven.store.setPlug(false);
  const { id } = dead.enter(0, '40', 'cash');
  await dead.driven.settle();
  const code = codeOf(dead, id);
  if (isBeforeFirst) await openOne(dead, '40');
  await closeWith(dead, '40');
  return { dead, taker, other, id, code, zOfDead: await zOf(dead, 1) };
}

const waiting = { entries: 1, principal: '40' };
const nothing = { entries: 0, principal: '0' };

it('of one paper at two tills the money is told once, and what one drops the other may have sent', async () => {
  const { dead, taker, other, id, code, zOfDead } = await openShop();
  await dead.driven.till.close();
  for (const till of [taker, other]) {
    expect(scan(till, code)).toBe('taken-up');
    await closeWith(till, '0');
  }
  const first = [await zOf(taker, 1), await zOf(other, 1)];
  for (const zs of [first, [zOfDead, ...first]])
    expect(ownerOf(taker, zs)).toMatchObject({ net: '40', entries: 1, unsettled: waiting });
  await openOne(taker, '0');
  await openOne(other, '0');
  await taker.driven.store.setPlug(true);
  await taker.driven.pass(HOUR_MS);
  await other.driven.pass(HOUR_MS);
  await answer(taker, id, 'drop');
  await answer(other, id, 'send');
  await other.driven.drive(() => stateOf(other, id) === 'confirmed');
  await closeWith(taker, '0');
  const dropped = [zOfDead, ...first, await zOf(taker, 2)];
  expect(ownerOf(taker, dropped)).toMatchObject({ net: '0', entries: 1, unsettled: nothing });
  await closeWith(other, '0');
  expect(addedFor(taker)).toBe('40');
  const all = [...dropped, await zOf(other, 2)];
  for (const zs of [all, all.slice(1)])
    expect(ownerOf(taker, zs)).toMatchObject({ net: '40', entries: 1, unsettled: nothing });
});

it.each([
  ['sends', '40'],
  ['cancels', '0'],
])(
  'what a till that was held lost %s itself is told as it is (%s), though it is dropped elsewhere',
  async (what, truth) => {
    const { dead, taker, id, code, zOfDead } = await openShop();
    expect(scan(taker, code)).toBe('taken-up');
    await closeWith(taker, '0');
    await openOne(dead, '40');
    await openOne(taker, '0');
    if (what === 'cancels')
      expect(dead.driven.till.session.counter.topUps.cancel(id, theManager).ok).toBe(true);
    await dead.driven.store.setPlug(true);
    if (what === 'sends') await dead.driven.drive(() => stateOf(dead, id) === 'confirmed');
    await closeWith(dead, truth);
    await taker.driven.pass(2 * HOUR_MS);
    await answer(taker, id, 'drop');
    await closeWith(taker, '0');
    expect(addedFor(taker)).toBe(truth);
    const zs = [zOfDead, await zOf(taker, 1), await zOf(dead, 2), await zOf(taker, 2)];
    expect(ownerOf(taker, zs)).toMatchObject({ net: truth, entries: 1, unsettled: nothing });
  },
);

/** In all that is told, with what was sold before the first shift. */
const toldInAll = (till: ShiftTill, zs: readonly ShiftReport[]) => {
  const { net, lines, unsettled } = ownerOf(till, zs);
  return [String(addAmounts(net, lines.before?.principal ?? zeroAmount)), unsettled];
};

it.each([
  ['send', '40'],
  ['drop', '0'],
] as const)(
  'what was sold before the first shift of a till, and was taken up elsewhere (%s), is told once',
  async (what, truth) => {
    const { dead, taker, id, code, zOfDead } = await openShop({ isBeforeFirst: true });
    expect(toldInAll(taker, [zOfDead])).toEqual(['40', waiting]);
    await dead.driven.till.close();
    await dead.driven.store.setPlug(true);
    expect(scan(taker, code)).toBe('taken-up');
    await closeWith(taker, '0');
    const zs = [zOfDead, await zOf(taker, 1)];
    expect(toldInAll(taker, zs)).toEqual(['40', waiting]);
    await openOne(taker, '0');
    await taker.driven.pass(HOUR_MS);
    await answer(taker, id, what);
    if (what === 'send') await taker.driven.drive(() => stateOf(taker, id) === 'confirmed');
    await closeWith(taker, '0');
    expect(addedFor(taker)).toBe(truth);
    expect(toldInAll(taker, [...zs, await zOf(taker, 2)])).toEqual([truth, nothing]);
  },
);

it('what its own till cancelled in its shift after a paper, and another sent, is told as the host has it', async () => {
  const { dead, taker } = await openPair();
  const { id } = dead.enter(0, '40', 'cash');
  await dead.driven.settle();
  const {
    ledger: { journal, outbox },
    counter: { topUps },
  } = dead.driven.till.session;
  const code = codeOf(dead, id);
  notePaper(journal, outbox.byId(id)?.sequence ?? 0);
  expect(topUps.cancel(id, theManager).ok).toBe(true);
  await closeWith(dead, '0');
  const zOfDead = await zOf(dead, 1);
  await dead.driven.till.close();
  expect(ownerOf(taker, [zOfDead])).toMatchObject({ net: '0', entries: 0 });
  expect(scan(taker, code)).toBe('taken-up');
  await taker.driven.store.setPlug(true);
  await taker.driven.pass(HOUR_MS);
  await answer(taker, id, 'send');
  await taker.driven.drive(() => stateOf(taker, id) === 'confirmed');
  await closeWith(taker, '0');
  expect(addedFor(taker)).toBe('40');
  const sum = ownerOf(taker, [zOfDead, await zOf(taker, 1)]);
  expect(sum).toMatchObject({ net: '40', entries: 1, unsettled: nothing });
  expect(sum.lines.afterPaper).toMatchObject({ entries: 1, principal: '40' });
});

it('what a restore lost, and a paper brought back into its drawer, stands once on the lines beside the Z of then', async () => {
  const { before: lost, after: till } = await openTwins();
  await openOne(till, '0');
  await till.driven.pass(1_000);
  await openOne(lost, '0');
  await lost.driven.store.setPlug(false);
  const code = codeOf(lost, lost.enter(0, '40', 'cash').id);
  await closeWith(lost, '40');
  const zOfThen = await zOf(lost, 1);
  await lost.driven.till.close();
  expect(scan(till, code)).toBe('taken-up');
  await closeWith(till, '40');
  const sum = ownerOf(till, [zOfThen, await zOf(till, 1)]);
  expect(sum).toMatchObject({ net: '40', entries: 1, unsettled: waiting });
  expect(sum.lines.taken).toMatchObject({ entries: 1, principal: '40' });
});

it('what was taken up, refused as a duplicate and sent anew is the entry that its paper names', async () => {
  const driven = await openDrivenTill({ refusesDuplicates: true });
  const dead = await startShiftTill(driven);
  const [taker, other] = [await anotherTill(dead, 'Counter 2'), await anotherTill(dead, 'Counter 3')];
  await openOne(dead, '0');
  await openOne(taker, '0');
  await driven.store.setPlug(false);
  // Another member's money of the same second is what KYBIO has.
  const [paper, same] = [dead.enter(0, '40', 'cash'), other.enter(0, '15', 'cash')];
  const code = codeOf(dead, paper.id);
  await closeWith(dead, '40');
  const zOfDead = await zOf(dead, 1);
  await dead.driven.till.close();
  await driven.store.setPlug(true);
  await other.driven.drive(() => stateOf(other, same.id) === 'confirmed');
  expect(scan(taker, code)).toBe('taken-up');
  await closeWith(taker, '0');
  await openOne(taker, '0');
  await taker.driven.pass(HOUR_MS);
  await answer(taker, paper.id, 'send');
  await taker.driven.drive(() => stateOf(taker, paper.id) === 'review');
  await taker.driven.pass(HOUR_MS);
  const anew = await answer(taker, paper.id, 'send');
  expect(anew).not.toBe(paper.id);
  await taker.driven.drive(() => stateOf(taker, anew) === 'confirmed');
  await closeWith(taker, '0');
  // 15 of it are of the third till, whose Z is not here.
  expect(addedFor(taker)).toBe('55');
  const zs = [await zOf(taker, 1), await zOf(taker, 2)];
  for (const all of [zs, [zOfDead, ...zs]])
    expect(ownerOf(taker, all)).toMatchObject({ net: '40', entries: 1, unsettled: nothing });
});

it('what is dropped elsewhere of a Z that lists not all that waited is off, listed or not', async () => {
  const { dead, taker } = await openPair();
  const entry = { principal: amount('1'), bonus: zeroAmount, tender: 'cash', cashier: 'Mei' };
  fill(
    dead,
    Array.from({ length: 2_100 }, (_, at) => ({ ...entry, memberName: `Member ${at}`, isConfirmed: false })),
  );
  const byNumber = [...dead.driven.till.session.ledger.outbox.all()].sort(
    (one, next) => one.sequence - next.sequence,
  );
  const ids = [byNumber[10]?.id ?? '', byNumber[2_050]?.id ?? ''];
  const codes = ids.map((id) => codeOf(dead, id));
  await dead.must('shifts:beginCount', {});
  await dead.must('shifts:commitCount', {
    count: { pieces: [{ value: amount('1'), pieces: 2_100 }], tenders: [] },
  });
  await dead.must('shifts:close', { reason: null });
  const zOfDead = await zOf(dead, 1);
  expect(ids.map((id) => zOfDead.unsettled.some((one) => one.id === id))).toEqual([true, false]);
  await dead.driven.till.close();
  for (const code of codes) expect(scan(taker, code)).toBe('taken-up');
  await closeWith(taker, '0');
  const first = await zOf(taker, 1);
  expect(ownerOf(taker, [zOfDead, first])).toMatchObject({
    ...{ net: '2100', entries: 2_100, unsettled: { entries: 2_100, principal: '2100' } },
  });
  await openOne(taker, '0');
  await dead.driven.store.setPlug(true);
  await taker.driven.pass(2 * HOUR_MS);
  for (const id of ids) await answer(taker, id, 'drop');
  await closeWith(taker, '0');
  expect(ownerOf(taker, [zOfDead, first, await zOf(taker, 2)])).toMatchObject({
    ...{ net: '2098', entries: 2_100, unsettled: { entries: 2_098, principal: '2098' } },
  });
}, 120_000);
