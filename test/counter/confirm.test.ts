import { expect, it } from 'vitest';
import { amount, ok } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { createTestClock } from '../kit/clock.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { asSeen, openTestTill } from '../kit/till.ts';
import { watched } from '../support/statements.ts';

// What whoever waits at the counter waits for is counted: times say little on another machine.

it('a confirm takes twelve statements, and what it answers is what was written', async () => {
  const ran = watched();
  const clock = createTestClock(Date.now());
  const { session } = await openTestTill(await startPracticeStore(), { world: { clock } });
  const { members, counter, ledger } = session;
  const found = await members.lookUp.find('8008010001');
  const [member] = found.ok ? found.value.members : [];
  const seen = asSeen(session, member?.customerUid ?? '');
  const topUp = (balance: string) =>
    counter.topUps.create(
      {
        requestId: realRandom.uuid(),
        ...seen,
        note: '',
        again: true,
        balanceIncrement: amount(balance),
        pointIncrement: amount('0'),
      },
      atTheTill,
    );
  // The first of a till tells its account as well, and the second finds it.
  for (const balance of ['1', '1.5']) {
    expect(topUp(balance)).toMatchObject({ ok: true });
    clock.pass(60_000);
  }
  const before = ran.length;
  const made = topUp('2');
  expect(ran.slice(before)).toHaveLength(12);
  if (!made.ok) throw new Error(made.error.code);
  expect(ok(ledger.outbox.byId(made.value.id))).toEqual(made);
});
