import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SYNC_EVERY_BYTES } from '../../main/updates/download.ts';
import type { Updates } from '../../main/updates/updates.ts';
import { appError, err, ok } from '../../preload/contract/index.ts';
import { fileOf, listOf, publish, ranged, type Serve } from './feed.ts';
import { codeOf, installed, openShop, type Shop } from './shop.ts';

const DAY_MS = 86_400_000;
const runs = ({ program }: Shop) => readFileSync(program).subarray(8, 13).toString();
const fileName = ({ next }: Shop) => fileOf('1.1.0', next).name;
const requestsOfFile = (shop: Shop) => shop.feed.asked.filter((asked) => asked.startsWith(fileName(shop)));

/** A till with a line that costs by use, and a clock of the day. */
function attach(updates: Updates, till: { readonly onPress?: boolean; readonly minute?: number }): void {
  updates.attach({
    now: () => ({ sending: 0, checkUpOpen: false, countOpen: false }),
    quiet: () => ({ fromMinute: 120, toMinute: 300 }),
    minute: () => till.minute ?? 780,
    ...{ bytesPerSecond: () => 1_000_000_000, onPress: () => till.onPress ?? false },
    backUp: async () => ok({}),
  });
}

/** The plug is pulled when so many bytes of a request have gone out. */
const cutAfter =
  (body: Buffer, most: number): Serve =>
  (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const head = from === 0 ? {} : { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` };
    response.writeHead(from === 0 ? 200 : 206, head).end(body.subarray(from, from + most));
  };

describe('a line that costs by use', () => {
  it('brings a list and no version until a manager asks for one, and then that one', async () => {
    const shop = await openShop();
    attach(shop.updates, { onPress: true });
    await shop.updates.check();
    await shop.updates.check();
    expect(shop.updates.status()).toMatchObject({
      state: 'offered',
      version: '1.1.0',
      megabytes: 1,
      percent: 0,
    });
    expect(requestsOfFile(shop)).toEqual([]);
    expect(codeOf(await shop.updates.installNow())).toBe('update-none');
    expect(codeOf(await shop.updates.download())).toBeNull();
    await expect.poll(() => shop.updates.status().state).toBe('ready');
    expect(codeOf(await shop.updates.download())).toBe('update-none');
    expect(codeOf(await shop.updates.installNow())).toBeNull();
    expect(runs(shop)).toBe('1.1.0');
  });

  it('is remembered while no till is open, and so is what a manager has asked for', async () => {
    const shop = await openShop();
    attach(shop.updates, { onPress: true });
    await shop.updates.check();
    const closed = shop.again();
    closed.attach({ ...never })();
    await closed.check();
    expect(closed.status().state).toBe('offered');
    expect(requestsOfFile(shop)).toEqual([]);

    shop.feed.served.set(fileName(shop), cutAfter(shop.next, 70_000));
    expect(codeOf(await closed.download())).toBeNull();
    await expect.poll(() => shop.log).toContain('update.refused update-file-cut-off');
    // Another morning: nobody presses once more.
    shop.feed.served.set(fileName(shop), ranged(shop.next));
    const next = shop.again();
    attach(next, { onPress: true });
    await next.check();
    expect(next.status().state).toBe('ready');
    expect(requestsOfFile(shop).at(-1)).toBe(`${fileName(shop)} bytes=70000-`);
  });
});

const never = {
  ...{
    now: () => ({ sending: 0, checkUpOpen: false, countOpen: false }),
    quiet: () => ({ fromMinute: 0, toMinute: 0 }),
  },
  ...{ minute: () => 0, bytesPerSecond: () => 1, onPress: () => true, backUp: async () => ok({}) },
};

/** Publishes a program of some megabytes. */
function publishLarge(shop: Shop, megabytes: number): Buffer {
  const body = Buffer.concat([Buffer.from('program 1.1.0\n'), randomBytes(megabytes * SYNC_EVERY_BYTES)]);
  publish(shop.feed, listOf('1.1.0', fileOf('1.1.0', body)), shop.key);
  return body;
}

describe('a PC that is switched off every evening by its plug', () => {
  it('brings a version over days, no byte of it twice, and has it at the start after', async () => {
    const shop = await openShop();
    const body = publishLarge(shop, 3);
    const aDay = 700_000;
    let days = 0;
    for (let got = 0; got < body.length; got += aDay) {
      days += 1;
      shop.feed.served.set(fileName(shop), cutAfter(body, aDay));
      // Nothing of the day before is stopped or closed: its process is gone.
      const morning = shop.again();
      expect(await morning.installAtStart()).toBe(false);
      await morning.check();
      shop.clock.jump(DAY_MS, DAY_MS);
    }
    expect(days).toBe(5);
    expect(requestsOfFile(shop).map((asked) => asked.split('bytes=')[1])).toEqual([
      ...[undefined, '700000-', '1400000-', '2100000-', '2800000-'],
    ]);
    expect(await shop.again().installAtStart()).toBe(true);
    expect(readFileSync(shop.program).equals(body)).toBe(true);
  });

  it('throws away what the system had not written when the power went, and nothing more', async () => {
    const shop = await openShop();
    const body = publishLarge(shop, 4);
    const part = shop.file(`${fileName(shop)}.part`);
    mkdirSync(join(shop.folder, 'files'), { recursive: true });
    // As a file system leaves it that knew of the new length before it had the bytes.
    const wrote = Math.floor(3.2 * SYNC_EVERY_BYTES);
    writeFileSync(part, body.subarray(0, wrote - 5_000));
    truncateSync(part, wrote);
    shop.feed.served.set(fileName(shop), ranged(body));
    await shop.updates.check();
    expect(shop.updates.status().state).toBe('ready');
    expect(requestsOfFile(shop)).toEqual([`${fileName(shop)} bytes=${2 * SYNC_EVERY_BYTES}-`]);
    const whole = readFileSync(shop.file(fileName(shop)));
    expect(createHash('sha512').update(whole).digest('hex')).toBe(fileOf('1.1.0', body).sha512);
  });

  it('goes on without what was kept where that cannot be read, and takes no older program for it', async () => {
    const shop = await openShop();
    await shop.updates.check();
    writeFileSync(join(shop.folder, 'updates.json'), '\0\0\0\0');
    const morning = shop.again();
    expect(shop.log).toContain('update.kept-unreadable');
    expect(await morning.installAtStart()).toBe(false);
    await morning.check();
    expect(morning.status()).toMatchObject({ state: 'ready', version: '1.1.0' });
    const newer = shop.again({ installed: { ...installed, version: '1.2.0' } });
    await newer.check();
    expect(newer.status().state).toBe('idle');
    expect(shop.log.at(-1)).toBe('update.refused update-older');
  });
});

describe('a program folder that must not be written to', () => {
  it('is told in words, keeps no till closed, and is tried once a night and not each minute', async () => {
    let tries = 0;
    const installer = {
      asksForAdministrator: false,
      prepare: async () => {
        tries += 1;
        return err(appError('update-program-read-only'));
      },
    };
    const shop = await openShop({ installer });
    await shop.updates.check();
    const till = shop.again();
    expect(await till.installAtStart()).toBe(false);
    expect(tries).toBe(1);
    expect(till.status()).toMatchObject({ state: 'ready', problem: { code: 'update-program-read-only' } });
    const day = { minute: 780 };
    attach(till, {
      get minute() {
        return day.minute;
      },
    });
    shop.till.page = 'free';
    till.start();
    for (const hour of [13, 1, 2, 3, 4, 5]) {
      day.minute = hour * 60;
      for (let minute = 0; minute < 60; minute += 1) {
        shop.clock.advance(60_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    till.stop();
    await expect.poll(() => tries).toBe(2);
    expect(shop.isUntouched()).toBe(true);
    expect(shop.log).not.toContain('closed');
  });
});
