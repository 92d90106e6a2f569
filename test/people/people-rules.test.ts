import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  nameKey,
  readName,
  withoutPerson,
  withParticulars,
  withPerson,
  withPin,
} from '../../main/people/people-rules.ts';
import { nobody, type PeopleRecord, type PersonRecord } from '../../main/people/person.ts';
import { LONGEST_NAME, MOST_PEOPLE } from '../../preload/contract/index.ts';

const secret = { salt: '00'.repeat(16), hash: '00'.repeat(32), cost: 2 };
const TILL = 'Counter 1';

const person = (id: string, name: string, role: PersonRecord['role'] = 'cashier'): PersonRecord => ({
  ...{ id, name, role, language: null, pin: secret, pepperId: '00000000' },
});

function shopOf(...people: readonly PersonRecord[]): PeopleRecord {
  return people.reduce<PeopleRecord>((record, one) => {
    const added = withPerson(record, one, TILL);
    if (!added.ok) throw new Error(`${one.name}: ${added.error.code}`);
    return added.value;
  }, nobody);
}

const boss = person('1', 'Tan Mei Ling', 'manager');
const code = (result: ReturnType<typeof withPerson>) => (result.ok ? 'ok' : result.error.code);

it.each([
  ['  Mei   Ling ', 'Mei Ling'],
  ['Mei\tLing\n', 'Mei Ling'],
  ['Mei 🧋', 'Mei 🧋'],
  ['👩‍🍳 Siti', '👩‍🍳 Siti'],
  ['ليلى', 'ليلى'],
  ['\u202eMei\u202c', 'Mei'],
  ['陈美玲', '陈美玲'],
  ['x'.repeat(LONGEST_NAME), 'x'.repeat(LONGEST_NAME)],
  ['x'.repeat(LONGEST_NAME + 1), null],
  ['', null],
  [' \u200b\u2066 ', null],
  ['\u0301', null],
])('reads the name %j as %j', (typed, name) => {
  expect(readName(typed)).toBe(name);
});

it('a name that was read is read the same again, and never turns a row around', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 140 }), (typed) => {
      const name = readName(typed);
      if (name === null) return;
      expect(readName(name)).toBe(name);
      expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(name.length).toBeLessThanOrEqual(LONGEST_NAME);
    }),
  );
});

it.each(['tan mei ling', 'TAN MEI LING', 'Ｔａｎ Mei Ling', 'TanMeiLing', 'counter 1', 'manager', 'Till: x'])(
  'takes no name that is taken for another one: %s',
  (name) => {
    expect(code(withPerson(shopOf(boss), person('2', name), TILL))).toBe('person-name-taken');
  },
);

it('the same letters with and without their dressings are one name', () => {
  expect(nameKey('Mei ❤️')).toBe(nameKey('mei ❤'));
  expect(nameKey('Straße')).toBe(nameKey('STRASSE'));
});

it('the first person is a manager, and there are at most so many', () => {
  expect(code(withPerson(nobody, person('1', 'Mei'), TILL))).toBe('first-person');
  const full = shopOf(boss, ...Array.from({ length: MOST_PEOPLE - 1 }, (_, n) => person(`c${n}`, `C ${n}`)));
  expect(code(withPerson(full, person('x', 'One more'), TILL))).toBe('people-too-many');
});

it('the last manager is neither removed nor demoted', () => {
  const shop = shopOf(boss, person('2', 'Siti'));
  expect(code(withoutPerson(shop, '1'))).toBe('last-manager');
  const demoted = withParticulars(shop, '1', { name: boss.name, role: 'cashier', language: null }, TILL);
  expect(code(demoted)).toBe('last-manager');
  const renamed = withParticulars(shop, '1', { name: 'Tan M L', role: 'manager', language: 'zh' }, TILL);
  expect(renamed.ok && renamed.value.people[0]).toMatchObject({ name: 'Tan M L', language: 'zh', id: '1' });
});

it('whoever is not there is not changed', () => {
  const shop = shopOf(boss);
  const wanted = { name: 'A', role: 'cashier', language: null } as const;
  for (const result of [
    withoutPerson(shop, '9'),
    withParticulars(shop, '9', wanted, TILL),
    withPin(shop, '9', { pin: secret, pepperId: '0' }),
  ])
    expect(code(result)).toBe('person-not-found');
});

it('whatever is done: there is a manager, no two names are one, and each change counts', () => {
  const name = fc.constantFrom('Mei', 'MEI', 'Siti', 'Tan 🧋', 'tan🧋', 'ليلى', 'manager', '', 'Counter 1');
  const role = fc.constantFrom('cashier' as const, 'manager' as const);
  const id = fc.constantFrom('1', '2', '3', '4');
  const step = fc.oneof(
    fc.record({ what: fc.constant('add' as const), id, name, role }),
    fc.record({ what: fc.constant('change' as const), id, name, role }),
    fc.record({ what: fc.constant('remove' as const), id, name, role }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let shop = shopOf(boss);
      let fresh = 10;
      for (const one of steps) {
        const after =
          one.what === 'add'
            ? withPerson(shop, person(String(fresh++), one.name, one.role), TILL)
            : one.what === 'remove'
              ? withoutPerson(shop, one.id)
              : withParticulars(shop, one.id, { name: one.name, role: one.role, language: null }, TILL);
        if (!after.ok) continue;
        expect(after.value.changes).toBe(shop.changes + 1);
        shop = after.value;
        expect(shop.people.some((each) => each.role === 'manager')).toBe(true);
        expect(new Set(shop.people.map((each) => nameKey(each.name))).size).toBe(shop.people.length);
      }
    }),
  );
});
