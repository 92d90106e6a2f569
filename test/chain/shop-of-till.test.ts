import { describe, expect, it } from 'vitest';
import { namesSet, shopSchema } from '../../main/chain/shop.ts';
import { partsOfNames, shopOfTill } from '../../main/chain/shop-of-till.ts';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { startOfDay, storeTime } from '../../main/kernel/store-time.ts';
import { defaultReceiptSettings } from '../../main/paper/receipts/settings.ts';
import { firstPermissions } from '../../main/people/person.ts';
import { signedParts } from '../../preload/contract/index.ts';
import { bonusRule, shopRules } from '../kit/rules.ts';
import { shopOf } from '../kit/shop.ts';

describe('what a till has', () => {
  const now = {
    policy: defaultPolicy('SGD'),
    rules: { ...shopRules({ bonus: [bonusRule()] }), version: 3 },
    people: [{ id: 'p1', name: 'Mei', role: 'manager', language: null } as const],
    permissions: firstPermissions,
    receipts: defaultReceiptSettings,
  };

  it('can be signed in whatever parts, and is told again by the same', () => {
    for (const part of signedParts) {
      const shop = shopSchema.parse({ ...shopOf(), ...shopOfTill([part], now) });
      expect(partsOfNames(namesSet(shop))).toEqual([part]);
    }
    const all = shopSchema.parse({ ...shopOf(), ...shopOfTill(signedParts, now) });
    expect(partsOfNames(namesSet(all))).toEqual(signedParts);
    expect(shopOfTill(['people'], { ...now, people: [] })).toEqual({});
    expect(JSON.stringify(all)).not.toMatch(/printer|scan|tillNumbersDeclared|version":3/);
  });
});

it.each([
  ['2026-12-01', 'Asia/Singapore', '2026-11-30T16:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
  ['2026-12-01', 'America/New_York', '2026-12-01T05:00:00Z'],
])('%s begins in %s', (day, zone, at) => {
  expect(new Date(startOfDay(day, zone)).toISOString()).toBe(at.replace('Z', '.000Z'));
  expect(storeTime(startOfDay(day, zone), zone)).toBe(`${day} 00:00:00`);
});
