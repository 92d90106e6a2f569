import { expect, test } from 'vitest';
import { SETTINGS_ALTERED } from '../../../main/kernel/database/seals.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { createJournalRepository } from '../../../main/ledger/journal/journal-repository.ts';
import { createManagerPin } from '../../../main/people/credentials/manager-pin.ts';
import { type PinRecord, pinRecordSchema } from '../../../main/people/credentials/pin-record.ts';
import { createPinRepository } from '../../../main/people/credentials/pin-repository.ts';
import { atTheTill } from '../../kit/actors.ts';
import { createTestClock } from '../../kit/clock.ts';
import { journalKey, openOutbox } from '../../kit/outbox.ts';
import { silentLogger } from '../../kit/till.ts';
import { random } from './support.ts';

const PIN = '4826';
const OTHER = '7391';
const KEY = 'manager.pin';

const takenOut = {
  ok: false,
  error: { code: 'manager-pin-missing', details: { reason: 'taken-out' } },
};

function open() {
  const { db } = openOutbox();
  const clock = createTestClock();
  const settings = createSettings(db);
  const journal = createJournalRepository(db, journalKey, clock);
  journal.openChain('first', 'till');
  // As after a restart: nothing is remembered but what the database holds.
  const start = (pepper = Buffer.alloc(32, 7)) =>
    createManagerPin({
      store: createPinRepository({ db, settings, journal }),
      ...{ pepper: () => pepper, clock, random, cost: 2, logger: silentLogger },
    });
  const make = async (pin = PIN): Promise<string> => {
    const made = await start().make(pin, atTheTill);
    if (!made.ok) throw new Error(made.error.code);
    return made.value.recoveryCode;
  };
  const record = (): PinRecord => pinRecordSchema.parse(JSON.parse(settings.get(KEY) ?? ''));
  /** As a version made it that wrote no note: the journal begins anew, and nothing else changes. */
  const forgetNote = () => journal.openChain('the key of the chain before was lost', 'till');
  return { db, settings, journal, start, make, record, forgetNote };
}

test('a PIN that was taken out is missed: nobody makes another, and no PIN is right', async () => {
  const { settings, start, make } = open();
  await make();
  settings.remove(KEY);
  expect(start().isSet()).toBe(true);
  expect(await start().make(OTHER, atTheTill)).toEqual(takenOut);
  expect(await start().verify(PIN)).toEqual(takenOut);
  expect(settings.get(KEY)).toBeNull();
});

test('the newest recovery code sets it anew, an older one does not', async () => {
  const { settings, start, make } = open();
  const first = await make();
  const renewed = await start().recover(first, OTHER);
  if (!renewed.ok) throw new Error(renewed.error.code);
  settings.remove(KEY);
  expect(await start().recover(first, PIN)).toEqual({ ok: false, error: { code: 'recovery-code-wrong' } });
  expect((await start().recover(renewed.value.recoveryCode, PIN)).ok).toBe(true);
  expect((await start().verify(PIN)).ok).toBe(true);
});

test('a provisioning file sets it anew, and takes the place of no PIN that is there', async () => {
  const { settings, start, make } = open();
  await make();
  expect(await start().provision(OTHER)).toEqual({ ok: false, error: { code: 'manager-pin-exists' } });
  settings.remove(KEY);
  expect((await start().provision(OTHER)).ok).toBe(true);
  expect((await start().verify(OTHER)).ok).toBe(true);
});

test('a recovery code that somebody put into the settings opens nothing', async () => {
  const [own, other] = [open(), open()];
  const [ownCode, otherCode] = [await own.make(), await other.make()];
  own.settings.set(KEY, JSON.stringify({ ...own.record(), recovery: other.record().recovery }));
  const refused = { ok: false, error: { code: 'recovery-code-wrong' } };
  expect(await own.start().recover(otherCode, OTHER)).toEqual(refused);
  expect((await own.start().recover(ownCode, OTHER)).ok).toBe(true);
});

test('a till whose PIN was made before there was a note goes on, and is guarded from its next use', async () => {
  const { settings, journal, start, make, forgetNote } = open();
  const code = await make();
  forgetNote();
  expect((await start().verifyRecoveryCode(code)).ok).toBe(true);
  expect(journal.hasNote('manager PIN made')).toBe(false);
  expect((await start().verify(PIN)).ok).toBe(true);
  settings.remove(KEY);
  expect(await start().make(OTHER, atTheTill)).toEqual(takenOut);
  expect((await start().recover(code, OTHER)).ok).toBe(true);
});

test('without a note one may be made, but not once the settings were altered from outside', async () => {
  const { settings, journal, start, make, forgetNote } = open();
  expect(start().isSet()).toBe(false);
  await make();
  forgetNote();
  settings.remove(KEY);
  expect(start().isSet()).toBe(false);
  journal.append({ event: 'noted', actor: 'program', reason: SETTINGS_ALTERED, content: {} });
  expect(await start().make(OTHER, atTheTill)).toEqual(takenOut);
  expect((await start().provision(OTHER)).ok).toBe(true);
});

test('a PIN whose making cannot be journaled is not made', async () => {
  const { db, start } = open();
  db.exec("CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'full'); END");
  await expect(start().make(PIN, atTheTill)).rejects.toThrow('full');
  db.exec('DROP TRIGGER full');
  expect(start().isSet()).toBe(false);
  expect((await start().make(PIN, atTheTill)).ok).toBe(true);
});
