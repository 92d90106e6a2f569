import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { forwarding, refusing } from '../hosts/kybio/support/proxy.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { openShopNetwork } from '../support/electron-network.ts';
import { connect, fillIn, rightFields } from '../support/electron-set-up.ts';
import { topUp, untilIncrements, untilRows, words } from '../support/electron-till.ts';

it('keeps what a proxy does not let through, says why, and sends it once when it may', async () => {
  const store = await startPracticeStore();
  const shop = await openShopNetwork(store);
  const { page } = await openTill(store, { host: shop.host }, { env: shop.trusting });
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  shop.answer(refusing('407 Proxy Authentication Required'));
  for (const { socket } of shop.proxy.asked) socket.destroy();
  await topUp(page, meiLing, '20');
  await untilRows(page, 1, words('causes.proxy-password'));
  shop.answer(refusing('403 Forbidden'));
  await page.getByRole('button', { name: words('strip.sendNow') }).click();
  await untilRows(page, 1, words('causes.proxy-refused'));
  expect(store.increments()).toHaveLength(1);
  shop.answer(forwarding());
  await page.getByRole('button', { name: words('strip.sendNow') }).click();
  await untilIncrements(store, 2);
  await untilRows(page, 2, 'Done');
  expect(store.increments()).toHaveLength(2);
});

it('says at set-up what a proxy or a certificate stands against', async () => {
  const store = await startPracticeStore();
  const shop = await openShopNetwork(store);
  const { page } = await openApp({ env: shop.env });
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).click();
  await fillIn(page, { ...rightFields(store), 'KYBIO address': shop.host });
  for (const [answer, problem] of [
    [refusing('407 Proxy Authentication Required'), 'proxy-password'],
    [refusing('403 Forbidden'), 'proxy-refused'],
    [({ socket }: { readonly socket: { destroy(): void } }) => socket.destroy(), 'proxy-unreachable'],
    // Without the bundle to which the shop's authority was added.
    [forwarding(), 'certificate'],
  ] as const) {
    shop.answer(answer);
    await connect(page);
    await page.getByText(words(`errors.${problem}`)).waitFor();
  }
  expect(store.calls()).toEqual([]);
});

it('tells at set-up by which proxy the test went', async () => {
  const store = await startPracticeStore();
  const shop = await openShopNetwork(store);
  const { page } = await openApp({ env: shop.trusting });
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).click();
  await fillIn(page, { ...rightFields(store), 'KYBIO address': shop.host });
  await page.getByRole('button', { name: words('setUp.test') }).click();
  const proxy = `127.0.0.1:${shop.proxy.port}`;
  await page.getByText(words('setUp.testedByProxy', { proxy })).waitFor();
});
