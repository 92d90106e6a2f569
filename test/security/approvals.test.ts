import { unlocked } from '../../main/people/credentials/lockout.ts';
import * as decide from '../../main/people/decide.ts';
import { firstPermissions, nobody, type PersonRecord } from '../../main/people/person.ts';
import * as personPins from '../../main/people/person-pins.ts';
import * as signedIn from '../../main/people/signed-in.ts';
import { ok, type PermissionAnswer } from '../../preload/contract/index.ts';
import { planted } from '../faults/faults.ts';
import { createTestClock } from '../kit/clock.ts';
import { silentLogger } from '../kit/till.ts';
import { random } from '../people/credentials/support.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { decide, personPins, signedIn };
type Modules = typeof sound;

const secret = { salt: '00'.repeat(16), hash: '00'.repeat(32), cost: 2 };
const mei: PersonRecord = {
  ...{ id: '1', name: 'Mei', role: 'cashier', language: null, pin: secret, pepperId: '' },
};
const record = { ...nobody, people: [mei] };

const approval: ModuleCheck<Modules> = {
  number: '33',
  title: 'what needs a second person takes a manager who is another one, and what is denied takes nobody',
  breaches: async ({ decide: { refusal } }) => {
    const passes = (answer: PermissionAnswer, approver: Pick<PersonRecord, 'id' | 'role'> | null) => {
      const permissions = { ...firstPermissions, acts: { ...firstPermissions.acts, reversal: answer } };
      return refusal({ act: 'reversal', person: mei, permissions, approver }) === null;
    };
    return through({
      'nobody stood for it': passes('approve', null),
      'a cashier stood for it': passes('approve', { id: '2', role: 'cashier' }),
      'their own': passes('approve', { id: '1', role: 'manager' }),
      'denied, with a manager': passes('deny', { id: '2', role: 'manager' }),
      'not even with a manager': !passes('approve', { id: '2', role: 'manager' }),
    });
  },
  controls: [
    {
      ...planted('cashiers-approve'),
      finds: 'a cashier stood for it',
    },
    {
      ...planted('own-approval'),
      finds: 'their own',
    },
    {
      ...planted('no-approval-needed'),
      finds: 'nobody stood for it',
    },
    {
      ...planted('denied-acts-pass'),
      finds: 'denied, with a manager',
    },
  ],
};

const lockMs = 300_000;

const autoLock: ModuleCheck<Modules> = {
  number: '34',
  title: 'a till that nobody touches is locked, by no clock that can be set',
  breaches: async ({ signedIn: { createSignedIn } }) => {
    const clock = createTestClock();
    const till = createSignedIn({
      ...{ people: { load: () => record }, pins: { verify: async () => ok({}) }, clock },
      ...{ lockAfterMs: () => lockMs, unlocking: { begin: () => undefined, lock: () => undefined } },
      changed: () => undefined,
    });
    const atFirst = till.person() !== null;
    await till.signIn(mei.id, '');
    const isIn = till.person() !== null;
    clock.jump(-2 * lockMs, lockMs - 1_000);
    till.inUse();
    clock.advance(2_000);
    const isTouched = till.person() !== null;
    clock.advance(lockMs);
    return through({
      'somebody before a PIN': atFirst,
      'nobody after one': !isIn,
      'locked though it is touched': !isTouched,
      'never locked': till.person() !== null,
    });
  },
  controls: [
    {
      ...planted('never-signed-out'),
      finds: 'never locked',
    },
  ],
};

const lockout: ModuleCheck<Modules> = {
  number: '32',
  title:
    'wrong PINs of one person lock that one out, also where the program is killed while one is looked at',
  breaches: async ({ personPins: { createPersonPins } }) => {
    const clock = createTestClock();
    const pepper = Buffer.alloc(32, 7);
    let kept = unlocked;
    const people = {
      load: () => own,
      lockout: () => kept,
      saveLockout: (_: string, is: typeof kept) => {
        kept = is;
      },
    };
    let own = record;
    const parts = { people, pepper: () => pepper, clock, random, logger: silentLogger, cost: 2 };
    const pins = createPersonPins(parts);
    const made = await pins.make('493827');
    if (!made.ok) return [made.error.code];
    own = { ...record, people: [{ ...mei, ...made.value }] };
    const guess = pins.verify(mei.id, '605172');
    await Promise.resolve();
    const isKeptFirst = kept.failures === 1;
    await guess;
    for (let tries = 1; tries < 5; tries += 1) await createPersonPins(parts).verify(mei.id, '605172');
    return through({
      'a guess that is not counted before it is looked at': !isKeptFirst,
      'the right one after five wrong ones': (await createPersonPins(parts).verify(mei.id, '493827')).ok,
    });
  },
  controls: [
    {
      ...planted('persons-failure-not-kept'),
      finds: 'a guess that is not counted before it is looked at',
    },
    {
      ...planted('persons-lock-opens'),
      finds: 'the right one after five wrong ones',
    },
  ],
};

checkModules(sound, [lockout, approval, autoLock]);
