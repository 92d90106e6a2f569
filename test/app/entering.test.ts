import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { configureLive } from '../../main/app/live-account.ts';
import type { OpenedSession } from '../../main/app/open-session.ts';
import { openLiveSession, openPracticeSession } from '../../main/app/open-session.ts';
import { PRACTICE_IDLE_MS } from '../../main/app/practice-idle.ts';
import { createTill, type Openers } from '../../main/app/till.ts';
import type { World } from '../../main/app/world.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { appError, type Changes, err, ok } from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';

afterEach(() => vi.restoreAllMocks());

type Mode = OpenedSession['mode'];

interface Fakes {
  /** Every opening and closing as it happened. */
  readonly log: string[];
  /** Open at once, at most. */
  most: number;
  lockAfterMs: number;
  /** What the next `start` of a session does. */
  onStart: () => void;
  onClose: () => void;
}

/** A till whose sessions do nothing but say when they open and close. */
function openFakes(change: Partial<Openers> = {}) {
  const fakes: Fakes = {
    log: [],
    most: 0,
    lockAfterMs: 0,
    onStart: () => undefined,
    onClose: () => undefined,
  };
  let openNow = 0;
  const session = (mode: Mode): OpenedSession => {
    openNow += 1;
    fakes.most = Math.max(fakes.most, openNow);
    fakes.log.push(`open ${mode}`);
    return {
      mode,
      config: { tillName: 'Counter 1' },
      rooms: [],
      lockAfterMs: () => fakes.lockAfterMs,
      wokeUp: () => undefined,
      start: () => fakes.onStart(),
      close: async () => {
        await pause();
        fakes.onClose();
        openNow -= 1;
        fakes.log.push(`close ${mode}`);
      },
    } as unknown as OpenedSession;
  };
  const opening = async (mode: Mode) => {
    await pause();
    return ok(session(mode));
  };
  const clock = createTestClock();
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (event: string) => void errors.push(event) };
  const till = createTill({
    ...{ folder: temporaryFolder(), clock, random: realRandom, logger },
    vault: createMemoryVault(null, realRandom),
    open: {
      live: () => opening('live'),
      practice: () => opening('practice'),
      configureLive: () => null,
      isLiveConfigured: () => true,
      liveConfig: () => ok(null),
      accountProblem: () => null,
      ...change,
    },
    onChanges: () => true,
  });
  return { till, fakes, errors, clock };
}

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('one way in at a time', () => {
  it('whatever is pressed while a till opens, no two are open, and what another one let in is not done', async () => {
    const { till, fakes } = openFakes();
    const presses = [till.start(), till.openPractice(), till.openPractice(), till.leavePractice()];
    await Promise.all(presses);
    expect(fakes.most).toBe(1);
    expect(till.session()?.mode).toBe('live');
    expect(fakes.log.at(-1)).toBe('open live');
  });

  it('a till that is stopped while it opens ends closed, and nothing opens after it', async () => {
    const { till, fakes } = openFakes();
    const entering = till.openPractice();
    await till.stop(0);
    await entering;
    expect(await till.openLive()).toMatchObject({ ok: false });
    expect(fakes.log.filter((line) => line.startsWith('open'))).toHaveLength(
      fakes.log.filter((line) => line.startsWith('close')).length,
    );
    expect(fakes.log).not.toContain('open live');
    expect(till.session()).toBeNull();
  });

  it('a till that is stopped while it opens is never started', async () => {
    const { till, fakes } = openFakes();
    fakes.onStart = () => fakes.log.push('start');
    const entering = till.openLive();
    await pause();
    await till.stop(0);
    expect((await entering).ok).toBe(false);
    expect(fakes.log).toEqual(['open live', 'close live']);
  });

  it('ends although an opening never does', async () => {
    const { till, clock } = openFakes({ live: () => new Promise(() => undefined) });
    void till.start();
    const stopped = till.stop(1_000);
    clock.advance(60_000);
    await stopped;
  });
});

describe('practice that nobody touches', () => {
  const settled = async () => {
    for (let turn = 0; turn < 5; turn += 1) await pause();
  };

  it.each([
    ['as soon as the live till would be locked', 300_000, 300_000],
    ['after a while where that is never', 0, PRACTICE_IDLE_MS],
  ])('goes back to the live till %s', async (_, lockAfterMs, afterMs) => {
    const { till, fakes, clock } = openFakes();
    fakes.lockAfterMs = lockAfterMs;
    await till.openLive();
    await till.openPractice();
    clock.advance(afterMs - 1);
    till.inUse();
    clock.advance(afterMs - 1);
    await settled();
    expect(till.session()?.mode).toBe('practice');
    clock.advance(1);
    await settled();
    expect(till.session()?.mode).toBe('live');
    // Nothing rings there.
    clock.advance(2 * afterMs);
    await settled();
    expect(fakes.log.filter((line) => line === 'open live')).toHaveLength(2);
  });

  it('goes back where the PC slept: nobody stands there any more', async () => {
    const { till } = openFakes();
    await till.openLive();
    await till.openPractice();
    till.wokeUp();
    await settled();
    expect(till.session()?.mode).toBe('live');
  });

  it('stays where there is nothing else to go to', async () => {
    const { till, clock } = openFakes({ isLiveConfigured: () => false });
    await till.openPractice();
    clock.advance(10 * PRACTICE_IDLE_MS);
    till.wokeUp();
    await settled();
    expect(till.session()?.mode).toBe('practice');
  });
});

it('no practice hides a live till that does not open', async () => {
  const { till } = openFakes({ live: async () => err(appError('database-corrupt')) });
  await till.start();
  expect(await till.openPractice()).toMatchObject({ ok: false, error: { code: 'database-corrupt' } });
  expect(till.snapshot()).toMatchObject({ mode: 'broken', problem: { code: 'database-corrupt' } });
});

describe('practice that does not open', () => {
  const full = async () => err(appError('disk-full'));

  it('gives the live till back that it was opened over, and says why', async () => {
    const { till, fakes } = openFakes({ practice: full });
    await till.openLive();
    expect(await till.openPractice()).toEqual(err(appError('practice-not-opened', { reason: 'disk-full' })));
    expect(till.session()?.mode).toBe('live');
    expect(till.brokenBy()).toBeNull();
    expect(fakes.log).toEqual(['open live', 'close live', 'open live']);
  });

  it('says what stands against the live till where that does not open any more either', async () => {
    const { till, fakes } = openFakes({ practice: full });
    await till.openLive();
    fakes.onStart = () => {
      throw new TypeError('a bug');
    };
    expect(await till.openPractice()).toEqual(err(appError('till-not-opened')));
    expect(till.brokenBy()).toEqual(appError('till-not-opened'));
  });

  it('is what there is to be seen where nothing else is set up, and nothing of a live till', async () => {
    const { till } = openFakes({ practice: full, isLiveConfigured: () => false });
    expect(await till.openPractice()).toEqual(err(appError('disk-full')));
    expect(till.snapshot()).toMatchObject({ mode: 'broken', problem: { code: 'disk-full' } });
    expect(till.brokenBy()).toBeNull();
  });
});

describe('an error that nobody foresaw', () => {
  const bug = () => {
    throw new TypeError('a bug');
  };

  it.each([
    ['as a till starts', { start: bug }],
    ['as a till opens', { open: async () => bug() }],
    ['as the till before closes', { close: bug }],
  ] as const)('%s leaves a screen that says so, and nothing open', async (_when, how) => {
    // Nothing else is set up that could open in its place.
    const alone = { isLiveConfigured: () => false };
    const { till, fakes, errors } = openFakes('open' in how ? { ...alone, practice: how.open } : alone);
    await till.openLive();
    if ('start' in how) fakes.onStart = how.start;
    if ('close' in how) fakes.onClose = how.close;
    expect(await till.openPractice()).toMatchObject({ ok: false, error: { code: 'till-not-opened' } });
    expect(till.snapshot()).toMatchObject({ mode: 'broken', problem: { code: 'till-not-opened' } });
    expect(till.session()).toBeNull();
    expect(errors).toContain('till.not-opened');
    fakes.onStart = () => undefined;
    fakes.onClose = () => undefined;
    // What did not close may still be at work: nothing is opened beside it.
    if ('close' in how) return expect((await till.openLive()).ok).toBe(false);
    expect(fakes.log.at(-1)).toMatch(/^close/);
    expect(await till.openLive()).toEqual(ok({}));
  });
});

it('one failed read of the screen heals by itself, without anything that changes', async () => {
  const world = {
    ...{ folder: temporaryFolder(), clock: realClock, random: realRandom, logger: silentLogger },
    vault: createMemoryVault(null, realRandom),
    changed: () => undefined,
  };
  const clock = createTestClock();
  const pushed: Changes[] = [];
  const errors: string[] = [];
  const till = createTill({
    ...world,
    clock,
    logger: { ...silentLogger, error: (event) => void errors.push(event) },
    open: {
      live: async () => ok(null),
      practice: () =>
        openPracticeSession({ ...world, headCopyFolder: `${world.folder}/copy` }, 'Asia/Singapore'),
      configureLive: () => null,
      isLiveConfigured: () => false,
      liveConfig: () => ok(null),
      accountProblem: () => null,
    },
    onChanges: (changes) => pushed.push(changes) > 0,
  });
  await till.openPractice();
  const {
    ledger: { outbox },
  } = till.session() as OpenedSession;
  till.snapshot();
  const fails = () => {
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
  };
  vi.spyOn(outbox, 'counts').mockImplementationOnce(fails).mockImplementationOnce(fails);
  expect(till.snapshot().mode).toBe('broken');
  expect(pushed.at(-1)?.topics.mode).toBe('broken');
  clock.advance(2_000);
  clock.advance(30);
  expect(pushed.at(-1)?.topics.mode).toBe('broken');
  clock.advance(2_000);
  clock.advance(30);
  expect(pushed.at(-1)?.topics.mode).toBe('practice');
  expect(errors).toEqual(['screen.not-read']);
  await till.stop(0);
});

it('a PC that slept into another day shows that day at once, not within a minute', async () => {
  const clock = createTestClock();
  const folder = temporaryFolder();
  const world = {
    ...{ folder, clock, random: realRandom, logger: silentLogger, changed: () => undefined },
    ...{ vault: createMemoryVault(null, realRandom), headCopyFolder: join(folder, 'copy') },
  };
  const pushed: Changes['topics'][] = [];
  const till = createTill({
    ...world,
    open: {
      live: async () => ok(null),
      practice: () => openPracticeSession(world, 'Asia/Singapore'),
      configureLive: () => null,
      isLiveConfigured: () => false,
      liveConfig: () => ok(null),
      accountProblem: () => null,
    },
    onChanges: ({ topics }) => pushed.push(topics) > 0,
  });
  await till.openPractice();
  expect(till.snapshot().today.storeDay).toBe('2026-01-15');
  clock.jump(86_400_000, 0);
  till.wokeUp();
  clock.advance(30);
  expect(pushed.at(-1)?.today?.storeDay).toBe('2026-01-16');
  await till.stop(0);
});

describe('what fails while a till is put together', () => {
  const worldWith = (change: Partial<World>): World => {
    const folder = temporaryFolder();
    return {
      ...{ folder, clock: realClock, random: realRandom, logger: silentLogger },
      headCopyFolder: join(folder, 'copy'),
      vault: createMemoryVault(null, realRandom),
      changed: () => undefined,
      ...change,
    };
  };
  const bug = () => {
    throw new TypeError('a bug');
  };

  const stillOpen = (used: readonly unknown[]) => {
    expect(used).not.toEqual([]);
    return used.filter((db) => (db as Database.Database).open);
  };

  it('leaves no database of the live till open', async () => {
    const vault = { ...createMemoryVault(null, realRandom), load: async () => bug() };
    const world = worldWith({ vault });
    const config = { ...connection, tillNumber: 1, tillCount: 1 };
    expect(configureLive(world.folder, config, Buffer.alloc(32, 9))).toBeNull();
    const prepare = vi.spyOn(Database.prototype, 'prepare');
    await expect(openLiveSession(world)).rejects.toThrow('a bug');
    expect(stillOpen(prepare.mock.contexts)).toEqual([]);
  });

  it('leaves no database of the practice store open, and no store listening', async () => {
    let host = '';
    // The store listens by then: composing is all that is left.
    const world = worldWith({
      connect: ({ baseUrl }) => {
        host = baseUrl;
        return bug();
      },
    });
    const prepare = vi.spyOn(Database.prototype, 'prepare');
    await expect(openPracticeSession(world, 'Asia/Singapore')).rejects.toThrow('a bug');
    expect(stillOpen(prepare.mock.contexts)).toEqual([]);
    await expect(fetch(host)).rejects.toThrow('fetch failed');
  });
});

const connection = {
  ...{ host: 'https://kybio.example', appId: 'APP', tillName: 'Counter 1' },
  ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en' },
};
