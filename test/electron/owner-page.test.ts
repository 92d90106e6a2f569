import { expect, it } from 'vitest';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { amount, err, ok, type PickedZ, zFileProblems } from '../../preload/contract/index.ts';
import { chainTillsOf, ownersChain } from '../kit/chain-tills.ts';
import { busyOwner } from '../kit/fake-owner.ts';
import { stagePage } from '../kit/page.ts';
import { tillIdOf } from '../kit/till-state.ts';
import { axeFindings, lookAtPage, picture } from '../support/electron-look.ts';
import { allTills, openOwner, press, unlocked } from '../support/electron-owner.ts';
import { words } from '../support/electron-till.ts';

// What the owner's view shows in each state that a main can bring about; the same with a real main: `owner.test.ts`.

const openPage = stagePage();

it('shows nothing before a manager’s PIN, asks for it at once, and nothing after their time', async () => {
  const { main, view } = await unlocked(busyOwner());
  main.tell({ topics: { managerPinSet: true } });
  main.answer('reports:look', ({ pin }) =>
    pin === '271828'
      ? ok({ view })
      : err({ code: pin === undefined ? 'manager-locked' : 'manager-pin-wrong' }),
  );
  const page = await openOwner(openPage, main);
  const dialog = page.getByRole('dialog', { name: words('owner.acts.look.title') });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(words('owner.locked')).waitFor();
  expect(await page.getByText('S$').count()).toBe(0);
  await press(page, words('owner.acts.look.action'));
  await dialog.getByLabel(words('manager.pin')).fill('1');
  await press(dialog, words('owner.acts.look.action'));
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel(words('manager.pin')).fill('271828');
  await press(dialog, words('owner.acts.look.action'));
  await allTills(page).waitFor();
  main.tell({ topics: { managerUnlockedUntilMs: Date.now() + 60_000 } });
  await page.getByText(words('manager.lockNow')).first().waitFor();
  await allTills(page).waitFor();
  main.tell({ topics: { managerUnlockedUntilMs: null } });
  await page.getByText(words('owner.locked')).waitFor();
  expect(await page.getByText('S$').count()).toBe(0);
});

it('goes from months to weeks and days, and from one to the one before', async () => {
  const { main, view } = await unlocked(busyOwner());
  const page = await openOwner(openPage, main);
  const heading = page.getByRole('main').getByRole('heading', { level: 2 }).first();
  const first = await heading.textContent();
  expect(first).toContain('so far');
  await press(page, words('owner.earlier'));
  await expect.poll(() => heading.textContent()).not.toBe(first);
  expect(await page.getByRole('button', { name: words('owner.later') }).isEnabled()).toBe(true);
  for (const span of ['month', 'week'] as const) {
    await press(page, words(`owner.spans.${span}`));
    const last = view[span].at(-1);
    await expect.poll(() => heading.textContent()).toContain('so far');
    expect(last?.isRunning).toBe(true);
    await allTills(page)
      .getByText(`S$${Number(last?.all.net).toLocaleString('en', { minimumFractionDigits: 2 })}`)
      .waitFor();
    const { short, over } = last?.sum.variance ?? { short: '0', over: '0' };
    const off = `S$${Number(short).toFixed(2)} short · S$${Number(over).toFixed(2)} over`;
    await page.locator('tfoot').getByText(off, { exact: true }).waitFor();
    const days = page.getByRole('table', { name: words('owner.days.title'), exact: true });
    expect(await days.locator('tbody').getByRole('row').count()).toBe(last?.days.length);
  }
  await press(page, words('owner.spans.day'));
  await allTills(page)
    .getByText(words('owner.all.netOf_other', { known: '2', count: '3' }))
    .waitFor();
  await picture(page, 'owner-page-day');
});

it('names the accounts of the books, and shows those that an owner of a chain set', async () => {
  const { main } = await unlocked(busyOwner());
  const accounts = { members: '2150', 'way:own:Voucher': '1090' };
  main.answer('policy:get', () => ok({ policy: { ...defaultPolicy('SGD'), accounts }, itProblem: null }));
  main.answer('policy:save', () => ok({}));
  main.tell({ topics: { managerPinSet: true } });
  const page = await openOwner(openPage, main);
  await press(page, words('owner.accounts.open'));
  const dialog = page.getByRole('dialog', { name: words('owner.accounts.title') });
  const named = (label: string) => dialog.getByLabel(label, { exact: true });
  await expect.poll(() => named(words('owner.sheet.account.members')).inputValue()).toBe('2150');
  await named(`${words('owner.sheet.account.way')}: Cash`).fill(' 1000  Till ');
  await named(words('owner.sheet.account.members')).fill('');
  await picture(page, 'owner-page-accounts');
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByLabel(words('manager.pin')).fill('271828');
  await press(dialog, words('owner.accounts.action'));
  await dialog.waitFor({ state: 'detached' });
  expect(main.asked('policy:save').at(-1)?.policy.accounts).toEqual({
    'way:own:Voucher': '1090',
    'way:cash': '1000 Till',
  });
  main.tell({ topics: { chain: { ...ownersChain, isOwner: false, sets: ['accounts'] } } });
  await press(page, words('owner.accounts.open'));
  await dialog.getByText(words('fixed.owner')).waitFor();
  await dialog.getByText('2150').waitFor();
  expect(await dialog.getByRole('textbox').count()).toBe(0);
});

it('saves the period that is shown as PDF or CSV, and shows the file in its folder', async () => {
  const { main, view } = await unlocked(busyOwner());
  main.answer('reports:save', () => ok({ saved: { entries: 188, atMs: 1 } }));
  main.answer('app:showSaved', () => ok({}));
  const page = await openOwner(openPage, main);
  await press(page, words('owner.acts.save.csv'));
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words('owner.acts.save.done_other', { count: '188' })).waitFor();
  await press(dialog, words('common.showSaved'));
  await expect.poll(() => main.asked('app:showSaved').length).toBe(1);
  await page.keyboard.press('Escape');
  main.answer('reports:save', () => err({ code: 'file-not-saved' }));
  await press(page, words('owner.acts.save.pdf'));
  await page.getByRole('alert').waitFor();
  expect(main.asked('reports:save')).toMatchObject([
    { as: 'csv', span: 'month', from: view.month.at(-1)?.from, words: { say: { taken: 'Taken' } } },
    { as: 'pdf' },
  ]);
  expect(JSON.stringify(main.asked('reports:save'))).not.toContain('owner.sheet');
});

it('saves the books of the period, and shows and saves what the shop owes its members', async () => {
  const { main } = await unlocked(busyOwner());
  main.answer('reports:save', () => ok({ saved: { entries: 300, atMs: 1 } }));
  const page = await openOwner(openPage, main);
  await press(page, words('owner.acts.save.books'));
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words('owner.acts.save.done_other', { count: '300' })).waitFor();
  await page.keyboard.press('Escape');
  const owed = page.getByRole('region', { name: words('owner.sheet.owed.title') });
  await owed.getByText('S$14,164.75').waitFor();
  await press(owed, words('owner.acts.save.owed'));
  await dialog.getByText(words('owner.acts.save.doneOwed_other', { count: '300' })).waitFor();
  await page.keyboard.press('Escape');
  expect(await axeFindings(page)).toEqual([]);
  await owed.scrollIntoViewIfNeeded();
  await picture(page, 'owner-page-owed');
  expect(main.asked('reports:save')).toMatchObject([
    { as: 'books', span: 'month', words: { say: { 'book.account': 'Account' } } },
    { as: 'owed', words: { say: { 'owed.sum': 'Sum of the known balances' } } },
  ]);
});

it('shows the lines of a till that is chosen', async () => {
  const { main, view } = await unlocked(busyOwner());
  const nothing = amount('0');
  const month = view.month.map((period) => ({
    ...period,
    tills: period.tills.map((row) => ({
      ...row,
      lines: {
        ...row.lines,
        takenUp: { entries: 2, principal: amount('77'), bonus: nothing, points: nothing },
      },
    })),
  }));
  main.answer('reports:look', () => ok({ view: { ...view, month } }));
  const page = await openOwner(openPage, main);
  await page.getByText(words('owner.tills.choose')).waitFor();
  const ofAll = page.getByRole('table', { name: words('figures.ofTills') });
  await ofAll.waitFor();
  await press(page, 'Counter 2');
  const lines = page.getByRole('table', { name: /^.?Counter 2.?, line by line$/ });
  const row = (line: string) => lines.getByRole('row').filter({ hasText: line });
  await row(words('figures.lines.takenUp')).getByText('S$77.00').waitFor();
  expect(await ofAll.count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'owner-page-lines-of-a-till');
  await press(page, 'Counter 2');
  await ofAll.waitFor();
});

it('says of each file what became of it', async () => {
  const { main, view } = await unlocked(busyOwner());
  const report = { till: 'Counter 2', number: 4, businessDay: '2026-11-25' };
  const files: PickedZ[] = [
    { file: 'z-report-4.json', outcome: 'taken', problem: null, report },
    { file: 'z-report-4 (1).json', outcome: 'known', problem: null, report },
    ...zFileProblems.map((problem) => ({
      ...{ file: `${problem}.json`, outcome: 'refused' as const, problem, report: null },
    })),
  ];
  main.answer('reports:importFiles', () => ok({ files, left: 3, view }));
  const page = await openOwner(openPage, main);
  await press(page, words('owner.acts.import.action'));
  const news = page.getByRole('alert');
  for (const problem of zFileProblems) await news.getByText(words(`owner.problems.${problem}`)).waitFor();
  await news.getByText(words('owner.left_other', { count: '3' })).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'owner-page-import');
});

it('shows 200 tills, those that need somebody first, and draws the rest once it is asked for', async () => {
  const { main } = await unlocked(busyOwner());
  const dropped: string[] = [];
  let chain = chainTillsOf(200, Date.now());
  main.tell({ topics: { chain: ownersChain, managerPinSet: true } });
  main.answer('chain:tills', () => ok(chain));
  main.answer('chain:dropTill', ({ tillId }) => {
    dropped.push(tillId);
    chain = { ...chain, tills: chain.tills.filter((till) => till.tillId !== tillId) };
    return ok({});
  });
  const page = await openOwner(openPage, main);
  const tills = page.getByRole('region', { name: words('owner.chain.title'), exact: true });
  const rows = tills.locator('tbody').getByRole('row');
  await expect.poll(() => rows.count()).toBe(12);
  expect(await rows.first().textContent()).toContain('14 waiting · 1 checking · Silent since');
  expect(await rows.nth(1).textContent()).toContain('2 need review');
  await tills.getByText(words('owner.chain.reasons.id-twice')).waitFor();
  await tills.getByText('Counter 4: Its signature does not match', { exact: false }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  // Below the page's head, which stays.
  await tills.evaluate((region) => {
    region.style.scrollMarginTop = '130px';
    region.scrollIntoView();
  });
  await lookAtPage(page, 'owner-page-chain');
  await press(tills, words('owner.chain.drop'));
  await expect.poll(() => dropped).toEqual([tillIdOf(7)]);
  await press(tills, words('owner.chain.more_other', { number: '187' }));
  await expect.poll(() => rows.count()).toBe(199);
  expect(main.asked('chain:tills').length).toBeLessThan(4);
});

it('shows the chain’s tills to its owner alone', async () => {
  const { main } = await unlocked(busyOwner());
  main.tell({ topics: { chain: { ...ownersChain, isOwner: false } } });
  const page = await openOwner(openPage, main);
  await allTills(page).waitFor();
  expect(await page.getByRole('region', { name: words('owner.chain.title') }).count()).toBe(0);
  expect(main.asked('chain:tills')).toEqual([]);
});
