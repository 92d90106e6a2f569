import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { look } from '../support/electron-look.ts';
import {
  answerButton,
  applied,
  bodiesOf,
  lose,
  openAt,
  openCase,
  passUntilState,
  readAgain,
  settle,
} from '../support/electron-review.ts';
import { openFromMenu, untilRows, untilText, words } from '../support/electron-till.ts';

const wholeMs = 300_000;

it(
  'sends and drops nothing before KYBIO was read, and asks in words where the reading says that it arrived',
  async () => {
    const open = await openAt({});
    const { page, clock, store, complaints } = open;
    await lose(store, page, meiLing, '50', 'after');
    await lose(store, page, limWei, '20', 'before');
    await store.setPlug(false);
    await passUntilState(clock, page, [meiLing, limWei], 'Needs review', 30_000);
    await openFromMenu(page, 'openReview');
    for (const [member, sum] of [
      [meiLing, 'S$50.00'],
      [limWei, 'S$20.00'],
    ] as const) {
      const article = await openCase(page, member, sum);
      await untilText(article, words('review.reading.failed'));
      await untilText(article, words('reasons.no-reading'));
      // Nothing moves without a reading.
      for (const word of ['send', 'drop'] as const) expect(await answerButton(article, word).count()).toBe(0);
    }
    await store.setPlug(true);
    const arrived = await openCase(page, meiLing, 'S$50.00');
    await readAgain(page, arrived);
    await untilText(arrived, words('review.advice.exactly-more', { sum: 'S$50.00' }));
    await look(open, 'review-exactly');
    await settle(page, arrived, 'arrived');
    const notArrived = await openCase(page, limWei, 'S$20.00');
    await readAgain(page, notArrived);
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
