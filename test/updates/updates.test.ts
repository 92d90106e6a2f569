import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UpdatesParts } from '../../main/updates/updates.ts';
import { appError, err, ok } from '../../preload/contract/index.ts';
import { codeOf, installed, offer, openShop, type Shop } from './shop.ts';

const DAY_MS = 86_400_000;

const runs = ({ program }: Shop) => readFileSync(program).subarray(8, 13).toString();

/** Version 1.1.0 lies ready, and the program starts once more. */
async function ready(change: Partial<UpdatesParts> = {}) {
  const shop = await openShop(change);
  await shop.updates.check();
  return shop;
}

describe('a version that lies ready', () => {
  it('is put in place at the next start, before a till is opened', async () => {
    const shop = await ready();
    expect(await shop.again().installAtStart()).toBe(true);
    expect(runs(shop)).toBe('1.1.0');
    expect(shop.log.slice(-2)).toEqual(['update.installing', 'closed']);
    const after = shop.again({ installed: { ...installed, version: '1.1.0' } });
    expect(await after.installAtStart()).toBe(false);
    expect(shop.log.at(-1)).toBe('update.installed');
    expect(existsSync(join(shop.folder, 'files'))).toBe(false);
  });

  it('is not, when the feed does not know of it any more at that moment', async () => {
    const shop = await ready();
    offer(shop, { halt: true });
    const updates = shop.again();
    expect(await updates.installAtStart()).toBe(false);
    expect(updates.status().state).toBe('idle');
    expect(shop.isUntouched()).toBe(true);
  });

  it('is, when the feed cannot be asked, for a weekend and no longer', async () => {
    const shop = await ready();
    shop.feed.served.clear();
    const away = { feed: { url: 'http://127.0.0.1:1/', fetch, clock: shop.clock } };
    shop.clock.jump(3 * DAY_MS + 1, 0);
    const updates = shop.again(away);
    expect(await updates.installAtStart()).toBe(false);
    expect(updates.status()).toMatchObject({ state: 'ready', whyNot: ['not-confirmed', 'outside-hours'] });
    shop.clock.jump(-2, 0);
    expect(await shop.again(away).installAtStart()).toBe(true);
  });

  it('waits where the till was away for sixty days: it sells, asks, and updates later', async () => {
    const shop = await ready();
    shop.clock.jump(20 * DAY_MS, 0);
    expect(await shop.again().installAtStart()).toBe(false);
    const updates = shop.again();
    await updates.installAtStart();
    await updates.check();
    expect(await shop.again().installAtStart()).toBe(true);
    shop.clock.jump(60 * DAY_MS, 0);
    const later = shop.again();
    expect(await later.installAtStart()).toBe(false);
    // Its list has run out: only a new one brings it.
    expect(later.status().state).toBe('idle');
  });

  it('is put in place by itself at night alone, when nobody is there', async () => {
    let minute = 119;
    const shop = await ready();
    const waiting = shop.again();
    waiting.attach({
      ...{ now: () => shop.till, quiet: () => ({ fromMinute: 120, toMinute: 300 }) },
      ...{ minute: () => minute, bytesPerSecond: () => 1_000_000_000, onPress: () => false },
      backUp: async () => ok({}),
    });
    await waiting.check();
    waiting.start();
    shop.clock.advance(60_000);
    expect(waiting.status()).toMatchObject({ state: 'ready', whyNot: ['outside-hours'] });
    minute = 120;
    shop.till.page = 'form';
    shop.clock.advance(60_000);
    expect(waiting.status()).toMatchObject({ state: 'ready', whyNot: ['form'] });
    expect(shop.isUntouched()).toBe(true);
    shop.till.page = 'free';
    shop.clock.advance(60_000);
    await expect.poll(() => runs(shop)).toBe('1.1.0');
  });

  it.each([
    ['sending', { sending: 1 }],
    ['check-up', { checkUpOpen: true }],
    ['form', { page: 'form' }],
    ['review', { page: 'review' }],
  ] as const)('is not put in place for a manager either: %s', async (why, now) => {
    const shop = await ready();
    Object.assign(shop.till, now);
    expect(await shop.updates.installNow()).toEqual(err(appError('update-not-now', { reason: why })));
    expect(shop.isUntouched()).toBe(true);
    expect(shop.updates.status().state).toBe('ready');
  });

  it('is put away again where somebody has begun something while it was made ready', async () => {
    const shop = await ready({
      beforeInstall: async () => {
        shop.till.page = 'form';
        return ok({});
      },
    });
    expect(codeOf(await shop.updates.installNow())).toBe('update-not-now');
    expect(shop.isUntouched()).toBe(true);
    expect(shop.log).not.toContain('closed');
  });

  it('is not put in place where the data could not be backed up, or the new program not be tried', async () => {
    let tried = 0;
    const beforeInstall = async () => {
      tried += 1;
      return tried === 1 ? err(appError('update-not-rehearsed')) : ok({});
    };
    const shop = await ready({ beforeInstall });
    expect(codeOf(await shop.updates.installNow())).toBe('update-not-rehearsed');
    expect(shop.updates.status().whyNot).not.toContain('failed-before');
    shop.updates.attach({
      ...{ now: () => shop.till, quiet: () => ({ fromMinute: 0, toMinute: 0 }), minute: () => 0 },
      ...{ bytesPerSecond: () => 1, onPress: () => false },
      backUp: async () => err(appError('database-failed')),
    });
    expect(codeOf(await shop.updates.installNow())).toBe('database-failed');
    expect(shop.isUntouched()).toBe(true);
    expect(shop.updates.status().state).toBe('ready');
  });

  it('that does not pass its rehearsal is not tried again by itself, and no backup is made for it', async () => {
    const code = 'update-rehearsal-failed';
    const shop = await ready({ beforeInstall: async () => err(appError(code, { version: '1.1.0' })) });
    const backups: string[] = [];
    const start = async (change: Partial<UpdatesParts> = {}) => {
      const updates = shop.again(change);
      updates.attach({
        ...{ now: () => shop.till, quiet: () => ({ fromMinute: 0, toMinute: 1_440 }), minute: () => 780 },
        ...{ bytesPerSecond: () => 1, onPress: () => false, backUp: async () => ok(backups.push('made')) },
      });
      return { updates, replaced: await updates.installAtStart() };
    };
    // Said at each start until there is another version, and tried at the first alone.
    for (const tries of [1, 0, 0]) {
      let tried = 0;
      const { updates, replaced } = await start({
        beforeInstall: async () => {
          tried += 1;
          return err(appError(code, { version: '1.1.0' }));
        },
      });
      expect({ replaced, tried }).toEqual({ replaced: false, tried: tries });
      expect(updates.status()).toMatchObject({
        ...{ state: 'ready', whyNot: ['failed-before'] },
        problem: { code, details: { version: '1.1.0' } },
      });
    }
    expect({ backups, isUntouched: shop.isUntouched() }).toEqual({ backups: [], isUntouched: true });
    // A manager may have it tried once more.
    const { updates } = await start({ beforeInstall: async () => ok({}) });
    expect(codeOf(await updates.installNow())).toBeNull();
    expect(backups).toEqual(['made']);
    expect(runs(shop)).toBe('1.1.0');
  });

  it('that was tried and came back is not tried again by itself, and this is said at each start', async () => {
    const code = 'update-trial-failed';
    const replace = async () => ({ result: err(appError(code, { version: '1.1.0' })), goesOn: true });
    const shop = await ready({ replace });
    expect(codeOf(await shop.updates.installNow())).toBe(code);
    // The screen of the till has gone and come since the press: it says so itself.
    expect(shop.updates.status()).toMatchObject({ state: 'ready', problem: { code } });
    for (const _ of [1, 2]) {
      const updates = shop.again({ replace: () => Promise.reject(new Error('tried')) });
      expect(await updates.installAtStart()).toBe(false);
      expect(updates.status()).toMatchObject({
        problem: { code },
        whyNot: ['failed-before', 'outside-hours'],
      });
    }
    expect(shop.isUntouched()).toBe(true);
  });

  it('that could not be tried for reasons of this computer is tried again', async () => {
    const replace = async () => ({ result: err(appError('update-disk-full')), goesOn: true });
    const shop = await ready({ replace });
    for (const _ of [1, 2, 3]) {
      const updates = shop.again();
      expect(await updates.installAtStart()).toBe(false);
      expect(updates.status()).toMatchObject({ problem: { code: 'update-disk-full' } });
      expect(updates.status().whyNot).not.toContain('failed-before');
    }
    expect(shop.isUntouched()).toBe(true);
  });

  it('is not put in place at the start that has found it cut off, but at the next', async () => {
    const shop = await ready({ replace: async () => ({ result: ok({}), goesOn: false }) });
    await shop.again().installAtStart();
    const found = appError('update-cut-off', { version: '1.1.0' });
    const updates = shop.again({ found });
    expect(await updates.installAtStart()).toBe(false);
    expect(updates.status()).toMatchObject({ state: 'ready', problem: found });
    expect(await shop.again().installAtStart()).toBe(true);
  });

  it('that breaks off is a failure in words, and the till opens', async () => {
    const shop = await ready({ beforeInstall: () => Promise.reject(new Error('broken')) });
    const updates = shop.again();
    expect(await updates.installAtStart()).toBe(false);
    expect(updates.status()).toMatchObject({ state: 'ready', problem: { code: 'update-failed' } });
    expect(shop.isUntouched()).toBe(true);
  });

  it('that breaks off as it is put in place is told to whoever closed the till, so that a program is started', async () => {
    const commit = () => Promise.reject(new Error('broken'));
    const shop = await ready({
      installer: {
        asksForAdministrator: false,
        prepare: async () => ok({ commit, discard: async () => undefined }),
      },
    });
    expect(codeOf(await shop.updates.installNow())).toBe('update-failed');
    expect(shop.log.slice(-2)).toEqual(['closed', 'update.broke-off']);
    const after = shop.again();
    await after.installAtStart();
    expect(after.status().problem?.code).toBe('update-failed');
  });

  it('is put in place neither on quit nor when the system ends', async () => {
    const shop = await ready();
    shop.updates.stop();
    expect(await shop.updates.installNow()).toMatchObject({ error: { details: { reason: 'ending' } } });
    shop.clock.advance(DAY_MS);
    expect(shop.updates.status().state).toBe('ready');
    expect(shop.isUntouched()).toBe(true);
  });

  it('is not put in place at the start after one that ended in a check-up', async () => {
    const shop = await ready();
    shop.till.checkUpOpen = true;
    shop.updates.start();
    shop.clock.advance(60_000);
    await expect
      .poll(() => readFileSync(join(shop.folder, 'updates.json'), 'utf8'))
      .toContain('"checkUpOpen":true');
    expect(await shop.again().installAtStart()).toBe(false);
    expect(shop.isUntouched()).toBe(true);
  });

  it('that does not come up is given up after the second try, until a manager presses', async () => {
    const shop = await ready({ replace: async () => ({ result: ok({}), goesOn: false }) });
    for (const goes of [true, true, false]) expect(await shop.again().installAtStart()).toBe(goes);
    const updates = shop.again();
    await updates.installAtStart();
    expect(updates.status()).toMatchObject({
      ...{ state: 'ready', problem: { code: 'update-failed' } },
      whyNot: ['failed-before', 'outside-hours'],
    });
    expect(codeOf(await updates.installNow())).toBeNull();
  });
});

it('why it could not be put in place is said by the program that is started afterwards', async () => {
  const shop = await ready({
    installer: {
      asksForAdministrator: true,
      prepare: async () =>
        ok({
          commit: async () => err(appError('update-needs-administrator')),
          discard: async () => undefined,
        }),
    },
  });
  expect(codeOf(await shop.updates.installNow())).toBe('update-needs-administrator');
  const after = shop.again();
  expect(await after.installAtStart()).toBe(false);
  expect(after.status()).toMatchObject({
    ...{ state: 'ready', problem: { code: 'update-needs-administrator' } },
    whyNot: ['administrator', 'outside-hours'],
  });
  // Said once: the next start has nothing new to say.
  const later = shop.again();
  await later.installAtStart();
  expect(later.status().problem).toBeNull();
});
