import { expect, it } from 'vitest';
import type { Person } from '../../../../preload/contract/index.ts';
import { nextPerson } from '../../../../renderer/people/people/next-person.ts';

const person = (id: string): Person => ({ id, name: id, role: 'cashier', language: null, needsPin: false });
const shop = (ids: string, signedIn: string | null, last: string | null = null) =>
  nextPerson({ list: Array.from(ids, person), signedIn, last });

it.each([
  ['of two the other one', 'ab', 'a', null, 'b'],
  ['of two the other one, back again', 'ab', 'b', null, 'a'],
  ['the one after, round the list', 'abc', 'c', null, 'a'],
  ['who was there before the till was locked', 'abc', null, 'b', 'b'],
  ['the first, where nobody was', 'abc', null, null, 'a'],
  ['the first, where who was there is gone', 'abc', null, 'x', 'a'],
  ['nobody, where there is nobody', '', null, null, null],
] as const)('asks %s', (_, ids, signedIn, last, next) => {
  expect(shop(ids, signedIn, last)).toBe(next);
});
