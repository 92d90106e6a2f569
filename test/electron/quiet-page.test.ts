import { expect, it } from 'vitest';
import { amount, err, ok, type ShiftReport } from '../../preload/contract/index.ts';
import { boss, createFakeShifts, people } from '../kit/fake-shifts.ts';
import { stagePage } from '../kit/page.ts';
import { entryOf } from '../renderer/support/samples.ts';
import { closedReport, listedOf, noShift } from '../renderer/support/shift-samples.ts';
import { axeFindings, picture } from '../support/electron-look.ts';
import { dialog, openDay, press } from '../support/electron-shift-page.ts';
import { words } from '../support/electron-till.ts';

// What is done quietly, as its screens tell it (ADR 65).

const openPage = stagePage();

const shift = {
  ...{ ...noShift, isUsed: true, lastClosed: 11 },
  opening: { counted: amount('400'), shift: 11, uncounted: amount('300') },
};

it('says by how much a float differs before it is taken, and asks for a manager where the shop wants one', async () => {
  const main = createFakeShifts({ shift, hasPeople: true });
  const acts = { ...people.permissions.acts, otherFloat: 'approve' } as const;
  main.tell({ topics: { people: { ...people, permissions: { ...people.permissions, acts } } } });
  main.answer('shifts:open', ({ approval }) =>
    approval === undefined
      ? err({ code: 'approval-needed', details: { reason: 'otherFloat' } })
      : ok({ number: 12 }),
  );
  const page = await openDay(openPage, main);
  await page.getByLabel(words('shifts.open.float'), { exact: true }).fill('50');
  const said = { counted: 'S$400.00', shift: '11', float: 'S$50.00', left: 'S$350.00' };
  await page.getByText(words('shifts.opening.to-bank', said)).waitFor();
  await page.getByText(words('shifts.opening.uncounted', { sum: 'S$300.00' })).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'quiet-float');
  await press(page, 'shifts.open.act');
  await dialog(page).getByText(words('shifts.open.approve.otherFloat')).waitFor();
  await dialog(page)
    .getByLabel(words('people.pinOf', { name: boss.name }))
    .fill(boss.pin);
  await press(dialog(page), 'shifts.open.act');
  await expect.poll(() => main.asked('shifts:open')).toHaveLength(2);
  expect(main.asked('shifts:open').at(-1)).toMatchObject({
    ...{ float: '50', drawer: 'own', approval: { person: boss.id, pin: boss.pin } },
  });
});

it('has each line on the report, who cancelled what after its paper, and whose float it was', async () => {
  const main = createFakeShifts({ shift });
  const opened = (
    line: 'opened-entry' | 'opened-no-sale',
    entries: number,
    principal: string,
  ): ShiftReport['cells'][number] => ({
    ...{ cashier: 'Mei', personId: null, line, tender: line === 'opened-entry' ? 'cash' : null, entries },
    ...{ state: 'confirmed', isReversal: false, principal: amount(principal) },
    ...{ bonus: amount('0'), points: amount('0') },
  });
  const report: ShiftReport = {
    ...closedReport('625.00', '0', { number: 11 }),
    opening: { counted: amount('400'), shift: 10, uncounted: amount('0') },
    afterPaper: [
      { ...listedOf({ id: 'e8', reference: '0008', state: 'cancelled' }), by: 'Mei' },
      { ...listedOf({ id: 'e9', reference: '0009', state: 'rejected' }), by: null },
    ],
    cells: [opened('opened-entry', 9, '460'), opened('opened-no-sale', 4, '0')],
  };
  main.answer('shifts:report', () => ok({ report }));
  const page = await openDay(openPage, main);
  await press(page, 'shifts.tabs.closed');
  await page.getByRole('button', { name: /^Shift 11\b/ }).click();
  const said = { counted: 'S$400.00', shift: '10', float: 'S$200.00', left: 'S$200.00' };
  await page.getByText(words('shifts.opening.to-bank', said)).waitFor();
  const list = page.getByRole('region', { name: words('shifts.lists.afterPaper') });
  await list
    .getByText(words('shifts.lists.afterPaperNote', { reference: '0008', cashier: 'Mei', by: 'Mei' }))
    .waitFor();
  await list
    .getByText(words('shifts.lists.afterPaperRefused', { reference: '0009', cashier: 'Mei' }))
    .waitFor();
  const line = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
  await line(words('figures.lines.openedNoSale')).getByText('4').waitFor();
  await line(words('figures.lines.openedSale')).getByText('S$460.00').waitFor();
  await line(words('figures.lines.toBank')).getByText('S$200.00').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'quiet-report');
});

it('asks for a manager beside the cashier where a paper of the entry was handed out', async () => {
  const main = createFakeShifts({ hasPeople: true });
  const acts = { ...people.permissions.acts, cancelAfterPaper: 'approve' } as const;
  main.tell({ topics: { people: { ...people, permissions: { ...people.permissions, acts } } } });
  const entry = entryOf({ id: 'e1', reference: '0031', state: 'queued', canCancel: true });
  main.tell({ put: [entry] });
  main.answer('entries:cancel', ({ approval }) =>
    approval === undefined
      ? err({ code: 'approval-needed', details: { reason: 'cancelAfterPaper' } })
      : ok({ ...entry, state: 'cancelled', canCancel: false }),
  );
  const page = await openPage(main);
  await press(page, 'entry.cancel');
  await press(dialog(page), 'entry.cancel');
  await dialog(page).getByText(words('cancelEntry.approval')).waitFor();
  await dialog(page)
    .getByLabel(words('people.pinOf', { name: boss.name }))
    .fill(boss.pin);
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, 'quiet-cancel');
  await press(dialog(page), 'entry.cancel');
  await dialog(page).waitFor({ state: 'detached' });
  expect(main.asked('entries:cancel').at(-1)).toEqual({
    ...{ id: 'e1', approval: { person: boss.id, pin: boss.pin } },
  });
});
