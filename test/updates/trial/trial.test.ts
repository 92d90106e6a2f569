import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type OpenedSession, openLiveSession, openPracticeSession } from '../../../main/app/open-session.ts';
import { openSnapshot } from '../../../main/app/snapshot.ts';
import type { World } from '../../../main/app/world.ts';
import type { MemberHost } from '../../../main/hosts/port/member-host.ts';
import { takeProcessLock } from '../../../main/kernel/database/process-lock.ts';
import type { Shown } from '../../../main/kernel/room.ts';
import { createMemoryVault, type Vault } from '../../../main/people/credentials/vault.ts';
import { copyForRollback } from '../../../main/updates/trial/copy-for-rollback.ts';
import { dropNote } from '../../../main/updates/trial/mark.ts';
import { journalRows } from '../../../main/updates/trial/rows-repository.ts';
import { type TrialParts, tryHere } from '../../../main/updates/trial/trial.ts';
import { keys } from '../../kit/closed-till-keys.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';
import { forge } from '../../support/forge.ts';
import { aTill, bytesOf, versions } from './support.ts';

const theKeys = createMemoryVault(keys, realRandom);

/** A member host that hears everything but that it is not needed any more. */
const listening = (calls: string[]): MemberHost =>
  new Proxy({} as MemberHost, {
    get: (_, name) => async () => {
      if (name !== 'close') calls.push(String(name));
    },
  });

/** A till that was put aside for a trial, and the program that is tried. */
async function aTrial(change: Partial<TrialParts<OpenedSession>> = {}, vault: Vault = theKeys) {
  const till = aTill();
  await copyForRollback(till, versions, realRandom);
  const calls: string[] = [];
  const shown: Shown[] = [];
  const world: World = {
    ...{ ...till, vault, clock: realClock, random: realRandom, changed: () => undefined },
    connect: () => listening(calls),
  };
  const run = () =>
    tryHere({
      ...{ folder: till.folder, version: versions.to },
      open: () => openLiveSession(world),
      draw: async (open) => {
        shown.push(openSnapshot(open));
        return null;
      },
      ...change,
    });
  return { ...till, calls, shown, world, run };
}

const ready = { ok: true, version: versions.to, problems: [] };

describe('a trial', () => {
  it('opens the till, draws it, and neither takes nor sends nor enters anything', async () => {
    const trial = await aTrial();
    const rows = journalRows(trial.live);
    expect(await trial.run()).toEqual(ready);
    expect(trial.shown).toHaveLength(1);
    expect(trial.shown[0]).toMatchObject({ mode: 'live', till: { name: 'Counter 1' } });
    expect(trial.shown[0]?.counts.queued).toBeGreaterThan(0);
    expect(journalRows(trial.live)).toBe(rows);
    expect(trial.calls).toEqual([]);
  });

  it('closes what it has opened, so that the next program may', async () => {
    const trial = await aTrial();
    await trial.run();
    const again = await openLiveSession(trial.world);
    expect(again.ok).toBe(true);
    if (again.ok) await again.value?.close(0);
  });

  it('of a PC without a live till is one of the practice store', async () => {
    const folder = temporaryFolder();
    const places = { folder, headCopyFolder: join(folder, 'copy') };
    await copyForRollback(places, versions, realRandom);
    const trial = await aTrial();
    const world = { ...trial.world, ...places, logger: silentLogger };
    const answer = tryHere({
      ...{ folder, version: versions.to },
      open: () => openPracticeSession(world, 'UTC'),
      draw: async ({ mode }) => (mode === 'practice' ? null : mode),
    });
    expect(await answer).toEqual(ready);
  });

  it.each<[string, Partial<TrialParts<OpenedSession>>, string]>([
    [
      'the page does not come',
      { draw: async () => 'its process is gone: crashed' },
      'page: its process is gone: crashed',
    ],
    ['nothing is set up', { open: async () => ({ ok: true, value: null }) }, 'till: it is not set up'],
    ['it breaks off', { open: () => Promise.reject(new Error('broken')) }, 'it broke off: Error: broken'],
    [
      'this is another version',
      { version: '1.2.0' },
      'nothing was put aside for a trial of this version; nothing was done',
    ],
  ])('is not passed where %s', async (_, change, problem) => {
    const trial = await aTrial(change);
    expect(await trial.run()).toMatchObject({ ok: false, problems: [problem] });
  });

  it('is not passed without the keys', async () => {
    const lost: Vault = { ...theKeys, load: async () => ({ state: 'lost', reason: 'keyring-unavailable' }) };
    expect(await (await aTrial({}, lost)).run()).toMatchObject({
      problems: ['till: its keys are not at hand'],
    });
  });

  it('is not passed where the records are not what they were', async () => {
    const trial = await aTrial();
    forge(
      trial.live,
      'UPDATE journal SET at_ms = at_ms + 1 WHERE number = (SELECT MAX(number) FROM journal)',
    );
    expect(await trial.run()).toMatchObject({ problems: ['journal: broken'] });
  });

  it('touches nothing of a till that another program works on, or that nobody can put back', async () => {
    const trial = await aTrial();
    const before = bytesOf(trial.folder);
    const other = takeProcessLock(join(trial.folder, 'till.lock'));
    expect(await trial.run()).toMatchObject({ problems: ['lock: second-copy'] });
    if (other.ok) other.value.release();
    await dropNote(trial.folder, 'onlyTried');
    expect(await trial.run()).toMatchObject({ problems: [/^nothing was put aside/] });
    expect(bytesOf(trial.folder)).toEqual(before);
  });
});
