import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { createPeopleRepository } from '../../main/people/people-repository.ts';
import { withPerson } from '../../main/people/people-rules.ts';
import { nobody } from '../../main/people/person.ts';
import { createPersonPins } from '../../main/people/person-pins.ts';
import { createTestClock } from '../kit/clock.ts';
import { journalKey, openOutbox } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

const PIN = '482915';
const told = { what: 'added', whom: 'x' };

function open() {
  const { db } = openOutbox();
  const clock = createTestClock();
  const settings = createSettings(db);
  const journal = createJournalRepository(db, journalKey, clock);
  journal.openChain('first', 'till');
  const pepper = { is: Buffer.alloc(32, 7) as Buffer | null };
  // As after a restart: nothing is remembered but what the database holds.
  const start = () => {
    const people = createPeopleRepository({ db, settings, journal });
    const parts = {
      people,
      pepper: () => pepper.is,
      clock,
      random: realRandom,
      logger: silentLogger,
      cost: 2,
    };
    return { people, pins: createPersonPins(parts) };
  };
  const add = async (id: string) => {
    const { people, pins } = start();
    const made = await pins.make(PIN);
    if (!made.ok) throw new Error(made.error.code);
    const person = { id, name: `P ${id}`, role: 'manager', language: null, ...made.value } as const;
    const after = withPerson(people.load() ?? nobody, person, 'Counter 1');
    if (!after.ok) throw new Error(after.error.code);
    people.save(after.value, theManager, told);
  };
  return { settings, journal, clock, pepper, start, add };
}

const wrong = { ok: false, error: { code: 'person-pin-wrong' } };
const lockedFor = (seconds: string) => ({
  ok: false,
  error: { code: 'person-locked-out', details: { seconds } },
});

it('five wrong tries lock one person and nobody else, over a restart and whatever the clock says', async () => {
  const { clock, start, add } = open();
  await add('1');
  await add('2');
  for (let n = 0; n < 5; n += 1) expect(await start().pins.verify('1', '000000')).toEqual(wrong);
  const { pins } = start();
  expect(await pins.verify('1', PIN)).toEqual(lockedFor('60'));
  expect((await pins.verify('2', PIN)).ok).toBe(true);
  clock.jump(86_400_000, 0);
  expect(await pins.verify('1', PIN)).toEqual(lockedFor('60'));
  clock.jump(-86_400_000, 20_000);
  expect(await pins.verify('1', PIN)).toEqual(lockedFor('40'));
  clock.jump(86_400_000, 0);
  const again = start();
  expect(await again.pins.verify('1', PIN)).toEqual(lockedFor('40'));
  clock.pass(40_000);
  expect((await again.pins.verify('1', PIN)).ok).toBe(true);
});

it('guesses that come at once each count', async () => {
  const { start, add } = open();
  await add('1');
  const { pins } = start();
  const answers = await Promise.all(Array.from({ length: 7 }, () => pins.verify('1', '000000')));
  expect(answers.filter((answer) => !answer.ok && answer.error.code === 'person-locked-out')).toHaveLength(2);
});

it('a PIN of a keyring that was replaced is lost, and is not wrong', async () => {
  const { pepper, start, add } = open();
  await add('1');
  pepper.is = Buffer.alloc(32, 8);
  const { people, pins } = start();
  expect(await pins.verify('1', PIN)).toMatchObject({ error: { code: 'person-pin-lost' } });
  expect(people.load()?.people.map(pins.isLost)).toEqual([true]);
});

it('settings that were emptied or altered take nobody out and make no manager', async () => {
  const { settings, start, add } = open();
  await add('1');
  settings.remove('people');
  expect(start().people.load()?.people).toHaveLength(1);
  settings.set('people', JSON.stringify(nobody));
  expect(start().people.load()?.people).toHaveLength(1);
});

it('in a journal that begins anew they are known by name', async () => {
  const { settings, journal, start, add } = open();
  await add('1');
  journal.openChain('the key of the chain before was lost', 'till');
  expect(start().people.load()?.people).toHaveLength(1);
  settings.remove('people');
  expect(start().people.load()).toBeNull();
});
