import { expect, it } from 'vitest';
import { chenJia, limWei, meiLing, nurAisyah } from '../../main/hosts/practice/members.ts';
import type { LedgerCall, PracticeStore } from '../../main/hosts/practice/types.ts';
import {
  applied,
  bodiesOf,
  declareTillNumbers,
  lose,
  openAt,
  openCase,
  passUntilState,
  runCheckUp,
  settle,
} from '../support/electron-review.ts';
import {
  increment,
  openFromMenu,
  rows,
  untilSent,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';

// What the till settles of lost replies without a person, on each of the grounds on which it may.

const wholeMs = 120_000;

/** A middlebox that delivers a request twice. */
async function deliverAgain(store: PracticeStore, call: LedgerCall): Promise<void> {
  const { host: _host, 'content-length': _length, connection: _connection, ...headers } = call.headers;
  const response = await fetch(`${store.baseUrl}/openapi/v1/customerOpenApi/${increment}`, {
    ...{ method: 'POST', headers, body: call.body },
  });
  expect(await response.text()).toContain('success');
}

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

it(
  'goes by the recharge log where that is proven: its row, its silence, and two rows of one entry',
  async () => {
    const { page, clock, store, complaints } = await openAt({
      keepsRechargeLog: true,
      logCarriesDataChangeTime: true,
    });
    await runCheckUp(page, clock, nurAisyah);
    await declareTillNumbers(page);
    await lose(store, page, limWei, '20', 'before');
    await lose(store, page, meiLing, '50', 'after');
    // Both spend meanwhile: their balances tell nothing, the log everything.
    store.adjust(limWei.customerUid, '3.00', limWei.point);
    store.adjust(meiLing.customerUid, '11.00', meiLing.point);
    await lose(store, page, chenJia, '120', 'after');
    const twice = store.calls().findLast(({ method }) => method === increment);
    if (twice === undefined) throw new Error('nothing was sent');
    await deliverAgain(store, twice);

    await passUntilState(clock, page, [meiLing], 'Done');
    await passUntilState(clock, page, [limWei], 'Waiting');
    await passUntilState(clock, page, [chenJia], 'Needs review');
    // After three lost replies it would go an hour later; a person does not wait for that.
    await untilSent(page, 1, limWei.name, 'Done');
    expect(applied(store, limWei)).toEqual([['20', '0']]);
    expect(bodiesOf(store, limWei)).toHaveLength(2);
    expect(applied(store, meiLing)).toEqual([['50', '0']]);
    expect(bodiesOf(store, meiLing)).toHaveLength(1);

    await openFromMenu(page, 'openReview');
    const double = await openCase(page, chenJia, 'S$120.00');
    await untilText(double, words('review.advice.double'));
    await untilText(double, words('reasons.two-fingerprints', { sum: 'S$120.00' }));
    await settle(page, double, 'arrived');
    await page.keyboard.press('Escape');
    await untilStrip(page, /^Online · all sent$/);
    expect(complaints).toEqual([]);
  },
  wholeMs,
);
