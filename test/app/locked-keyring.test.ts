import { expect, it } from 'vitest';
import { withPause } from '../../main/hosts/link/link-state.ts';
import { openDatabaseReadOnly } from '../../main/kernel/database/open.ts';
import { createSeals } from '../../main/kernel/database/seals.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import type { Vault } from '../../main/people/credentials/vault.ts';
import { atTheTill } from '../kit/actors.ts';
import { createTestClock } from '../kit/clock.ts';
import { number, uid } from '../kit/losing.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, type TestTill, temporaryFolder } from '../kit/till.ts';

const PIN = '4826';
const HOUR_MS = 3_600_000;
const lost = { load: async () => ({ state: 'lost', reason: 'keyring-unavailable' }) } as unknown as Vault;

/** What lies in the tables that the journal does not tell of, as it looks from outside, and whether it is as it was left. */
function sealed(folder: string) {
  const opened = openDatabaseReadOnly(databaseFile(liveFolder(folder)));
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    const rows = (sql: string) => opened.value.prepare(sql).all();
    return {
      altered: createSeals(opened.value, Buffer.alloc(32, 9)).altered(),
      evidence: rows('SELECT increment_id, content FROM evidence'),
      members: rows('SELECT customer_uid, name FROM member'),
      settings: rows("SELECT key, value FROM setting WHERE key <> 'opened' ORDER BY key"),
    };
  } finally {
    opened.value.close();
  }
}

/** A till with a credit that waits for the network, what is known of its member kept beside it. */
async function waiting() {
  const store = await startPracticeStore();
  const folder = temporaryFolder();
  const clock = createTestClock();
  const open = (vault?: Vault) =>
    openTestTill(store, { folder, world: { clock, ...(vault === undefined ? {} : { vault }) } });
  const first = await open();
  const { session } = first;
  await session.managerPin.make(PIN, atTheTill);
  await session.members.lookUp.find(number);
  await store.setPlug(false);
  const { id } = first.topUp(uid, '10.00');
  return { store, folder, clock, open, first, id };
}

const passIn = (clock: ReturnType<typeof createTestClock>, byMs: number) => {
  const untilMs = clock.monotonicMs() + byMs;
  while (clock.monotonicMs() < untilMs && clock.runNext());
};
const pauses = ({ session }: TestTill) => session.hosts.link.state.pauses.map(({ reason }) => reason);

it('a keyring that is locked for one start alters nothing, and takes nothing of what was known', async () => {
  const { folder, clock, open, first, id } = await waiting();
  first.session.start();
  await first.close();
  const before = sealed(folder);
  expect(before).toMatchObject({ altered: [], evidence: [{ increment_id: id }] });

  const keyless = await open(lost);
  keyless.session.start();
  passIn(clock, HOUR_MS);
  await keyless.session.managerPin.verifyRecoveryCode('00000-00000-00000-00000');
  await keyless.close();
  expect(sealed(folder)).toEqual(before);

  const again = await open();
  again.session.start();
  expect(again.session.journalProblem).toBeNull();
  expect(pauses(again)).toEqual([]);
  expect(again.session.members.directory.baseline(uid)).not.toBeNull();
  expect(again.session.ledger.outbox.byId(id)?.state).toBe('queued');
});

it('keeps beside an entry what is known of its member only once it can be sealed', async () => {
  const { folder, open, first, id } = await waiting();
  await first.close();
  const keyless = await open(lost);
  keyless.session.start();
  await keyless.close();
  expect(sealed(folder).evidence).toEqual([]);
  const again = await open();
  again.session.start();
  await again.close();
  expect(sealed(folder)).toMatchObject({ altered: [], evidence: [{ increment_id: id }] });
});

it('a pause that ends while the keyring is locked ends again at the next start', async () => {
  const { folder, clock, open, first } = await waiting();
  first.session.start();
  first.session.hosts.link.update((state, at) => withPause(state, 'quota', 'access limit reached', at.nowMs));
  await first.close();
  clock.jump(24 * HOUR_MS, 24 * HOUR_MS);
  const keyless = await open(lost);
  keyless.session.start();
  expect(pauses(keyless)).toEqual(['key-lost']);
  await keyless.close();
  expect(sealed(folder).altered).toEqual([]);
  const again = await open();
  again.session.start();
  expect(again.session.journalProblem).toBeNull();
  expect(pauses(again)).toEqual([]);
});

it('the offline window goes on through a start with the keyring locked, which counts for it', async () => {
  const { folder, clock, open, first } = await waiting();
  const { offlineWindowMs } = first.session.counter.policy.current();
  first.session.start();
  first.session.hosts.link.update((state, at) => withPause(state, 'unanswered', '', at.nowMs));
  const { sinceMs } = first.session.counter.offline.look();
  await first.close();
  const keyless = await open(lost);
  keyless.session.start();
  expect(keyless.session.counter.offline.look()).toEqual({ sinceMs, stopped: false });
  clock.jump(offlineWindowMs, offlineWindowMs);
  expect(keyless.session.counter.offline.look().stopped).toBe(true);
  await keyless.close();
  expect(sealed(folder).altered).toEqual([]);
  const again = await open();
  expect(again.session.counter.offline.look()).toEqual({ sinceMs, stopped: true });
});
