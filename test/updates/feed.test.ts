import { describe, expect, it } from 'vitest';
import { fileOf, listOf, publish } from './feed.ts';
import { offer, openShop } from './shop.ts';

const DAY_MS = 86_400_000;

describe('the feed', () => {
  it('offers it to so many of a hundred tills, and later to more', async () => {
    const shop = await openShop();
    offer(shop, { stagePercent: 0 });
    await shop.updates.check();
    expect(shop.updates.status()).toMatchObject({ state: 'idle', problem: null });
    offer(shop, { stagePercent: 100, issuedAt: '2026-01-15T01:00:00Z' });
    await shop.updates.check();
    expect(shop.updates.status().state).toBe('ready');
  });

  it('is asked a minute after the start, every six hours, and sooner after a failure', async () => {
    const shop = await openShop();
    const { clock, feed } = shop;
    feed.served.clear();
    const updates = shop.again({
      random: { unit: () => 0.5, uuid: () => 'x', bytes: (n) => Buffer.alloc(n) },
    });
    updates.start();
    const next = () => clock.waiting().some((leftMs) => leftMs > 10 * 60_000);
    /** How much was asked for, once it is known when that is done again. */
    const askedAfter = async (ms: number, requests: number) => {
      clock.advance(ms);
      await expect.poll(() => feed.asked.length === requests && (requests === 0 || next())).toBe(true);
      feed.asked.length = 0;
    };
    await askedAfter(59_000, 0);
    await askedAfter(1_000, 1);
    await askedAfter(29 * 60_000, 0);
    publish(feed, listOf('1.0.0', fileOf('1.0.0', shop.before)), shop.key);
    await askedAfter(60_000, 1);
    await askedAfter(5 * 3_600_000, 0);
    await askedAfter(3_600_000, 1);
    updates.stop();
    await askedAfter(DAY_MS, 0);
  });

  it('says the same version: nothing to do, and nothing to tell', async () => {
    const shop = await openShop();
    publish(shop.feed, listOf('1.0.0', fileOf('1.0.0', shop.before)), shop.key);
    await shop.updates.check();
    expect(shop.updates.status()).toEqual({
      ...{ state: 'idle', program: '1.0.0', version: null, megabytes: 0, percent: 0, problem: null },
      whyNot: [],
    });
  });

  it('tells of a clock that is wrong with both days', async () => {
    const shop = await openShop();
    shop.clock.jump(365 * DAY_MS, 0);
    await shop.updates.check();
    const details = { until: '2026-02-14', now: '2027-01-15' };
    expect(shop.updates.status().problem).toEqual({ code: 'update-list-expired', details });
    shop.clock.jump(-365 * DAY_MS, 0);
    await shop.updates.check();
    expect(shop.updates.status().problem).toBeNull();
  });
});
