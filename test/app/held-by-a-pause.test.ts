import { expect, it } from 'vitest';
import { afterManager } from '../../main/hosts/link/link-state.ts';
import { limWei } from '../../main/hosts/practice/members.ts';
import { UNDECIDED_MS } from '../../main/sending/investigation.ts';
import { entry, HOUR_MS, lose, method, openLosing, sends, uid, whileUnknown } from '../kit/losing.ts';

/** A reply is lost to a host that refuses the same bytes for a day; then an answer contradicts itself. */
async function loseAndContradict() {
  const driven = await openLosing(
    {
      ...{ host: { refusesDuplicates: true }, policy: { tillNumbersDeclared: true } },
      proven: { duplicates: { greatestAgeMs: 24 * HOUR_MS } },
    },
    'after',
  );
  const { session } = driven.till;
  await session.members.lookUp.find(limWei.number);
  const { id, lostAtMs } = await lose(driven);
  driven.store.addFault({ fault: { kind: 'other-member' }, method, times: 1 });
  session.hosts.link.update((state) => ({ ...state, contradictedUid: 'another' }));
  driven.till.topUp(limWei.customerUid, '1.00');
  const reasons = () => session.hosts.link.state.pauses.map(({ reason }) => reason);
  await driven.drive(() => reasons().join() === 'contradiction');
  return { driven, id, lostAtMs };
}

const increments = (driven: Awaited<ReturnType<typeof openLosing>>) =>
  driven.store.increments().filter(({ customerUid }) => customerUid === uid);

it('what only a manager may let be sent again is read, and comes to review in a quarter of an hour', async () => {
  const { driven, id, lostAtMs } = await loseAndContradict();
  await driven.drive(whileUnknown(driven, id));
  expect(driven.clock.monotonicMs() - lostAtMs).toBeLessThanOrEqual(150_000 + UNDECIDED_MS + 60_000);
  expect(entry(driven, id).state).toBe('review');
  const {
    counter: { review },
  } = driven.till.session;
  const of = review.cases().find(({ increment }) => increment.id === id);
  expect(of?.evidence?.content).toMatchObject({ verdict: { suggestion: 'applied' }, readings: [{}] });
  expect(of?.evidence?.content).toHaveProperty('verdict.reasons', expect.arrayContaining(['sending-paused']));
  expect(increments(driven)).toHaveLength(1);
});

it('and is decided by the same bytes where the manager looks before that', async () => {
  const { driven, id } = await loseAndContradict();
  await driven.pass(600_000);
  expect(entry(driven, id).state).toBe('unknown');
  const before = sends(driven).length;
  driven.till.session.hosts.link.update(afterManager);
  driven.till.session.sending.loop.wake();
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  expect(sends(driven).length).toBeGreaterThan(before);
  expect(increments(driven)).toHaveLength(1);
});
