import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { openShopNetwork } from '../support/electron-network.ts';
import { openFromMenu, topUp, untilRows, words } from '../support/electron-till.ts';

it('tops up through the system’s proxy, to a host that only the system’s authorities vouch for', async () => {
  const store = await startPracticeStore();
  const shop = await openShopNetwork(store);
  const { page } = await openTill(store, { host: shop.host }, { env: shop.trusting });
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  expect(store.increments()).toHaveLength(1);
  expect(new Set(shop.proxy.asked.map(({ target }) => target))).toEqual(new Set(['other.example:443']));
  expect(shop.proxy.heard().includes(store.appId)).toBe(false);
  await openFromMenu(page, 'diagnostics');
  const text = page.getByRole('region', { name: words('diagnostics.text') });
  await text.waitFor();
  const read = (await text.textContent()) ?? '';
  expect(read).toContain(`"proxy": "http proxy 127.0.0.1:${shop.proxy.port}"`);
  expect(read).toMatch(/"authorities": "1 of .*authorities\.crt beside the program's"/);
});
