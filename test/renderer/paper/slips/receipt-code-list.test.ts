import { expect, it } from 'vitest';
import type { Result, ScannedReceiptCode } from '../../../../preload/contract/index.ts';
import { createReceiptCodeList } from '../../../../renderer/paper/slips/receipt-code-list.ts';

const slip = (outcome: ScannedReceiptCode['outcome'], till = 'Counter 1'): Result<ScannedReceiptCode> => ({
  ok: true,
  value: { outcome, till, lostKey: `id of ${till}`, reference: '0001', isConfirmed: false, entry: null },
});
const outcomes = (list: ReturnType<typeof createReceiptCodeList>) =>
  list.store
    .getState()
    .rows.map(({ text, result }) => [text, result.ok ? result.value.outcome : result.error.code]);

it('looks at one receipt after another, however fast they are scanned, the newest at the top', async () => {
  let underWay = 0;
  const list = createReceiptCodeList(async (text) => {
    underWay += 1;
    expect(underWay).toBe(1);
    await Promise.resolve();
    underWay -= 1;
    return text === 'B' ? { ok: false, error: { code: 'receipt-damaged' } } : slip('taken-up');
  });
  void list.scan('A');
  void list.scan(' B\n');
  await list.scan('C');
  await list.scan('');
  expect(outcomes(list)).toEqual([
    ['C', 'taken-up'],
    ['B', 'receipt-damaged'],
    ['A', 'taken-up'],
  ]);
});

it('the same paper has one row, with what was said of it last', async () => {
  const answers = [slip('taken-up'), slip('taken-up'), slip('known')];
  const list = createReceiptCodeList(async () => answers.shift() ?? slip('known'));
  for (const text of ['A', 'B', 'A']) await list.scan(text);
  expect(outcomes(list)).toEqual([
    ['A', 'known'],
    ['B', 'taken-up'],
  ]);
});

it('takes up another till’s receipts only once that till is said to be lost, those from before too', async () => {
  const asked: (string | undefined)[] = [];
  const list = createReceiptCodeList(async (text, lostTill) => {
    asked.push(lostTill);
    const till = text.startsWith('2') ? 'Counter 2' : 'Counter 3';
    return lostTill === `id of ${till}` ? slip('taken-up', till) : slip('other-till', till);
  });
  for (const text of ['2a', '3a', '2b']) await list.scan(text);
  expect(asked).toEqual([undefined, undefined, undefined]);
  await list.tillIsLost('id of Counter 2');
  await list.scan('2c');
  expect(outcomes(list)).toEqual([
    ['2c', 'taken-up'],
    ['2b', 'taken-up'],
    ['2a', 'taken-up'],
    ['3a', 'other-till'],
  ]);
});

it('says that a manager must show again who it is', async () => {
  const told: string[] = [];
  const list = createReceiptCodeList(
    async () => ({ ok: false, error: { code: 'manager-locked' } }),
    ({ code }) => told.push(code),
  );
  await list.scan('A');
  expect(told).toEqual(['manager-locked']);
});
