import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { World } from '../../main/app/world.ts';
import { createKybioClient } from '../../main/hosts/kybio/client.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createVault } from '../../main/people/credentials/vault.ts';
import { atTheTill } from '../kit/actors.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';
import { balance, entry, HOUR_MS, method, number, sends, uid } from '../kit/losing.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../kit/till.ts';
import { keyring } from '../people/credentials/support.ts';

const isPaused = ({ till }: Driven) =>
  till.session.hosts.link.state.pauses.some(({ reason }) => reason === 'credentials');

/** A till that KYBIO answers a wrong key to, with one top-up of 10 that waits. */
async function refused() {
  const first = await openDrivenTill({}, { appKey: 'NOT-THE-KEY' });
  const { session } = first.till;
  // Known from before: a wrong key reads no member.
  session.members.directory.keep({ ...meiLing, enable: 1 } as never, first.clock.nowMs(), true);
  session.start();
  const { id } = first.till.topUp(uid, '10.00');
  await first.drive(() => isPaused(first));
  return { first, id };
}

it('a keyring that fails for a moment while the key is replaced takes neither the PIN nor the journal', async () => {
  const store = await startPracticeStore();
  const whole = keyring(randomBytes(32));
  let failures = 0;
  const secrets: typeof whole = {
    ...whole,
    decrypt: (sealed) =>
      failures-- > 0 ? Promise.reject(new Error('the keyring is busy')) : whole.decrypt(sealed),
  };
  const vault = createVault({ folder: temporaryFolder(), secrets, random: realRandom });
  // The journal key that the till's settings are sealed under.
  await vault.save('NOT-THE-KEY', { pinPepper: randomBytes(32), journalKey: Buffer.alloc(32, 9) });
  const till = await openTestTill(store, { world: { vault } });
  till.session.start();
  expect(await till.session.managerPin.make('730194', atTheTill)).toMatchObject({ ok: true });
  failures = 1;
  expect(await till.session.replaceKey(store.appKey, theManager)).toEqual({ ok: true, value: {} });
  expect(till.session.ledger.journal?.hasNote('key replaced')).toBe(true);
  expect(await till.session.managerPin.verify('730194')).toMatchObject({ ok: true });
  await till.close();
  failures = 0;
  const next = await openTestTill(store, { folder: till.folder, world: { vault } });
  expect(next.session.hosts.account.hasKey()).toBe(true);
  expect(next.session.journalProblem).toBeNull();
  expect(await next.session.managerPin.verify('730194')).toMatchObject({ ok: true });
});

it('a key that was brought while the till was closed lets the queue go on, once KYBIO has answered to it', async () => {
  const { first, id } = await refused();
  const stillWrong = await first.restart({ appKey: 'NOR-IS-THIS' });
  stillWrong.till.session.start();
  await stillWrong.drive(() => isPaused(stillWrong));
  expect(sends(stillWrong)).toHaveLength(1);
  const right = await stillWrong.restart({ appKey: first.store.appKey });
  right.till.session.start();
  await right.drive(() => entry(right, id).state === 'confirmed', HOUR_MS);
  expect(balance(right)).toBe('130.00');
});

it('the key that was refused is not tried again by a restart', async () => {
  const { first, id } = await refused();
  const again = await first.restart();
  const before = first.store.calls().length;
  again.till.session.start();
  await again.pass(6 * HOUR_MS);
  expect(isPaused(again)).toBe(true);
  expect(entry(again, id).state).toBe('queued');
  expect(first.store.calls()).toHaveLength(before);
});

/** A till with a wrong key, where the answers to one call under that key stay on their way until `release`. */
async function answeredLate(call: 'sendIncrement' | 'readByNumber') {
  const store = await startPracticeStore();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const connect: World['connect'] = (account, clock = realClock) => {
    const client = createKybioClient({ account, clock, logger: silentLogger });
    const late = async <R>(answer: Promise<R>): Promise<R> => {
      const answered = await answer;
      if (account.appKey !== store.appKey) await released;
      return answered;
    };
    const { sendIncrement, readByNumber } = client;
    return call === 'sendIncrement'
      ? { ...client, sendIncrement: (...args) => late(sendIncrement(...args)) }
      : { ...client, readByNumber: (...args) => late(readByNumber(...args)) };
  };
  const till = await openTestTill(store, { appKey: 'NOT-THE-KEY', world: { connect } });
  till.session.members.directory.keep({ ...meiLing, enable: 1 } as never, realClock.nowMs(), true);
  return { store, till, release };
}

it('KYBIO’s late word on an increment under the key before does not pause the queue for the new one', async () => {
  const { store, till, release } = await answeredLate('sendIncrement');
  const { session } = till;
  session.sending.loop.start();
  const { id } = till.topUp(uid, '10.00');
  await store.waitForCall((call) => call.method === method);
  expect(await session.replaceKey(store.appKey, theManager)).toMatchObject({ ok: true });
  release();
  const isConfirmed = () => session.ledger.outbox.byId(id)?.state === 'confirmed';
  await till.until(() => isConfirmed() || session.hosts.link.state.pauses.length > 0);
  expect(session.hosts.link.state.pauses).toEqual([]);
  expect(isConfirmed()).toBe(true);
});

it('nor does its late word on a read', async () => {
  const { store, till, release } = await answeredLate('readByNumber');
  const { session } = till;
  session.counter.policy.save({ ...session.counter.policy.current(), memberFreshMs: 0 }, theManager);
  const found = session.members.lookUp.find(number);
  await store.waitForCall((call) => call.method === 'queryByNumber');
  expect(await session.replaceKey(store.appKey, theManager)).toMatchObject({ ok: true });
  release();
  await found;
  expect(session.hosts.link.state.pauses).toEqual([]);
});
