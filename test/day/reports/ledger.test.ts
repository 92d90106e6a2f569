import { expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import {
  type Amount,
  addAmounts,
  amount,
  type OwnerView,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import {
  asShiftTill,
  type Entered,
  ledgerOf,
  openShiftTill,
  type ShiftTill,
  sum,
} from '../shifts/support.ts';

const DAY_MS = 86_400_000;

const look = async (till: ShiftTill): Promise<OwnerView> => {
  const { view } = await till.must('reports:look', {}, theManager);
  if (view === null) throw new Error('called off');
  return view;
};

/** As the store's own ledger has it: what was added, by the day of the store on which it was entered. */
function ofLedger(till: ShiftTill, entered: readonly Entered[], reversed: ReadonlyMap<string, string>) {
  const { increments, addedFor } = ledgerOf(till);
  const dayOf = (id: string): string => {
    const entry = till.driven.till.session.ledger.outbox.byId(id);
    const applied = increments.find(
      ({ customerUid, dataChangeTime }) =>
        customerUid === entry?.customerUid && dataChangeTime === entry.dataChangeTime,
    );
    return applied?.dataChangeTime.slice(0, 10) ?? '';
  };
  const days = new Map<string, { taken: Amount; bonus: Amount; reversed: Amount; members: Set<string> }>();
  const at = (day: string) => {
    const known = days.get(day) ?? {
      ...{ taken: zeroAmount, bonus: zeroAmount, reversed: zeroAmount, members: new Set<string>() },
    };
    days.set(day, known);
    return known;
  };
  for (const { id, principal, bonus } of entered) {
    if (Number(addedFor(id)) === 0) continue;
    expect(Number(addedFor(id))).toBe(Number(addAmounts(principal, bonus)));
    const day = at(dayOf(id));
    day.taken = addAmounts(day.taken, principal);
    day.bonus = addAmounts(day.bonus, bonus);
    day.members.add(till.driven.till.session.ledger.outbox.byId(id)?.customerUid ?? '');
    const by = reversed.get(id);
    if (by === undefined || Number(addedFor(by)) === 0) continue;
    const back = at(dayOf(by));
    back.reversed = addAmounts(back.reversed, principal);
    back.bonus = addAmounts(back.bonus, amount(`-${bonus}`));
  }
  return days;
}

function expectAsLedger(view: OwnerView, ledger: ReturnType<typeof ofLedger>): void {
  for (const { from, figures } of view.day) {
    const of = ledger.get(from);
    expect([from, Number(figures.lines.taken?.principal)]).toEqual([from, Number(of?.taken ?? 0)]);
    expect([from, Number(figures.bonus)]).toEqual([from, Number(of?.bonus ?? 0)]);
    expect([from, Number(figures.lines.reversed?.principal)]).toEqual([from, Number(of?.reversed ?? 0)]);
    expect([from, figures.members]).toEqual([from, of?.members.size ?? 0]);
  }
}

it('days, weeks and months are what the store has in its ledger, through an outage and a lost reply', async () => {
  const till = await openShiftTill();
  const { driven } = till;
  const { store, drive, pass } = driven;
  const {
    ledger: { outbox },
  } = driven.till.session;
  const entered: Entered[] = [];
  const reversed = new Map<string, string>();
  const isDone = ({ id }: { readonly id: string }) => outbox.byId(id)?.state === 'confirmed';
  const enter = (...args: Parameters<ShiftTill['enter']>) => {
    const made = till.enter(...args);
    entered.push(made);
    return made;
  };

  enter(0, '50', 'cash');
  enter(1, '20', 'card');
  const toReverse = enter(0, '60', 'cash');
  await drive(() => entered.every(isDone));
  expectAsLedger(await look(till), ofLedger(till, entered, reversed));

  await pass(DAY_MS);
  store.setLoseNextReply(true);
  const lost = enter(2, '100', 'qr');
  await drive(() => outbox.byId(lost.id)?.state === 'review');
  const { session } = driven.till;
  await session.counter.review.answer(lost.id, outbox.byId(lost.id)?.version ?? 0, 'arrived', theManager);
  await drive(() => entered.every(isDone));
  reversed.set(toReverse.id, till.reverse(toReverse.id));
  await drive(() => isDone({ id: reversed.get(toReverse.id) ?? '' }));
  expectAsLedger(await look(till), ofLedger(till, entered, reversed));

  // What waits counts as taken and not settled, and as such it is told; it is in no ledger yet.
  await pass(3 * DAY_MS);
  await store.setPlug(false);
  const waiting = enter(3, '30', 'cash');
  await driven.settle();
  const during = await look(till);
  const today = during.day.at(-1)?.figures;
  expect(today).toMatchObject({
    topUps: 1,
    lines: { taken: { principal: '30' }, unsettled: { entries: 1, principal: '30' } },
  });
  expect(during.month.at(-1)?.figures.lines.unsettled).toMatchObject({ entries: 1, principal: '30' });
  // The plug stays out over midnight: the day that is past is reckoned anew once its entry is settled.
  await pass(DAY_MS);
  // A day without a network is no thousand tries: each would be written down.
  expect(outbox.byId(waiting.id)?.version).toBeLessThan(20);
  await store.setPlug(true);
  await drive(() => isDone(waiting));
  enter(0, '10', 'cash');
  await drive(() => entered.every(isDone));
  const view = await look(till);
  const ledger = ofLedger(till, entered, reversed);
  expectAsLedger(view, ledger);
  expect(view.day.at(-2)?.figures.lines.unsettled).toMatchObject({ entries: 0, principal: '0' });

  for (const span of ['week', 'month'] as const) {
    for (const { from, to, figures } of view[span]) {
      const of = [...ledger].filter(([day]) => from <= day && day <= to).map(([, each]) => each);
      expect(Number(figures.net)).toBe(
        Number(sum(of.map(({ taken }) => taken))) - Number(sum(of.map((each) => each.reversed))),
      );
      expect(figures.members).toBe(new Set(of.flatMap(({ members }) => [...members])).size);
    }
  }
});

it('what was refused is told as given back, and nothing of it as taken', async () => {
  const till = await openShiftTill();
  const { driven } = till;
  const {
    ledger: { outbox },
  } = driven.till.session;
  driven.store.addFault({
    fault: { kind: 'error', messages: ['Customer is disabled'], errorCode: 1, when: 'before' },
    method: 'updateBalancePointByIncrement',
    times: 1,
  });
  const { id } = till.enter(0, '50', 'cash');
  await driven.drive(() => ['rejected', 'review', 'unknown'].includes(outbox.byId(id)?.state ?? ''));
  const { figures } = (await look(till)).day.at(-1) ?? {};
  expect(outbox.byId(id)?.state).toBe('rejected');
  expect(figures).toMatchObject({
    ...{ topUps: 0, net: '0', bonus: '0', members: 0, tenders: [] },
    lines: { cancelled: { entries: 1, principal: '50' } },
  });
});

it('is the same after the till was closed and opened again', async () => {
  const till = await openShiftTill();
  const { id } = till.enter(0, '50', 'cash');
  const { driven } = till;
  await driven.drive(() => driven.till.session.ledger.outbox.byId(id)?.state === 'confirmed');
  const before = await look(till);
  const again = asShiftTill(await driven.restart());
  expect({ ...(await look(again)), atMs: 0 }).toEqual({ ...before, atMs: 0 });
});
