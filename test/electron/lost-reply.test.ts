import { expect, it } from 'vitest';
import { chenJia, gohLiTing, meiLing, rajanPillai } from '../../main/hosts/practice/members.ts';
import { openApp } from '../support/electron-app.ts';
import { applied, bodiesOf, lose, openAt, passUntilState } from '../support/electron-review.ts';
import { increment, topUp, untilRows, untilSent, untilStrip } from '../support/electron-till.ts';

// What the till settles of lost replies without a person, on each of the grounds on which it may.

const wholeMs = 120_000;

it(
  'goes by exact movement and exact stillness in a closed installation, over a kill too',
  async () => {
    const { page, clock, store, folder, kill } = await openAt({}, { isClosed: true });
    await lose(store, page, gohLiTing, '30', 'before', '15');
    await lose(store, page, chenJia, '120', 'after');
    // Words that nobody knows: not applied, it would only be refused again.
    const messages = ['Come back after the stock-taking'];
    store.addFault({
      fault: { kind: 'error', messages, when: 'before' },
      method: increment,
      times: 1,
    });
    await topUp(page, rajanPillai, '40');
    await untilSent(page, 1, rajanPillai.name, 'Checking');
    await passUntilState(clock, page, [gohLiTing, chenJia], 'Done', 60_000);
    await passUntilState(clock, page, [rajanPillai], 'Refused');
    expect(applied(store, gohLiTing)).toEqual([['30', '15']]);
    expect(bodiesOf(store, gohLiTing)).toHaveLength(2);
    expect(applied(store, chenJia)).toEqual([['120', '0']]);
    expect(bodiesOf(store, chenJia)).toHaveLength(1);
    expect(applied(store, rajanPillai)).toEqual([]);

    store.addFault({ fault: { kind: 'hang', when: 'after' }, method: increment, times: 1 });
    await topUp(page, meiLing, '50');
    await untilRows(page, 1, meiLing.name, 'Sending');
    await kill();
    const again = await openApp({ folder, clock });
    await untilRows(again.page, 1, meiLing.name, 'Checking');
    await passUntilState(clock, again.page, [meiLing], 'Done');
    expect(applied(store, meiLing)).toEqual([['50', '0']]);
    expect(bodiesOf(store, meiLing)).toHaveLength(1);
    await untilStrip(again.page, /^Online · 1 refused$/);
  },
  wholeMs,
);
