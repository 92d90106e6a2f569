import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addAmounts,
  amount,
  isGivenBack,
  type ShiftReport,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { isInSample } from '../../kit/depth.ts';
import { method } from '../../kit/losing.ts';
import { countOf, openShiftTill, type ShiftTill, sum } from './support.ts';

/** What may be asked of a till at any moment; most of it is refused at most moments, and must change nothing then. */
const steps = {
  enter: (till: ShiftTill, place: number) =>
    void till.enter(place, `${1 + place}.50`, place % 3 === 0 ? 'card' : 'cash'),
  refuse: (till: ShiftTill) =>
    void till.driven.store.addFault({
      fault: { kind: 'error', messages: ['Customer does not exist'], when: 'before' },
      ...{ method, times: 1 },
    }),
  lose: (till: ShiftTill) =>
    void till.driven.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 }),
  plug: (till: ShiftTill, place: number) => till.driven.store.setPlug(place % 2 === 0),
  pass: (till: ShiftTill) => till.driven.pass(400_000),
  open: (till: ShiftTill, place: number) =>
    till.ask('shifts:open', { float: amount(String(place)), drawer: place === 9 ? 'elsewhere' : 'own' }),
  payIn: (till: ShiftTill, place: number) =>
    till.ask('shifts:move', {
      ...{ kind: 'paid-in', amount: amount(String(1 + place)), reason: 'Change' },
      requestId: `in ${till.driven.clock.monotonicMs()} ${place}`,
    }),
  begin: (till: ShiftTill) => till.ask('shifts:beginCount', {}),
  leave: (till: ShiftTill) => till.ask('shifts:leaveCount', {}),
  commit: (till: ShiftTill, place: number) =>
    till.ask('shifts:commitCount', { count: { ...countOf(String(place * 10)), tenders: [] } }),
  commitElsewhere: (till: ShiftTill) =>
    till.ask('shifts:commitCount', { count: { pieces: [], tenders: [] } }),
  close: (till: ShiftTill) => till.ask('shifts:close', { reason: 'Nobody knows', pin: '730194' }),
} satisfies Readonly<Record<string, (till: ShiftTill, place: number) => unknown>>;

const step = fc.record({
  what: fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])),
  place: fc.nat(9),
});

const cash = ({ tenders }: ShiftReport) => tenders.find(({ tender }) => tender === 'cash');

/** What was entered from the first shift on, as the outbox has it. */
const allEntries = ({ driven }: ShiftTill, from: number) =>
  [...driven.till.session.ledger.outbox.all()].filter(({ sequence }) => sequence >= from);

async function zsOf(till: ShiftTill): Promise<ShiftReport[]> {
  const { lastClosed } = till.driven.till.session.day.shifts.service.shown();
  const zs: ShiftReport[] = [];
  for (let number = 1; number <= lastClosed; number += 1)
    zs.push((await till.must('shifts:report', { number })).report);
  return zs;
}

it('in whatever order, each entry is in exactly one shift, and all Zs add up to all entries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }), async (taken) => {
      const till = await openShiftTill({ varianceLimit: amount('100000') });
      for (const { what, place } of taken) {
        await steps[what](till, place);
      }
      // To its end, so that every entry is in a Z. An answer that came after the last Z would be the next shift's.
      await till.driven.settle();
      await till.ask('shifts:leaveCount', {});
      const { service } = till.driven.till.session.day.shifts;
      const finish = async () => {
        if (service.shown().open?.stage === 'open') await till.ask('shifts:beginCount', {});
        const { open } = service.shown();
        const pieces = open?.drawer === 'own' ? countOf('1').pieces : [];
        if (open?.stage === 'counting')
          await till.ask('shifts:commitCount', { count: { pieces, tenders: [] } });
        await till.must('shifts:close', { reason: null });
      };
      if (service.shown().open !== null) await finish();
      await till.must('shifts:open', { float: amount('0'), drawer: 'own' });
      await finish();

      const zs = await zsOf(till);
      expect(zs.map(({ number }) => number)).toEqual(zs.map((_, index) => index + 1));
      expect(new Set(zs.map(({ id }) => id)).size).toBe(zs.length);
      const [first] = zs;
      const entries = allEntries(till, first?.fromSequence ?? 1);
      for (const { sequence } of entries) {
        const of = zs.filter((z) => sequence >= z.fromSequence && sequence <= z.toSequence);
        expect(of.map(({ number }) => number)).toEqual([service.shiftOf(sequence)]);
      }
      const principals = entries.map(({ balanceIncrement, terms }) =>
        addAmounts(balanceIncrement, amount(`-${terms.bonus ?? '0'}`)),
      );
      // What was settled late is told by the Z of its own shift, too.
      const cells = zs.flatMap((z) => z.cells);
      const own = cells.filter(({ shift }) => shift === undefined);
      expect(own.reduce((total, one) => total + one.entries, 0)).toBe(entries.length);
      expect(sum(own.map(({ principal }) => principal))).toBe(sum(principals));
      // What was taken, less what was given back later, is what was not given back.
      const held = entries
        .filter(
          ({ state, terms }) => terms.tender === 'cash' && state !== 'rejected' && state !== 'cancelled',
        )
        .map(({ balanceIncrement, terms }) => addAmounts(balanceIncrement, amount(`-${terms.bonus ?? '0'}`)));
      const tookIn = sum(zs.map((z) => cash(z)?.taken ?? zeroAmount));
      const givenBack = sum(zs.map((z) => cash(z)?.lateGivenBack ?? zeroAmount));
      // What was sold before the first shift is in no Z's drawer; what is given back of it leaves one.
      const ofBefore = cells.filter(
        (cell) => cell.shift === 0 && cell.tender === 'cash' && isGivenBack(cell),
      );
      const left = sum([...held, ...ofBefore.map(({ principal }) => amount(`-${principal}`))]);
      expect(Number(tookIn) - Number(givenBack)).toBeCloseTo(Number(left), 4);
      await till.driven.till.close();
    }),
    { numRuns: isInSample ? 6 : 60, seed: 20_001, endOnFailure: true },
  );
}, 300_000);
