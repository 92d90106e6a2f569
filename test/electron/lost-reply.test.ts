import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah } from '../../main/hosts/practice/members.ts';
import {
  applied,
  bodiesOf,
  declareTillNumbers,
  lose,
  openAt,
  passUntilState,
  runCheckUp,
} from '../support/electron-review.ts';
import { rows, untilStrip } from '../support/electron-till.ts';

// What the till settles of lost replies without a person; on which other grounds it may: `test/app`, `test/sending`.

const wholeMs = 120_000;

it(
  'sends the same bytes again where the host is proven to refuse them: success and refusal both settle it',
  async () => {
    const { page, clock, store, complaints } = await openAt({ refusesDuplicates: true });
    await runCheckUp(page, clock, nurAisyah);
    await declareTillNumbers(page);
    await lose(store, page, limWei, '20', 'before');
    await lose(store, page, meiLing, '50', 'after');
    await passUntilState(clock, page, [limWei, meiLing], 'Done', 60_000);
    await untilStrip(page, /^Online · all sent$/);
    expect(applied(store, limWei)).toEqual([['20', '0']]);
    expect(applied(store, meiLing)).toEqual([['50', '0']]);
    for (const member of [limWei, meiLing]) {
      const bodies = bodiesOf(store, member);
      expect(bodies).toHaveLength(2);
      expect(new Set(bodies).size).toBe(1);
    }
    expect(await rows(page, 'Needs review').count()).toBe(0);
    expect(complaints).toEqual([]);
  },
  wholeMs,
);
