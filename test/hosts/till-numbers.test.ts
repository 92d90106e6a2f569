import { expect, it } from 'vitest';
import { loadEvidencePolicy } from '../../main/hosts/host/evidence-policy.ts';
import { metBy, NUMBER_TWICE_KEY, readTwice } from '../../main/hosts/host/till-numbers.ts';

const till = (tillNumber: number, tillCount: number) => ({ tillNumber, tillCount });

it.each([
  [till(5, 9), till(5, 9), 'number'],
  [till(5, 9), till(6, 9), null],
  [till(5, 9), till(5, 600), 'number'],
  // One second in sixty, and one in six hundred that is the same.
  [till(5, 60), till(65, 600), 'count'],
  [till(5, 60), till(66, 600), null],
  // Where one believes itself alone it takes every second.
  [till(1, 1), till(2, 2), 'count'],
  [till(2, 2), till(1, 1), 'count'],
  [till(1, 1), till(1, 1), 'number'],
] as const)('%o beside %o: %s', (own, other, met) => {
  expect(metBy(own, other)).toBe(met);
});

it('no declaration about numbers holds while another till was seen with ours', () => {
  const settings = new Map([['policy', JSON.stringify({ tillNumbersDeclared: true })]]);
  const read = { get: (key: string) => settings.get(key) ?? null };
  expect(loadEvidencePolicy(read).tillNumbersDeclared).toBe(true);
  settings.set(NUMBER_TWICE_KEY, JSON.stringify({ till: 'Annexe', tillId: 'b', what: 'number' }));
  expect(loadEvidencePolicy(read).tillNumbersDeclared).toBe(false);
  // An unreadable record counts as seen.
  settings.set(NUMBER_TWICE_KEY, '{');
  expect(loadEvidencePolicy(read).tillNumbersDeclared).toBe(false);
  expect(readTwice('{')).toMatchObject({ what: 'number' });
  expect(readTwice(null)).toBeNull();
});
