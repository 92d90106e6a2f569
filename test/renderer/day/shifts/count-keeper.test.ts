import { expect, it } from 'vitest';
import {
  type AppError,
  amount,
  err,
  ok,
  type Result,
  type ShiftCount,
} from '../../../../preload/contract/index.ts';
import { createCountKeeper } from '../../../../renderer/day/shifts/count-keeper.ts';

const countOf = (pieces: number): ShiftCount => ({ pieces: [{ value: amount('50'), pieces }], tenders: [] });

/** A main that answers when it is told to. */
function slowMain() {
  const sent: ShiftCount[] = [];
  const answers: ((reply: Result<object>) => void)[] = [];
  const told: (AppError | null)[] = [];
  const keeper = createCountKeeper(
    (count) => {
      sent.push(count);
      return new Promise((resolve) => answers.push(resolve));
    },
    (failure) => told.push(failure),
  );
  const answer = async (reply: Result<object>) => {
    answers.shift()?.(reply);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { keeper, sent, told, answer };
}

it('sends one at a time, and then the newest alone', async () => {
  const { keeper, sent, answer } = slowMain();
  for (const pieces of [1, 2, 3]) keeper.keep(countOf(pieces));
  expect(sent).toEqual([countOf(1)]);
  const settled = keeper.settled();
  await answer(ok({}));
  expect(sent).toEqual([countOf(1), countOf(3)]);
  await answer(ok({}));
  await settled;
  expect(sent).toHaveLength(2);
});

it('tells that it could not be kept, and that it is again', async () => {
  const { keeper, told, answer } = slowMain();
  keeper.keep(countOf(1));
  await answer(err({ code: 'disk-full' }));
  await keeper.settled();
  keeper.keep(countOf(2));
  await answer(ok({}));
  await keeper.settled();
  expect(told).toEqual([{ code: 'disk-full' }, null]);
});

it('is settled where nothing was typed', async () => {
  await expect(slowMain().keeper.settled()).resolves.toBeUndefined();
});
