import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { backupFolder, liveFolder } from '../../main/kernel/folders.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../main/safety/backups/restore.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import type { Driven } from '../kit/driven-till.ts';
import {
  balance,
  byAnother,
  entry,
  HOUR_MS,
  lose,
  method,
  number,
  openLosing,
  uid,
  whileUnknown,
} from '../kit/losing.ts';
import { importEntry } from '../kit/papers.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

const increments = ({ store }: Driven) => store.increments().length;

/** What a manager presses, who has not seen a reading. */
const press = (driven: Driven, id: string, answer: 'send' | 'drop') =>
  driven.till.session.counter.review.answer(id, entry(driven, id).version, answer, theManager);

const read = async (driven: Driven, id: string) => {
  const reading = await driven.till.session.counter.review.read(id);
  if (!reading.ok) throw new Error(reading.error.code);
  return reading.value;
};

const named = (id: string | undefined, isMeant = false) => ({ readingId: id ?? null, isMeant });

/** A manager who has read, and presses *It did not, send it*. */
async function sendRead(driven: Driven, id: string, isMeant = false) {
  const of = await read(driven, id);
  const { version } = entry(driven, id);
  const by = named(of.reading?.readingId, isMeant);
  return driven.till.session.counter.review.answer(id, version, 'send', theManager, by);
}

const shownOf = async (driven: Driven) => {
  const room = driven.till.session.rooms.find(({ name }) => name === 'review');
  const listed = await room?.handlers?.['review:list']?.({}, theManager);
  if (!listed?.ok) throw new Error('no list');
  return listed.value.cases;
};

async function putBack(driven: Driven, file: string, madeAtMs: number, afterMs = HOUR_MS): Promise<Driven> {
  const { folder } = driven.till;
  await driven.till.close();
  driven.clock.pass(afterMs);
  const secrets = { appKey: 'k', pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) };
  const restored = await restoreBackup(
    {
      ...{ clock: driven.clock, random: realRandom, logger: silentLogger, integrity: checkHere },
      ...{ protocol: kybio, machine: null, liveFolder: liveFolder(folder) },
      headCopyFolder: join(folder, 'copy'),
      backupFolder: backupFolder(folder),
      vault: createMemoryVault(secrets, realRandom),
    },
    { ...{ file, madeAtMs, otherMachine: false, secrets: null, open: [] } },
  );
  expect(restored).toEqual({ ok: true, value: {} });
  return driven.restart();
}

/** D4: an entry of 10 waits in the backup, is sent after it, and so is one of 20; then the backup is put back. */
async function restored() {
  const driven = await openLosing({}, null, { backups: {} });
  await driven.store.setPlug(false);
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.settle();
  const made = await driven.till.session.safety.backups?.backupNow('hourly');
  if (made === undefined || !made.ok) throw new Error('no backup');
  await driven.store.setPlug(true);
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  return { driven, id, backup: made.value };
}

it('what this till has credited the member since counts as known: it speaks for no arrival', async () => {
  const driven = await openLosing({}, 'before');
  const { id } = await lose(driven);
  await driven.drive(() => entry(driven, id).state === 'review');
  const { id: since } = driven.till.topUp(uid, '10.00');
  await driven.drive(() => entry(driven, since).state === 'confirmed');
  await read(driven, id);
  expect(await shownOf(driven)).toMatchObject([
    { before: { balance: '130' }, evidence: { moved: { balance: '0' } }, speaksForArrival: false },
  ]);
  expect((await sendRead(driven, id)).ok).toBe(true);
});

describe('after a restore', () => {
  it('nothing goes at the first press, and the screen shows what was known before it (D4)', async () => {
    const { driven, id, backup } = await restored();
    const again = await putBack(driven, backup.file, backup.atMs);
    again.till.session.start();
    await again.pass(215_000);
    expect(await press(again, id, 'send')).toMatchObject({ error: { code: 'reading-needed' } });
    expect(await press(again, id, 'drop')).toMatchObject({ error: { code: 'reading-needed' } });
    await read(again, id);
    expect(await shownOf(again)).toMatchObject([
      {
        before: { balance: '120.00' },
        reading: { sums: { balance: '130.00' } },
        evidence: {
          suggestion: 'applied',
          moved: { balance: '10' },
          reasons: expect.arrayContaining(['exact-movement', 'log-silent']),
        },
        speaksForArrival: true,
      },
    ]);
    expect(await sendRead(again, id)).toMatchObject({ error: { code: 'evidence-changed' } });
    await again.pass(HOUR_MS);
    expect(increments(again)).toBe(1);
    expect(balance(again)).toBe('130.00');
  });

  it('the till itself goes by none of that: it asks, and takes no new entry for it', async () => {
    const { driven, id, backup } = await restored();
    const again = await putBack(driven, backup.file, backup.atMs);
    const { session } = again.till;
    session.start();
    expect(session.members.directory.baseline(uid)).toBeNull();
    await again.pass(215_000);
    const of = await read(again, id);
    expect(of.evidence?.content).toMatchObject({ verdict: { decision: 'ask', suggestion: 'applied' } });
    expect(session.kernel.settings.get('sends.forgotten')).toBeNull();
  });

  it('what was in review already waits for what was sent of it since, and counts as open across it', async () => {
    const driven = await openLosing({}, 'before', { backups: {} });
    const { id } = await lose(driven);
    await driven.drive(whileUnknown(driven, id));
    expect(entry(driven, id).cause).toBe('evidence-unclear');
    const made = await driven.till.session.safety.backups?.backupNow('hourly');
    if (made === undefined || !made.ok) throw new Error('no backup');
    driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
    expect(await sendRead(driven, id)).toMatchObject({ ok: true });
    driven.till.session.sending.loop.wake();
    await driven.drive(() => entry(driven, id).state === 'unknown');
    const again = await putBack(driven, made.value.file, made.value.atMs, 1_000);
    const { session } = again.till;
    session.start();
    const isEarly = { ok: false, error: { code: 'may-still-arrive' } };
    expect(await session.counter.review.read(id)).toMatchObject(isEarly);
    expect(await press(again, id, 'send')).toMatchObject(isEarly);
    expect(entry(again, id).cause).toBe('restored');
    await again.pass(100_000);
    // What the till had sent before comes to KYBIO only now.
    await byAnother(again, '10.00', entry(again, id).dataChangeTime);
    expect(await session.counter.review.read(id)).toMatchObject(isEarly);
    // Over another start too.
    const later = await again.restart();
    expect(await later.till.session.counter.review.read(id)).toMatchObject(isEarly);
    later.till.session.start();
    await later.pass(215_000);
    expect(await sendRead(later, id)).toMatchObject({ error: { code: 'evidence-changed' } });
    await later.pass(HOUR_MS);
    expect(increments(later)).toBe(1);
    expect(balance(later)).toBe('130.00');
  });

  it('the waiting paper of an entry that is there already sends nothing either (beside D5)', async () => {
    const { driven, id, backup } = await restored();
    const code = driven.till.session.paper.slips.codeOf(entry(driven, id)) ?? '';
    const again = await putBack(driven, backup.file, backup.atMs);
    again.till.session.start();
    await again.pass(215_000);
    again.till.session.paper.slips.scan(code, null, theManager);
    expect((await press(again, id, 'send')).ok).toBe(false);
    expect((await sendRead(again, id)).ok).toBe(false);
    await again.pass(HOUR_MS);
    expect(balance(again)).toBe('130.00');
  });
});

describe('papers of a dead till', () => {
  it('the first press sends nothing, and the sums that say it arrived are shown (C3)', async () => {
    const dead = await openLosing({}, null);
    const fresh = await dead.fresh();
    fresh.till.session.start();
    fresh.clock.pass(1_000);
    await fresh.till.session.members.lookUp.find(number);
    dead.clock.pass(60_000);
    const { id } = dead.till.topUp(uid, '50.00');
    const code = dead.till.session.paper.slips.codeOf(entry(dead, id)) ?? '';
    await dead.drive(() => entry(dead, id).state === 'confirmed');
    await dead.till.close();
    importEntry(fresh, code);
    await fresh.pass(HOUR_MS);
    expect(await press(fresh, id, 'send')).toMatchObject({ error: { code: 'reading-needed' } });
    await read(fresh, id);
    expect(await shownOf(fresh)).toMatchObject([
      { before: { balance: '120.00' }, reading: { sums: { balance: '170.00' } }, speaksForArrival: true },
    ]);
    expect(await sendRead(fresh, id)).toMatchObject({ error: { code: 'evidence-changed' } });
    await fresh.pass(HOUR_MS);
    expect(increments(fresh)).toBe(1);
    expect(balance(fresh)).toBe('170.00');
  });
});

describe('a reading', () => {
  /** An entry in review that never reached KYBIO, read. */
  const inReview = async () => {
    const driven = await openLosing({}, 'before');
    const { id } = await lose(driven);
    await driven.drive(whileUnknown(driven, id));
    const first = (await read(driven, id)).reading?.readingId;
    const {
      counter: { review },
    } = driven.till.session;
    const send = (by: string | undefined) =>
      review.answer(id, entry(driven, id).version, 'send', theManager, named(by));
    return { driven, id, review, first, send };
  };
  const needed = { ok: false, error: { code: 'reading-needed' } };

  it('is good until the next of its case', async () => {
    const { driven, id, first, send } = await inReview();
    const second = (await read(driven, id)).reading?.readingId;
    expect(second).not.toBe(first);
    expect(await send(first)).toMatchObject(needed);
    expect(await send(second)).toMatchObject({ ok: true });
  });

  it('is good for ten minutes, asleep or awake', async () => {
    const { driven, id, first, send } = await inReview();
    await driven.pass(600_001);
    expect(await send(first)).toMatchObject(needed);
    const again = (await read(driven, id)).reading?.readingId;
    // The monotonic clock stands still while the PC sleeps.
    driven.clock.jump(8 * HOUR_MS, 0);
    expect(await send(again)).toMatchObject(needed);
    expect(await sendRead(driven, id)).toMatchObject({ ok: true });
  });

  it('is good for no longer than the PC is awake, whatever its clocks say', async () => {
    const { driven, id, first, send } = await inReview();
    driven.clock.jump(-60_000, 0);
    for (const room of driven.till.session.rooms) room.wokeUp?.();
    expect(await send(first)).toMatchObject(needed);
    await driven.pass(200_000);
    expect(await sendRead(driven, id)).toMatchObject({ ok: true });
  });

  it('is good for its own case alone, and in its own process', async () => {
    const { driven, id, first } = await inReview();
    driven.store.addFault({
      ...{ fault: { kind: 'drop', when: 'before' }, times: 1 },
      method: 'updateBalancePointByIncrement',
    });
    const other = await lose(driven, '7.00');
    await driven.drive(whileUnknown(driven, other.id));
    const ofOther = (await read(driven, other.id)).reading?.readingId;
    const { version } = entry(driven, id);
    const {
      counter: { review },
    } = driven.till.session;
    expect(await review.answer(id, version, 'send', theManager, named(ofOther))).toMatchObject(needed);
    const again = await driven.restart();
    const after = again.till.session.counter.review;
    for (const by of [first, ofOther])
      expect(await after.answer(id, version, 'drop', theManager, named(by))).toMatchObject({ ok: false });
  });

  it('is no more good once an entry of its member was sent', async () => {
    const { driven, first, send } = await inReview();
    const next = driven.till.topUp(uid, '3.00');
    await driven.drive(() => entry(driven, next.id).state === 'confirmed');
    expect(await send(first)).toMatchObject(needed);
  });

  it('that cannot be had moves nothing, and says why', async () => {
    const { driven, id, review } = await inReview();
    await driven.store.setPlug(false);
    expect(await review.read(id)).toMatchObject({ error: { code: 'host-unreachable' } });
    expect(await press(driven, id, 'drop')).toMatchObject(needed);
    const { version } = entry(driven, id);
    expect(await review.answer(id, version, 'arrived', theManager)).toMatchObject({ ok: true });
  });

  it.each([
    ['an id alone', {}],
    ['sums of 0', { number: '', name: '', balance: 0, point: 0 }],
  ])('of a blank record with %s has no sums: nothing is sent by it', async (_what, record) => {
    const driven = await openLosing({}, 'after');
    const { id } = await lose(driven);
    await driven.drive(whileUnknown(driven, id));
    const data = `{"customerUid":${uid},${JSON.stringify(record).slice(1)}`.replace(',}', '}');
    const body = `{"status":"success","data":${data}}`;
    driven.store.addFault({ fault: { kind: 'body', body, when: 'before' }, method: 'queryByUid', times: 1 });
    expect((await read(driven, id)).reading).toMatchObject({ sums: null, why: 'member-blank' });
    const by = named(driven.till.session.counter.review.cases()[0]?.reading?.readingId, true);
    const { version } = entry(driven, id);
    const sent = await driven.till.session.counter.review.answer(id, version, 'send', theManager, by);
    expect(sent).toMatchObject({ error: { code: 'member-blank' } });
    await driven.pass(HOUR_MS);
    expect(balance(driven)).toBe('130.00');
  });

  it('and the answer are in the journal as they were shown', async () => {
    const { driven, id, first, send } = await inReview();
    expect(await send(first)).toMatchObject({ ok: true });
    const rows = driven.till.session.ledger.journal?.rowsOf(entry(driven, id).sequence) ?? [];
    const decided = rows.findLast(({ event }) => event === 'decided');
    expect((JSON.parse(decided?.content ?? '[]') as unknown[])[2]).toMatchObject({
      shown: {
        known: { balance: '120.00' },
        read: { readingId: first, sums: { balance: '120.00' } },
        difference: { balance: '0', point: '0' },
      },
    });
  });
});
