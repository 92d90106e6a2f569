import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createManagerPin } from '../../../main/people/credentials/manager-pin.ts';
import {
  type PinRecord,
  type PinStore,
  pepperIdOf,
  pinRecordSchema,
  SCRYPT_COST,
} from '../../../main/people/credentials/pin-record.ts';
import { atTheTill } from '../../kit/actors.ts';
import { silentLogger } from '../../kit/till.ts';
import { random } from './support.ts';

const PIN = '4826';
const WRONG = '7391';
const QUICK_COST = 2;

interface Till {
  store?: PinStore;
  pepper?: Buffer | null;
}

function createMemoryPinStore(): PinStore {
  let kept: string | null = null;
  const load = () => (kept === null ? null : pinRecordSchema.parse(JSON.parse(kept)));
  const save = (record: PinRecord) => {
    kept = JSON.stringify(record);
  };
  return {
    load,
    save,
    make: save,
    isTakenOut: () => false,
    recovery: () => load()?.recovery ?? null,
  };
}

function till({ store = createMemoryPinStore(), pepper = randomBytes(32) }: Till = {}) {
  const time = { ms: 1_000_000 };
  const current = { pepper };
  const logged: string[] = [];
  const start = () =>
    createManagerPin({
      store,
      pepper: () => current.pepper,
      clock: { monotonicMs: () => time.ms },
      logger: { warn: (event) => void logged.push(event) },
      random,
      cost: QUICK_COST,
    });
  return { store, time, current, logged, start, pins: start() };
}

async function withPin(options: Till = {}) {
  const made = till(options);
  const result = await made.pins.make(PIN, atTheTill);
  if (!result.ok) throw new Error(result.error.code);
  return { ...made, recoveryCode: result.value.recoveryCode };
}

const right = { ok: true, value: {} };
const failed = (code: string, details?: Record<string, string>) => ({
  ok: false,
  error: details === undefined ? { code } : { code, details },
});
const lockedFor = (seconds: number) => failed('manager-locked-out', { seconds: String(seconds) });

async function guess(pins: { verify(pin: string): Promise<unknown> }, times: number) {
  for (let n = 0; n < times; n += 1) await pins.verify(WRONG);
}

test('a till without a PIN says so; one with a PIN takes that one only', async () => {
  const { pins } = till();
  expect(pins.isSet()).toBe(false);
  expect(await pins.verify(PIN)).toEqual(failed('manager-pin-missing'));
  expect((await pins.make(PIN, atTheTill)).ok).toBe(true);
  expect(pins.isSet()).toBe(true);
  expect(await pins.verify(PIN)).toEqual(right);
  expect(await pins.verify('４８２６')).toEqual(right);
  for (const wrong of [WRONG, '', '48266', '482']) {
    expect(await pins.verify(wrong)).toEqual(failed('manager-pin-wrong'));
  }
});

test('a weak PIN is not made, and a second one not in place of the first', async () => {
  const { pins } = till();
  expect(await pins.make('1234', atTheTill)).toEqual(failed('manager-pin-weak', { rule: 'easy' }));
  expect(pins.isSet()).toBe(false);
  await pins.make(PIN, atTheTill);
  expect(await pins.make(WRONG, atTheTill)).toEqual(failed('manager-pin-exists'));
  expect(await pins.verify(WRONG)).toEqual(failed('manager-pin-wrong'));
});

test('two makings at once make one PIN', async () => {
  const { pins } = till();
  const results = await Promise.all([pins.make(PIN, atTheTill), pins.make(WRONG, atTheTill)]);
  expect(results.map((result) => result.ok)).toEqual([true, false]);
});

test('the record holds scrypt at N = 2^17, fresh salts, and neither PIN nor code', async () => {
  const pepper = randomBytes(32);
  const record = async () => {
    const store = createMemoryPinStore();
    const clock = { monotonicMs: () => 0 };
    const pins = createManagerPin({ store, pepper: () => pepper, clock, random, logger: silentLogger });
    const made = await pins.make(PIN, atTheTill);
    const kept = store.load() as PinRecord;
    expect(kept.pin.cost).toBe(SCRYPT_COST);
    expect(JSON.stringify(kept)).not.toContain(pepper.toString('hex'));
    expect(JSON.stringify(kept)).not.toContain(made.ok && made.value.recoveryCode.replaceAll('-', ''));
    expect(await pins.verify(PIN)).toEqual(right);
    return kept;
  };
  expect(SCRYPT_COST).toBe(131_072);
  const [one, other] = [await record(), await record()];
  expect(one.pin.salt).not.toBe(other.pin.salt);
  expect(one.pin.hash).not.toBe(other.pin.hash);
  expect(one.recovery.salt).not.toBe(one.pin.salt);
});

test('with the pepper lost no PIN can be checked or guessed, and the recovery code sets one anew', async () => {
  const { pins, store, current, recoveryCode } = await withPin();
  for (const [pepper, more] of [
    [null, {}],
    [randomBytes(32), { reason: 'pin' }],
  ] as const) {
    current.pepper = pepper;
    expect(await pins.verify(PIN)).toEqual(failed('key-lost', { what: 'managerPin', ...more }));
    expect(await pins.verifyRecoveryCode(recoveryCode)).toEqual(right);
  }
  expect(store.load()?.lockout.failures).toBe(0);
  const recovered = await pins.recover(recoveryCode.toLowerCase().replaceAll('-', ' '), '90210');
  expect(recovered.ok).toBe(true);
  expect(await pins.verify('90210')).toEqual(right);
  expect(await pins.verify(PIN)).toEqual(failed('manager-pin-wrong'));
});

test('the pepper is in the hash: the right PIN under another pepper opens nothing', async () => {
  const { pins, store, current } = await withPin();
  const other = randomBytes(32);
  store.save({ ...(store.load() as PinRecord), pepperId: pepperIdOf(other) });
  current.pepper = other;
  expect(await pins.verify(PIN)).toEqual(failed('manager-pin-wrong'));
});

test('a recovery code works once, and only the right one', async () => {
  const { pins, recoveryCode } = await withPin();
  expect(await pins.recover('00000-00000-00000-00000', '90210')).toEqual(failed('recovery-code-wrong'));
  expect(await pins.recover('nonsense', '90210')).toEqual(failed('recovery-code-wrong'));
  expect(await pins.recover(recoveryCode, '1111')).toEqual(failed('manager-pin-weak', { rule: 'easy' }));
  expect(await pins.verify(PIN)).toEqual(right);
  expect((await pins.recover(recoveryCode, '90210')).ok).toBe(true);
  expect(await pins.recover(recoveryCode, '73915')).toEqual(failed('recovery-code-wrong'));
});

test('the fifth mistake locks out the right PIN too, for a minute, then for two', async () => {
  const { pins, time } = await withPin();
  await guess(pins, 4);
  expect(await pins.verify(PIN)).toEqual(right);
  await guess(pins, 5);
  expect(await pins.verify(PIN)).toEqual(lockedFor(60));
  time.ms += 59_500;
  expect(await pins.verify(PIN)).toEqual(lockedFor(1));
  time.ms += 500;
  expect(await pins.verify(WRONG)).toEqual(failed('manager-pin-wrong'));
  expect(await pins.verify(PIN)).toEqual(lockedFor(120));
  time.ms += 120_000;
  expect(await pins.verify(PIN)).toEqual(right);
  await guess(pins, 4);
  expect(await pins.verify(PIN)).toEqual(right);
});

test('a restart does not unlock, and asks only for what was left', async () => {
  const { pins, start, time } = await withPin();
  await guess(pins, 5);
  time.ms = 7; // another boot: the monotonic clock begins anew, and the time of day plays no part
  expect(await start().verify(PIN)).toEqual(lockedFor(60));
  const second = start();
  time.ms += 20_000;
  expect(await second.verify(PIN)).toEqual(lockedFor(40));
  time.ms = 0;
  const third = start();
  expect(await third.verify(PIN)).toEqual(lockedFor(40));
  time.ms += 40_000;
  expect(await third.verify(PIN)).toEqual(right);
});

test('the recovery code lets a manager in whom somebody locked out', async () => {
  const { pins, recoveryCode } = await withPin();
  await guess(pins, 6);
  expect((await pins.recover(recoveryCode, '90210')).ok).toBe(true);
  expect(await pins.verify('90210')).toEqual(right);
});

test('twenty guesses at once get five answers', async () => {
  const { pins } = await withPin();
  const answers = await Promise.all(Array.from({ length: 20 }, () => pins.verify(WRONG)));
  const codes = answers.map((answer) => (answer.ok ? 'right' : answer.error.code));
  expect(codes.filter((code) => code === 'manager-pin-wrong')).toHaveLength(5);
  expect(codes.filter((code) => code === 'manager-locked-out')).toHaveLength(15);
});

test('a try counts before the guess is looked at: killing the program gives no free one', async () => {
  const { store, current, time } = await withPin();
  let saves = 0;
  const diesAfterOne: PinStore = {
    ...store,
    save: (record) => {
      saves += 1;
      if (saves > 1) throw new Error('killed');
      store.save(record);
    },
  };
  const pins = createManagerPin({
    store: diesAfterOne,
    pepper: () => current.pepper,
    clock: { monotonicMs: () => time.ms },
    logger: silentLogger,
    random,
    cost: QUICK_COST,
  });
  await expect(pins.verify(PIN)).rejects.toThrow('killed');
  expect(store.load()?.lockout.failures).toBe(1);
});

test('where the mistake cannot be kept, not even the right PIN is taken', async () => {
  const { store, current, time } = await withPin();
  const full: PinStore = {
    ...store,
    save: () => {
      throw new Error('disk full');
    },
  };
  const pins = createManagerPin({
    store: full,
    pepper: () => current.pepper,
    clock: { monotonicMs: () => time.ms },
    logger: silentLogger,
    random,
    cost: QUICK_COST,
  });
  await expect(pins.verify(PIN)).rejects.toThrow('disk full');
  await expect(pins.verify(PIN)).rejects.toThrow('disk full');
});

test('guesses between right ones are told in the log, and lock in the end', async () => {
  const { pins, time, logged } = await withPin();
  let locked = 0;
  for (let round = 0; round < 20; round += 1) {
    for (let guess = 0; guess < 4; guess += 1) {
      const result = await pins.verify(WRONG);
      if (!result.ok && result.error.code === 'manager-locked-out') locked += 1;
    }
    time.ms += 60_000;
    await pins.verify(PIN);
  }
  expect(locked).toBeGreaterThan(40);
  expect(logged.filter((event) => event === 'manager.pin-wrong').length).toBeGreaterThan(10);
});

test('wrong recovery codes keep no PIN waiting', async () => {
  const { pins, logged } = await withPin();
  const ended: string[] = [];
  const codes = Array.from({ length: 300 }, () =>
    pins.recover('AAAAA-AAAAA-AAAAA-AAAAA', '5937').then(() => void ended.push('code')),
  );
  await pins.verify(PIN).then(() => void ended.push('pin'));
  expect(ended.indexOf('pin')).toBeLessThan(20);
  await Promise.all(codes);
  expect(logged.filter((event) => event === 'manager.recovery-code-wrong')).toHaveLength(300);
});
