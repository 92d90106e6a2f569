import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill } from '../kit/till.ts';

it('five hundred look-ups at once spend no more than the budget leaves for look-ups', async () => {
  const store = await startPracticeStore();
  const till = await openTestTill(store);
  const left = till.session.hosts.callBudget.left('look-up');
  const asked = Array.from({ length: 500 }, (_, index) => till.session.members.lookUp.find(`NOBODY${index}`));
  const codes = (await Promise.all(asked)).map((result) => (result.ok ? '' : result.error.code));
  expect(store.calls().length).toBeLessThanOrEqual(left);
  expect(codes.filter((code) => code === 'call-budget-spent').length).toBeGreaterThan(250);
});
