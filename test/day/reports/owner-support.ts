import { expect } from 'vitest';
import { readZ } from '../../../main/day/reports/read-z.ts';
import { writeZFile } from '../../../main/day/shifts/z-file.ts';
import { addSums, noSums, type ShiftReport, type TillsSum } from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import type { ShiftTill } from '../shifts/support.ts';

/** The lines that an owner reads come to the net, and what was taken and reversed to the entries. */
export function expectAddsUp({ net, bonus, points, entries, lines }: TillsSum): void {
  const { taken = noSums, reversed = noSums, late = noSums } = lines;
  const back = addSums(reversed, late);
  for (const [part, told] of [
    ['principal', net],
    ['bonus', bonus],
    ['points', points],
  ] as const)
    expect([part, Number(taken[part]) - Number(back[part])]).toEqual([part, expect.closeTo(Number(told), 4)]);
  expect(taken.entries + reversed.entries).toBe(entries);
}

/** What an owner reads of these Zs at another computer. */
export function ownerOf({ driven: { store } }: ShiftTill, zs: readonly ShiftReport[]) {
  const account = { host: store.baseUrl, appId: store.appId };
  const desk = { account, appKey: store.appKey, currency: 'SGD', isPractice: false };
  const read = zs.map((z) => {
    const found = readZ(writeZFile(store.appKey, account, z), desk);
    if (!found.ok) throw new Error(found.problem);
    return found.facts;
  });
  const days = zs.map(({ businessDay }) => businessDay).sort();
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const addUp = createAddUp({ zs: read, ownTill: { id: null, name: 'Office' }, isSettled: () => false });
  const { sum, tills } = addUp({ from, to }, to);
  for (const told of [sum, ...tills]) expectAddsUp(told);
  return sum;
}
