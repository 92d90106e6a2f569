import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { backupFolder, databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../main/safety/backups/restore.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { RESTORED_FILE } from '../../main/safety/restored.ts';
import type { Driven } from '../kit/driven-till.ts';
import { entry, HOUR_MS, lose, openLosing, uid } from '../kit/losing.ts';
import { itOnPosix } from '../kit/posix.ts';
import { realRandom } from '../kit/practice-store.ts';
import { answerRead } from '../kit/review.ts';
import { silentLogger } from '../kit/till.ts';

const journalKey = Buffer.alloc(32, 9);

interface Backup {
  readonly file: string;
  readonly atMs: number;
}

async function backUp({ till }: Driven): Promise<Backup> {
  const made = await till.session.safety.backups?.backupNow('asked');
  if (made === undefined || !made.ok) throw new Error('no backup');
  return made.value;
}

/** Two backups with an entry between them, one that was sent after both, and one that was not. */
async function shop() {
  const driven = await openLosing({}, null, { backups: {} });
  const early = await backUp(driven);
  const between = driven.till.topUp(uid, '5.00');
  await driven.drive(() => entry(driven, between.id).state === 'confirmed');
  await driven.pass(HOUR_MS);
  const late = await backUp(driven);
  const sent = driven.till.topUp(uid, '10.00');
  await driven.drive(() => entry(driven, sent.id).state === 'confirmed');
  await driven.store.setPlug(false);
  driven.till.topUp(uid, '20.00');
  await driven.settle();
  await driven.till.close();
  await driven.store.setPlug(true);
  return { driven, early, late };
}

function putBack({ clock, till: { folder } }: Driven, { file, atMs }: Backup) {
  clock.pass(60_000);
  return restoreBackup(
    {
      ...{ clock, random: realRandom, logger: silentLogger, integrity: checkHere, protocol: kybio },
      ...{ machine: null, liveFolder: liveFolder(folder), headCopyFolder: join(folder, 'copy') },
      backupFolder: backupFolder(folder),
      vault: createMemoryVault({ appKey: 'k', pinPepper: Buffer.alloc(32, 7), journalKey }, realRandom),
    },
    { file, madeAtMs: atMs, otherMachine: false, secrets: null, open: [] },
  );
}

const roomOf = ({ till }: Driven) => till.session.rooms.find(({ name }) => name === 'backups');

const markIn = (live: string) =>
  JSON.parse(readFileSync(join(live, RESTORED_FILE), 'utf8')) as { readonly part: string };

async function opened(driven: Driven): Promise<Driven> {
  const again = await driven.restart();
  again.till.session.start();
  return again;
}

function told(driven: Driven) {
  const restored = roomOf(driven)?.shows?.restored?.() ?? null;
  return restored === null
    ? null
    : { rows: restored.lostRows, entries: restored.entries.map(({ balance, state }) => [balance, state]) };
}

describe('the wrong backup first, and then the right one', () => {
  it('what is in neither is told, and what was entered in between', async () => {
    const { driven, early, late } = await shop();
    expect(await putBack(driven, early)).toMatchObject({ ok: true });
    const wrong = await opened(driven);
    await driven.store.setPlug(false);
    wrong.till.topUp(uid, '40.00');
    await wrong.settle();
    await wrong.till.close();
    expect(await putBack(wrong, late)).toMatchObject({ ok: true });
    const right = await opened(wrong);
    expect(told(right)?.entries).toEqual([
      ['10', 'confirmed'],
      ['20', 'queued'],
      ['40', 'queued'],
    ]);
    expect(told(right)?.rows).toBeGreaterThan(0);
  });

  it('what a manager has gone through after the first is not listed once more', async () => {
    const { driven, early, late } = await shop();
    await putBack(driven, early);
    const wrong = await opened(driven);
    expect(told(wrong)?.entries).toHaveLength(3);
    await roomOf(wrong)?.managersHandlers?.['backups:acknowledgeRestore']?.({}, theManager);
    await wrong.till.close();
    await putBack(wrong, late);
    const right = await opened(wrong);
    expect(told(right)?.entries).toEqual([]);
    expect(told(right)?.rows).toBeGreaterThan(0);
  });

  it('what was told once is not told again by a restore of what came after it', async () => {
    const { driven, early } = await shop();
    await putBack(driven, early);
    const second = await opened(driven);
    const later = await backUp(second);
    await second.till.close();
    await putBack(second, later);
    expect(told(await opened(second))?.entries).toEqual([]);
  });
});

describe('a restore that did not come to its end', () => {
  itOnPosix('and failed tells of none: what was there opens, and nothing of it is called lost', async () => {
    const { driven, late } = await shop();
    const live = liveFolder(driven.till.folder);
    const time = new Date(driven.clock.nowMs() + 60_000).toISOString().slice(0, 19);
    // A folder that cannot be made.
    symlinkSync('/nowhere/at/all', join(live, `set-aside-${time.replaceAll(/[-:]/g, '').replace('T', '-')}`));
    expect(await putBack(driven, late)).toMatchObject({ ok: false });
    expect(existsSync(join(live, RESTORED_FILE))).toBe(false);
    expect(readdirSync(live).filter((name) => name.includes('restoring'))).toEqual([]);
    const again = await opened(driven);
    expect(told(again)).toBeNull();
    expect(again.till.session.journalProblem).toBeNull();
  });

  it.each(['before', 'after'])('and was killed %s it set the old data aside', async (when) => {
    const { driven, late } = await shop();
    const live = liveFolder(driven.till.folder);
    const database = databaseFile(live);
    const kept = join(driven.till.folder, 'kept');
    mkdirSync(kept);
    renameSync(database, join(kept, 'db'));
    expect(await putBack(driven, late)).toMatchObject({ ok: true });
    // As it lay there at that moment: the mark, and the new database not yet under its name.
    const { part } = markIn(live);
    renameSync(database, join(live, part));
    if (when === 'before') {
      renameSync(join(kept, 'db'), database);
      const again = await opened(driven);
      expect(told(again)).toBeNull();
      expect(again.till.session.journalProblem).toBeNull();
      expect(readdirSync(live)).not.toContain(part);
      return;
    }
    mkdirSync(join(live, 'set-aside-20261126-120000'));
    renameSync(join(kept, 'db'), join(live, 'set-aside-20261126-120000', 'counterfoil.db'));
    expect(await putBack(driven, late)).toMatchObject({ ok: true });
    expect(told(await opened(driven))?.entries).toEqual([
      ['10', 'confirmed'],
      ['20', 'queued'],
    ]);
  });

  it('leaves the mark of the one before it in force', async () => {
    const { driven, early, late } = await shop();
    await putBack(driven, early);
    const live = liveFolder(driven.till.folder);
    writeFileSync(`${late.file}-cut`, '');
    expect(await putBack(driven, { ...late, file: `${late.file}-cut` })).toMatchObject({ ok: false });
    rmSync(`${late.file}-cut`);
    expect(existsSync(join(live, RESTORED_FILE))).toBe(true);
    expect(told(await opened(driven))?.entries).toHaveLength(3);
  });
});

it('what a manager has sent again since the backup is read anew before it is sent once more', async () => {
  const driven = await openLosing({}, 'before', { backups: {} });
  const { id } = await lose(driven);
  await driven.drive(() => entry(driven, id).state === 'review', 3 * HOUR_MS);
  const backup = await backUp(driven);
  const sendAgain = ({ till }: Driven) =>
    answerRead(
      till.session.counter.review,
      { id, version: till.session.ledger.outbox.byId(id)?.version ?? 0 },
      'send',
      theManager,
    );
  expect(await sendAgain(driven)).toMatchObject({ ok: true });
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  await driven.till.close();
  expect(await putBack(driven, backup)).toMatchObject({ ok: true });
  const again = await opened(driven);
  await again.pass(5 * 60_000);
  expect(entry(again, id)).toMatchObject({ state: 'review' });
  expect(await sendAgain(again)).toMatchObject({ ok: false, error: { code: 'evidence-changed' } });
  expect(again.store.increments()).toHaveLength(1);
});
