import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import type { Amount, CustomerShown } from '../../../preload/contract/index.ts';
import { openProgram, topUp } from '../../kit/program.ts';
import { bonusRule, shopRules } from '../../kit/rules.ts';

const PIN = '730194';

const draftOf = (change: object = {}) => ({
  draft: {
    ...{ customerUid: meiLing.customerUid, amount: '50' as Amount, points: '0' as Amount },
    ...change,
  },
});

async function openShop() {
  const shown: (CustomerShown | null)[] = [];
  const program = openProgram({ customerScreen: { show: (next) => void shown.push(next) } });
  await program.till.start();
  await program.must('setup:openPractice', {});
  await program.must('members:find', { query: meiLing.number });
  return { program, shown, last: () => shown.at(-1) ?? null };
}

it('shows the till’s name, then of the member the first name, the sum and the bonus alone', async () => {
  const { program, last } = await openShop();
  expect(last()).toEqual({ kind: 'idle', language: 'en', isPractice: true, name: 'Counter 1' });
  await program.must('manager:makePin', { pin: PIN, appKey: '' });
  await program.must('rules:save', { rules: shopRules({ bonus: [bonusRule()] }), basedOn: 0, pin: PIN });
  await program.must('customer:draft', draftOf({ points: '20' }));
  const name = 'Mei Ling';
  expect(last()).toEqual({
    ...{ kind: 'draft', language: 'en', isPractice: true, firstName: name },
    ...{ amount: 'S$50.00', bonus: 'S$5.00', points: '20' },
  });
  expect(JSON.stringify(last())).not.toContain(meiLing.number);
  await program.must('customer:draft', draftOf({ amount: '0' }));
  expect(last()).toMatchObject({ firstName: name, amount: null, bonus: null, points: null });
  await program.must('customer:draft', { draft: null });
  expect(last()).toMatchObject({ kind: 'idle' });
});

it('takes no name from the page, and names nobody whom the till does not know', async () => {
  const { program, last } = await openShop();
  await program.must('customer:draft', draftOf({ customerUid: '404' }));
  expect(last()).toMatchObject({ kind: 'draft', firstName: null, amount: 'S$50.00' });
});

it('thanks for what is saved although the form is empty by then, until the next member is there', async () => {
  const { program, last } = await openShop();
  await program.must('customer:draft', draftOf());
  await program.must('topUps:create', topUp(meiLing));
  expect(last()).toMatchObject({ kind: 'thanks', firstName: 'Mei Ling' });
  await program.must('customer:draft', { draft: null });
  expect(last()).toMatchObject({ kind: 'thanks' });
  await program.must('customer:draft', draftOf());
  expect(last()).toMatchObject({ kind: 'draft' });
});

it('thanks nobody for what is entered of another member, and leaves what is shown as it is', async () => {
  const { program, shown, last } = await openShop();
  await program.must('members:find', { query: limWei.number });
  await program.must('topUps:create', topUp(limWei));
  expect(shown).toHaveLength(1);
  await program.must('customer:draft', draftOf());
  await program.must('topUps:create', topUp(limWei, { balanceIncrement: '7.00' }));
  expect(last()).toMatchObject({ kind: 'draft', firstName: 'Mei Ling' });
  await program.must('topUps:create', topUp(meiLing));
  expect(last()).toMatchObject({ kind: 'thanks', firstName: 'Mei Ling' });
});

it('shows nothing of what is half typed while the till is locked, and shows it again once somebody is there', async () => {
  const { program, last } = await openShop();
  await program.must('manager:makePin', { pin: PIN, appKey: '' });
  const mei = { version: 0, name: 'Mei', role: 'manager', language: null, newPin: '482913' } as const;
  await program.must('people:add', { ...mei, pin: PIN });
  await program.must('customer:draft', draftOf());
  expect(last()).toMatchObject({ kind: 'draft' });
  await program.must('people:lock', {});
  expect(last()).toMatchObject({ kind: 'idle' });
  expect(await program.call('customer:draft', draftOf())).toMatchObject({ ok: false });
  expect(last()).toMatchObject({ kind: 'idle' });
  const [person] = program.till.snapshot().people?.list ?? [];
  await program.must('people:signIn', { person: person?.id ?? '', pin: '482913' });
  await program.must('customer:draft', draftOf());
  expect(last()).toMatchObject({ kind: 'draft', amount: 'S$50.00' });
});

it('shows nothing once the till is closed', async () => {
  const { program, last } = await openShop();
  await program.must('customer:draft', draftOf());
  await program.till.stop(0);
  expect(last()).toBeNull();
});
