import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { openApp } from '../support/electron-app.ts';
import { openOutage, panel, plug, press } from '../support/electron-drill.ts';
import { untilRows } from '../support/electron-till.ts';

// To a passed end, and from the live till in Chinese: `drill.deep`.

it('leads into an outage and tells each step; whoever leaves has what they entered', async () => {
  const { page, complaints } = await openApp();
  await openOutage(page);
  await press(page, 'drill.leave');
  await panel(page).waitFor({ state: 'detached' });
  await plug(page);
  await untilRows(page, 1, meiLing.name, 'Done');
  expect(complaints).toEqual([]);
});
