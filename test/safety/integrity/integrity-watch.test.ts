import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type LinkState, startingLink } from '../../../main/hosts/link/link-state.ts';
import type { FileFacts } from '../../../main/safety/integrity/integrity-repository.ts';
import {
  createIntegrityWatchService,
  isSuspect,
} from '../../../main/safety/integrity/integrity-watch-service.ts';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { createTestClock } from '../../kit/clock.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const whole: Result<FileFacts> = ok({
  ...{
    format: 1,
    till: { name: 'T', number: 1, host: 'h', appId: 'a' },
    head: { chain: 1, count: 9, mac: '' },
  },
  ...{ lastAtMs: 1, chain: 'whole', brokenAt: null, hasOpenEntries: false, machine: null },
});

/** A watch on a clock, settings that outlive it, and what a look finds. */
function watched() {
  const clock = createTestClock();
  const kept = new Map<string, string>();
  const looks: (Buffer | null)[] = [];
  const of: { found: Result<FileFacts>; pages: AppError | null; full: boolean } = {
    ...{ found: whole, pages: null, full: false },
  };
  const told: (() => AppError | null)[] = [];
  let link: LinkState = startingLink;
  const settings = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => {
      if (of.full) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
      kept.set(key, value);
    },
    remove: (key: string) => void kept.delete(key),
  };
  const open = () =>
    createIntegrityWatchService({
      ...{ clock, settings, logger: silentLogger, file: 'f', journalKey: null, changed: () => undefined },
      link: {
        update: (change) => {
          link = change(link, { nowMs: clock.nowMs(), monotonicMs: clock.monotonicMs(), unit: 0 });
        },
      },
      onDamaged: (problem) => void told.push(problem),
      integrity: {
        checkPages: async () => of.pages,
        check: async (_, key) => {
          looks.push(key);
          return of.found;
        },
      },
    });
  const pass = async (byMs: number) => {
    for (const untilMs = clock.monotonicMs() + byMs; clock.monotonicMs() < untilMs; ) {
      clock.advance(Math.min(600_000, untilMs - clock.monotonicMs()));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const pauses = () => link.pauses.map(({ reason }) => reason);
  return { open, pass, looks, of, kept, told, pauses };
}

describe('the pages of the whole database are looked at after each start', () => {
  it('and nothing is sent before that has ended', async () => {
    const { open, pass, pauses, told } = watched();
    open().start();
    expect(pauses()).toEqual(['data-check']);
    await pass(1);
    expect(pauses()).toEqual([]);
    expect(told).toEqual([]);
  });

  it('again where that could not be done, and nothing is sent meanwhile', async () => {
    const { open, pass, of, pauses, told } = watched();
    of.pages = appError('database-locked', { sqlite: 'SQLITE_BUSY' });
    open().start();
    await pass(5_000);
    expect(pauses()).toEqual(['data-check']);
    of.pages = null;
    await pass(10_000);
    expect(pauses()).toEqual([]);
    expect(told).toEqual([]);
  });

  it('and damage closes the till, is looked at before the next one opens, and never goes unsaid', async () => {
    const { open, pass, of, kept, pauses, told } = watched();
    const damage = appError('database-corrupt', { sqlite: 'Tree 3 page 7' });
    const file = join(temporaryFolder(), 'counterfoil.db');
    new Database(file).exec('CREATE TABLE a (b)').close();
    const settings = { get: (key: string) => kept.get(key) ?? null };
    of.pages = damage;
    expect(isSuspect(settings, file)).toBe(false);
    const watch = open();
    watch.start();
    await pass(1);
    expect(pauses()).toEqual(['data-check']);
    expect(told.map((problem) => problem())).toEqual([damage]);
    expect(isSuspect(settings, file)).toBe(true);
    // Whatever is open by then is another till.
    watch.stop();
    expect(told.map((problem) => problem())).toEqual([null]);
    of.pages = null;
    open().start();
    await pass(1);
    expect(isSuspect(settings, file)).toBe(false);
    truncateSync(file, statSync(file).size - 1);
    expect(isSuspect(settings, file)).toBe(true);
  });
});

describe('the whole database is looked at', () => {
  it('soon after it was never, and then once a week', async () => {
    const { open, pass, looks } = watched();
    open().start();
    await pass(170_000);
    expect(looks).toHaveLength(0);
    await pass(20_000);
    expect(looks).toHaveLength(1);
    await pass(WEEK_MS - 3_600_000);
    expect(looks).toHaveLength(1);
    await pass(2 * 3_600_000);
    expect(looks).toHaveLength(2);
  });

  it('after an end that was none in order, and not after one that was', async () => {
    const { open, pass, looks } = watched();
    const first = open();
    first.start();
    await pass(200_000);
    first.stop();
    const second = open();
    second.start();
    await pass(3_600_000);
    expect(looks).toHaveLength(1);
    // Killed: nothing is stopped.
    open().start();
    await pass(200_000);
    expect(looks).toHaveLength(2);
  });

  it('once on each day of a till that is off by its plug, and never while it opens', async () => {
    const { open, pass, looks } = watched();
    for (const day of [1, 2, 3, 4]) {
      open().start();
      await pass(179_000);
      expect(looks).toHaveLength(day - 1);
      await pass(3 * 3_600_000);
      expect(looks).toHaveLength(day);
    }
  });

  it('and what was wrong is told, and looked at again by the next start', async () => {
    const { open, pass, looks, of } = watched();
    of.found = err(appError('database-corrupt', { sqlite: 'row 3 missing from index' }));
    const watch = open();
    watch.start();
    await pass(200_000);
    expect(watch.damage()).toEqual(appError('data-damaged', { what: 'row 3 missing from index' }));
    watch.stop();
    of.found = { ...whole, value: { ...(whole.ok ? whole.value : never()), chain: 'broken', brokenAt: 7 } };
    const next = open();
    next.start();
    await pass(200_000);
    expect(looks).toHaveLength(2);
    expect(next.damage()?.details).toEqual({ what: 'journal: row 7' });
  });

  it('and a full disk keeps no till from opening or closing', async () => {
    const { open, of } = watched();
    of.full = true;
    const watch = open();
    watch.start();
    watch.stop();
    expect(watch.damage()).toBeNull();
  });
});

function never(): never {
  throw new Error('not so');
}
