import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configureLive } from '../../main/app/live-account.ts';
import { openLiveSession } from '../../main/app/open-session.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createVault } from '../../main/people/credentials/vault.ts';
import { atTheTill } from '../kit/actors.ts';
import { realClock, startPracticeStore } from '../kit/practice-store.ts';
import { asSeen, configFor, silentLogger } from '../kit/till.ts';
import { keyring, random, temporaryFolder } from '../people/credentials/support.ts';

it('23: a lost keychain: the entry stays, nothing is sent, the key is asked for, then a person sends it once', async () => {
  const store = await startPracticeStore();
  const folder = temporaryFolder();
  configureLive(folder, configFor(store));
  let changed: () => void = () => undefined;
  let laterMs = 0;
  const openWith = async (key: Buffer, save: boolean) => {
    const vault = createVault({ folder: join(folder, 'live'), secrets: keyring(key), random });
    if (save) await vault.save(store.appKey);
    const opened = await openLiveSession({
      folder,
      headCopyFolder: join(folder, 'copy'),
      clock: { ...realClock, monotonicMs: () => realClock.monotonicMs() + laterMs },
      random,
      logger: silentLogger,
      vault,
      changed: () => changed(),
    });
    if (!opened.ok || opened.value === null) throw new Error('there is no till');
    return opened.value;
  };
  const first = await openWith(randomBytes(32), true);
  const [someone] = store.members();
  await first.members.lookUp.find(someone?.number ?? '');
  const zero = { pointIncrement: '0', note: '' } as const;
  const request = { requestId: random.uuid(), ...asSeen(first, someone?.customerUid ?? ''), ...zero };
  type Request = Parameters<typeof first.counter.topUps.create>[0];
  const saved = first.counter.topUps.create(
    { ...request, balanceIncrement: '5' } as unknown as Request,
    atTheTill,
  );
  expect(saved.ok).toBe(true);
  await first.close(0);

  const newRing = randomBytes(32);
  const second = await openWith(newRing, false);
  second.start();
  expect(second.ledger.outbox.counts().queued).toBe(1);
  expect(second.hosts.link.state.pauses.map(({ reason }) => reason)).toContain('key-lost');
  expect(store.increments()).toEqual([]);
  await second.replaceKey(store.appKey, theManager);
  await second.close(0);
  // The journal's key is gone too: what is open waits for a person.
  const third = await openWith(newRing, false);
  third.start();
  const [waits] = third.counter.review.cases();
  if (waits === undefined) throw new Error('nobody is asked');
  // What may have been sent before has long arrived when somebody answers.
  laterMs = 200_000;
  expect(store.increments()).toEqual([]);
  const sent = new Promise<void>((resolve) => {
    changed = () => {
      if (third.ledger.outbox.counts().confirmed === 1) resolve();
    };
  });
  const { id, version } = waits.increment;
  const read = await third.counter.review.read(id);
  const readingId = read.ok ? (read.value.reading?.readingId ?? null) : null;
  const named = { readingId, isMeant: false };
  expect(await third.counter.review.answer(id, version, 'send', atTheTill, named)).toMatchObject({
    ok: true,
  });
  third.sending.loop.wake(); // As the screen's handlers do.
  await sent;
  await third.close(0);
  expect(store.increments()).toHaveLength(1);
});
