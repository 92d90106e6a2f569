import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { boundsOf, customers, openShown } from '../support/electron-customer.ts';
import { amountField, confirmButton, pay, takeMember } from '../support/electron-till.ts';

it('shows on the second monitor the first name and the sum alone, and thanks, while the keys are the form’s', async () => {
  const { open, shown } = await openShown();
  const { page, complaints } = open;
  expect(await boundsOf(open, false)).toEqual([customers.bounds]);
  expect(await shown.getByRole('heading').textContent()).toBe('Counter 1');
  // It hears, and has nothing to ask with.
  const doors = await shown.evaluate(() => [
    'till' in window,
    Object.keys((window as unknown as { customer: object }).customer).join(),
  ]);
  expect(doors).toEqual([false, 'onShown']);

  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await shown.getByText('S$50.00').waitFor();
  expect(await shown.getByRole('heading').textContent()).toBe('Mei Ling');
  const told = (await shown.locator('body').textContent()) ?? '';
  for (const secret of [meiLing.number, meiLing.phone, '120.00', '170.00', 'Tan'])
    expect(told).not.toContain(secret);
  await pay(page);
  await confirmButton(page).click();
  await shown.getByText('Thank you, Mei Ling').waitFor();
  expect(complaints).toEqual([]);
});
