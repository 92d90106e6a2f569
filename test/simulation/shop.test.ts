import { test } from 'vitest';
import { simulate } from './command.ts';
import { expectFewWrongQuestions, expectNothingBroken } from './totals.ts';

test('in a shop where members spend and other tills write, nothing breaks and hardly anybody is accused', async () => {
  const printed = await simulate('--increments=2500', '--seed=1', '--workers=2', '--profile=shop');
  expectNothingBroken(printed);
  expectFewWrongQuestions(printed, 'shop');
});
