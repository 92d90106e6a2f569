import { expect, it } from 'vitest';
import { meiLing } from '../../main/practice/members.ts';
import { openApp } from '../support/electron-app.ts';
import { panel, plug, press, start, untilTold } from '../support/electron-drill.ts';
import { topUp, untilRows } from '../support/electron-till.ts';

// To a passed end, and from the live till in Chinese: `drill.deep`.

it('leads into an outage and tells each step; whoever leaves has what they entered', async () => {
  const { page, complaints } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await start(page);
  await press(page, 'drill.start.go');
  await untilTold(page, 'drill.now.unplug');
  await plug(page);
  await untilTold(page, 'drill.now.first');
  await topUp(page, meiLing, '10');
  await untilRows(page, 1, meiLing.name, 'Waiting');
  await untilTold(page, 'drill.now.second');
  await press(page, 'drill.leave');
  await panel(page).waitFor({ state: 'detached' });
  await plug(page);
  await untilRows(page, 1, meiLing.name, 'Done');
  expect(complaints).toEqual([]);
});
