import { expect, it } from 'vitest';
import { amount } from '../../../preload/contract/index.ts';
import { openProgram } from '../../kit/program.ts';
import { bonusRule, sample, saved, shopRules } from '../../kit/rules.ts';

const PIN = '730194';

async function open() {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  await program.must('manager:makePin', { pin: PIN, appKey: '' });
  return program;
}

const rules = shopRules({ bonus: [bonusRule()], reasons: ['Birthday'] });

it('rules are tried out before they are saved, and saved by a manager alone', async () => {
  const program = await open();
  const tried = await program.must('rules:tryOut', { rules, sample });
  expect(tried).toMatchObject({ bonus: '5', rule: 'Pay 50 get 5', points: null, version: 0 });
  expect((await program.must('rules:get', {})).book.version).toBe(0);
  const refused = await program.call('rules:save', { rules, basedOn: 0, pin: '111222' });
  expect(refused).toMatchObject({ ok: false, error: { code: 'manager-pin-wrong' } });
  await program.must('rules:save', { rules, basedOn: 0, pin: PIN });
  expect((await program.must('rules:get', {})).book).toEqual({ ...saved(rules), version: 1 });
  const shown = await program.until(({ rules: topic }) => topic.version === 1);
  expect(shown.rules).toEqual({
    version: 1,
    givesAnything: true,
    asksPurchase: false,
    reasons: ['Birthday'],
  });
});

it('what is absurd is neither tried out nor saved', async () => {
  const program = await open();
  const absurd = shopRules({ bonus: [bonusRule({ tiers: [{ from: amount('1'), gives: amount('-1') }] })] });
  const problem = { ok: false, error: { code: 'rules-invalid', details: { reason: 'sum-not-positive' } } };
  expect(await program.call('rules:tryOut', { rules: absurd, sample })).toMatchObject(problem);
  expect(await program.call('rules:save', { rules: absurd, basedOn: 0, pin: PIN })).toMatchObject(problem);
  const negative = { ...sample, principal: amount('-1') };
  expect(await program.call('rules:tryOut', { rules, sample: negative })).toMatchObject({
    error: { code: 'amount-invalid' },
  });
});

it('what is once a day is tried out as had', async () => {
  const program = await open();
  const once = shopRules({ bonus: [bonusRule({ oncePerDay: true })] });
  const tried = await program.must('rules:tryOut', { rules: once, sample: { ...sample, hadToday: true } });
  expect(tried).toMatchObject({ bonus: '0', rule: null });
});
