import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import {
  answer,
  applied,
  bodiesOf,
  caseOf,
  lose,
  openAt,
  passUntilState,
  settle,
} from '../support/electron-review.ts';
import { openFromMenu, untilRows, untilText, words } from '../support/electron-till.ts';

const wholeMs = 300_000;

it(
  'reads anew before it sends on a manager’s word, where nothing could be read or that is old',
  async () => {
    const { page, clock, store, complaints } = await openAt({});
    await lose(store, page, meiLing, '50', 'after');
    await lose(store, page, limWei, '20', 'before');
    await store.setPlug(false);
    await passUntilState(clock, page, [meiLing, limWei], 'Needs review', 30_000);
    await openFromMenu(page, 'openReview');
    const arrived = caseOf(page, meiLing, 'S$50.00');
    const notArrived = caseOf(page, limWei, 'S$20.00');
    for (const article of [arrived, notArrived]) await untilText(article, words('reasons.no-reading'));
    await store.setPlug(true);
    await answer(page, arrived, 'send', true);
    await page.getByText(words('errors.evidence-changed')).waitFor();
    await untilText(arrived, words('review.advice.probablyArrived'));
    await settle(page, arrived, 'arrived');
    await settle(page, notArrived, 'send', true);
    await page.keyboard.press('Escape');
    await untilRows(page, 2, 'Done');
    expect(applied(store, meiLing)).toEqual([['50', '0']]);
    expect(bodiesOf(store, meiLing)).toHaveLength(1);
    expect(applied(store, limWei)).toEqual([['20', '0']]);
    expect(complaints).toEqual([]);
  },
  wholeMs,
);
