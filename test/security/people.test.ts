import { randomBytes, scryptSync } from 'node:crypto';
import * as checkDraft from '../../main/counter/check-draft.ts';
import { defaultLimits } from '../../main/counter/limits.ts';
import * as managerPin from '../../main/people/credentials/manager-pin.ts';
import * as pinRecord from '../../main/people/credentials/pin-record.ts';
import * as unlocking from '../../main/people/credentials/unlocking.ts';
import { amount, appError, err, ok } from '../../preload/contract/index.ts';
import { planted } from '../faults/faults.ts';
import { atTheTill } from '../kit/actors.ts';
import { createTestClock } from '../kit/clock.ts';
import { silentLogger } from '../kit/till.ts';
import { random } from '../people/credentials/support.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { checkDraft, managerPin, pinRecord, unlocking };
type Modules = typeof sound;

const PIN = '493827';
const WRONG = '605172';
const quickCost = 2;

interface Change {
  readonly pepper?: () => Buffer | null;
  readonly cost?: number | undefined;
}

/** A till whose record lies where a restart finds it. */
async function withPin(modules: Modules, { pepper, cost = quickCost }: Change = {}) {
  const own = randomBytes(32);
  const store = modules.pinRecord.createMemoryPinStore();
  const start = (clock: { nowMs(): number; monotonicMs(): number }) =>
    modules.managerPin.createManagerPin({
      ...{ store, random, clock, cost },
      pepper: pepper ?? (() => own),
      logger: silentLogger,
    });
  const clock = createTestClock();
  const pins = start(clock);
  const made = await pins.make(PIN, atTheTill);
  if (!made.ok) throw new Error(made.error.code);
  return { ...{ store, start, clock, pins, own }, recoveryCode: made.value.recoveryCode };
}

const hashed: ModuleCheck<Modules> = {
  number: '31',
  title: 'a PIN is kept by scrypt, N = 2^17, under the pepper; the recovery code gets in where that is lost',
  breaches: async (modules) => {
    const { store } = await withPin(modules, { cost: modules.pinRecord.SCRYPT_COST });
    const kept = store.load();
    if (kept === null) return ['nothing is kept'];
    const { N, r } = { N: 2 ** 17, r: 8 };
    const bare = scryptSync(PIN, Buffer.from(kept.pin.salt, 'hex'), 32, { N, r, maxmem: 2 ** 28 });
    let pepper: Buffer | null = randomBytes(32);
    const till = await withPin(modules, { pepper: () => pepper });
    pepper = null;
    const guessed = await till.pins.verify(PIN);
    const opened = await till.pins.verifyRecoveryCode(till.recoveryCode);
    pepper = randomBytes(32);
    const recovered = await till.pins.recover(till.recoveryCode, WRONG);
    const again = await till.pins.recover(till.recoveryCode, PIN);
    const afterwards = await till.pins.verify(WRONG);
    return through({
      'a cheap hash': kept.pin.cost !== N || kept.recovery.cost !== N,
      'a PIN without the pepper': bare.toString('hex') === kept.pin.hash || guessed.ok,
      'no way in without the pepper': !opened.ok || !recovered.ok || !afterwards.ok,
      'a recovery code that serves twice': again.ok,
    });
  },
  controls: [
    {
      ...planted('cheap-hash'),
      finds: 'a cheap hash',
    },
    {
      ...planted('pins-without-pepper'),
      finds: 'a PIN without the pepper',
    },
    {
      ...planted('recovery-needs-the-pepper'),
      finds: 'no way in without the pepper',
    },
    {
      ...planted('recovery-code-serves-twice'),
      finds: 'a recovery code that serves twice',
    },
  ],
};

const lockout: ModuleCheck<Modules> = {
  number: '32',
  title: 'five wrong PINs lock out, over restarts, kills and whatever the clock on the wall is set to',
  breaches: async (modules) => {
    const { start, clock, pins, store } = await withPin(modules);
    for (let wrong = 0; wrong < 4; wrong += 1) await pins.verify(WRONG);
    // The process dies while the fifth is looked at.
    const fifth = pins.verify(WRONG);
    await new Promise((resolve) => setImmediate(resolve));
    const countedFirst = store.load()?.lockout.failures === 5;
    const restarted = start({ ...clock, monotonicMs: () => 0 });
    const afterRestart = await restarted.verify(PIN);
    await fifth;
    clock.jump(10 * 365 * 24 * 3_600_000, 0);
    const afterClock = await pins.verify(PIN);
    clock.jump(0, 61_000);
    const afterWait = await pins.verify(PIN);
    return through({
      'a kill is a free guess': !countedFirst,
      'a restart ends it': afterRestart.ok,
      'a clock set forward ends it': afterClock.ok,
      'waiting does not end it': !afterWait.ok,
    });
  },
  controls: [
    {
      ...planted('failure-kept-when-known'),
      finds: 'a kill is a free guess',
    },
    {
      ...planted('failures-not-counted'),
      finds: 'a restart ends it',
    },
    {
      ...planted('lockout-by-the-wall'),
      finds: 'a clock set forward ends it',
    },
  ],
};

const limits: ModuleCheck<Modules> = {
  number: '33',
  title: 'main takes nothing above the limits, below zero or of more decimals than the currency has',
  breaches: async ({ checkDraft: { checkAmounts } }) => {
    const shop = defaultLimits('SGD');
    const passes = (balance: string, point: string) =>
      checkAmounts({ balanceIncrement: amount(balance), pointIncrement: amount(point) }, shop) === null;
    return through({
      'above the cap': passes('2000.01', '0'),
      'points above the cap': passes('0', '100000.01'),
      'below zero': passes('-1', '0') || passes('0', '-1'),
      'a part of a cent': passes('1.001', '0'),
      nothing: passes('0', '0.00'),
      'not even the cap itself': !passes('2000', '100000'),
    });
  },
  controls: [
    {
      ...planted('cap-too-high'),
      finds: 'above the cap',
    },
    {
      ...planted('amounts-below-zero'),
      finds: 'below zero',
    },
  ],
};

const stretchMs = 300_000;

const autoLock: ModuleCheck<Modules> = {
  number: '34',
  title: 'what a manager has unlocked locks itself, whatever the clock on the wall is set to',
  breaches: async ({ unlocking: { createUnlocking } }) => {
    const clock = createTestClock();
    let told = 0;
    const verify = async (pin: string) => (pin === PIN ? ok({}) : err(appError('manager-pin-wrong')));
    const stretch = createUnlocking({
      ...{ managerPin: { verify }, clock, stretchMs: () => stretchMs },
      changed: () => {
        told += 1;
      },
    });
    const isOpen = async () => (await stretch.prove(undefined)).ok;
    const atFirst = await isOpen();
    await stretch.prove(PIN);
    const unlocked = await isOpen();
    clock.jump(-stretchMs, stretchMs);
    const after = await isOpen();
    clock.ringDue();
    const page = stretch.untilMs() !== null || told !== 2;
    await stretch.prove(PIN);
    await stretch.prove(WRONG);
    return through({
      'open without a PIN': atFirst,
      'not open with one': !unlocked,
      'open for ever': after,
      'the page is not told': page,
      'open after a wrong PIN': await isOpen(),
    });
  },
  controls: [
    {
      ...planted('unlocked-for-ever'),
      finds: 'open for ever',
    },
    {
      ...planted('lock-not-told'),
      finds: 'the page is not told',
    },
    {
      ...planted('wrong-pin-leaves-it-open'),
      finds: 'open after a wrong PIN',
    },
  ],
};

checkModules(sound, [hashed, lockout, limits, autoLock]);
