import { expect, it } from 'vitest';
import { leavesDesk } from '../../../../renderer/people/people/in-use.ts';
import type { Screen } from '../../../../renderer/shared/view-store.ts';

const member = { customerUid: '8001', name: 'Mei Ling' };
const till: Screen = { kind: 'till' };
const find: Screen = { kind: 'find', member: null };

it('the desk is left for the till from any of its pages, and not for another page', () => {
  const left = (from: Screen) => leavesDesk(from, till);
  expect([{ kind: 'settings' } as const, find].map(left)).toEqual([true, true]);
  expect(left({ kind: 'first-day', isNew: true })).toBe(true);
  expect(left({ kind: 'member', member, from: 'find' })).toBe(true);
  expect(left({ kind: 'member', member, from: 'till' })).toBe(false);
  expect(left(till)).toBe(false);
  expect(leavesDesk({ kind: 'settings' }, find)).toBe(false);
});
