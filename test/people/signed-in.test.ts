import { expect, it } from 'vitest';
import { nobody, type PersonRecord } from '../../main/people/person.ts';
import { createSignedIn } from '../../main/people/signed-in.ts';
import { ok } from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';

const lockMs = 300_000;
const mei: PersonRecord = {
  id: '1',
  name: 'Mei',
  role: 'cashier',
  language: null,
  pin: { salt: '', hash: '', cost: 2 },
  pepperId: '',
};

it('a till that nobody touches is locked, by no clock that can be set', async () => {
  const clock = createTestClock();
  const till = createSignedIn({
    people: { load: () => ({ ...nobody, people: [mei] }) },
    pins: { verify: async () => ok({}) },
    clock,
    lockAfterMs: () => lockMs,
    unlocking: { begin: () => undefined, lock: () => undefined },
    changed: () => undefined,
  });
  expect(till.person()).toBeNull();
  await till.signIn(mei.id, '');
  clock.jump(-2 * lockMs, lockMs - 1_000);
  till.inUse();
  clock.advance(2_000);
  expect(till.person()).toEqual(mei);
  clock.advance(lockMs);
  expect(till.person()).toBeNull();
});
