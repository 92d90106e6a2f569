import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprintOf } from '../../main/chain/owner-key.ts';
import { firstPermissions } from '../../main/people/person.ts';
import { amount } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { bonusRule } from '../kit/rules.ts';
import { testOwner } from '../kit/shop.ts';
import { openTill, testFolder } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { dialogOf, press } from '../support/electron-people.ts';
import { openTab } from '../support/electron-settings.ts';
import { givePin, managerPin, openFromMenu, pressWithPin, words } from '../support/electron-till.ts';

it('joins a chain by its key, takes over what its owner signs, and shows it grey', async () => {
  const owner = testOwner();
  const shared = testFolder();
  const put = (change: Parameters<typeof owner.sign>[0]) =>
    writeFileSync(join(shared, 'shop.json'), owner.sign(change));
  put({
    version: 3,
    policy: { balanceCap: amount('500') },
    ways: ['cash', 'card'],
    rules: { bonus: [bonusRule()], points: [] },
    receipts: { footer: 'Thank you' },
  });
  const store = await startPracticeStore();
  const till = await openTill(store, { managerPin });
  const { page, app, complaints } = till;
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
  }, shared);
  await openFromMenu(page, 'safety');
  await page.getByRole('button', { name: words('chain.join') }).click();
  await pressWithPin(page.getByRole('dialog'), words('chain.acts.find.action'));
  const dialog = page.getByRole('dialog', { name: words('chain.acts.join.title', { name: 'Kopi Corner' }) });
  await dialog.getByText(fingerprintOf(owner.publicKey)).waitFor();
  await dialog.getByText('S$2,000.00 → S$500.00').waitFor();
  await look(till, 'chain-join');
  await givePin(page, words('chain.acts.join.action'));
  await page.getByText(/^Version 3, since/).waitFor();
  await look(till, 'chain-joined');

  await openFromMenu(page, 'settings');
  const cap = page.getByRole('textbox', { name: words('policy.fields.balanceCap') });
  expect(await cap.inputValue()).toBe('500');
  expect(await cap.isDisabled()).toBe(true);
  expect(await page.getByRole('textbox', { name: words('policy.fields.pointCap') }).isEnabled()).toBe(true);
  await page.getByText(words('fixed.owner')).first().waitFor();
  await look(till, 'chain-settings');
  await openTab(page, 'pay');
  await look(till, 'chain-pay');
  await openTab(page, 'day');
  await look(till, 'chain-day');
  await openFromMenu(page, 'rules');
  expect(await page.getByRole('button', { name: words('rules.addBonus') }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: words('rules.addReason') }).isEnabled()).toBe(true);
  await look(till, 'chain-rules');

  writeFileSync(join(shared, 'shop.json'), 'half');
  await openFromMenu(page, 'safety');
  await page.getByRole('button', { name: words('chain.look') }).click();
  await page.getByRole('dialog').getByText(words('errors.shop-refused_not-whole')).waitFor();
  await page.keyboard.press('Escape');
  put({ version: 4, validFromMs: Date.now() + 86_400_000, policy: { balanceCap: amount('600') } });
  await page.getByRole('button', { name: words('chain.look') }).click();
  await page.getByText(words('chain.next', { version: '4' })).waitFor();
  await page.getByRole('button', { name: words('chain.whatChanges') }).click();
  await page.getByText('S$500.00 → S$600.00').waitFor();
  await page.keyboard.press('Escape');

  put({
    version: 5,
    people: [{ id: 'p1', name: 'Mei', role: 'manager', language: null }],
    permissions: firstPermissions,
  });
  await page.getByRole('button', { name: words('chain.look') }).click();
  await page.getByText(/^Version 5, since/).waitFor();
  const pin = page.getByLabel(words('people.pinOf', { name: 'Mei' }), { exact: true });
  await pin.fill('391726');
  await page.keyboard.press('Enter');
  const hasNone = page.getByText(words('errors.person-pin-lost_none'));
  await hasNone.waitFor();
  await press(dialogOf(page, 'people.lockedTitle'), 'people.forgotten');
  const first = dialogOf(page, 'people.forgottenTitle');
  await first.getByLabel(words('people.newPin')).fill('391726');
  await first.getByLabel(words('manager.repeat')).fill('391726');
  // Nobody has a PIN here: the till's own is asked for, and no person's.
  await first.getByLabel(words('people.tillPin'), { exact: true }).fill(managerPin);
  await look(till, 'chain-first-pin');
  await first.getByRole('button', { name: words('people.givePin'), exact: true }).click();
  await first.waitFor({ state: 'detached' });
  await hasNone.waitFor({ state: 'detached' });
  await pin.fill('391726');
  await page.keyboard.press('Enter');
  await dialogOf(page, 'people.lockedTitle').waitFor({ state: 'detached' });
  await openFromMenu(page, 'people');
  const limit = page.getByRole('textbox', { name: words('people.balanceLimit') });
  expect(await limit.isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: words('people.add') }).count()).toBe(0);
  await look(till, 'chain-people');
  await page.getByRole('button', { name: `${words('people.givePin')} Mei` }).click();
  await page.getByRole('dialog', { name: words('people.givePinTitle', { name: 'Mei' }) }).waitFor();
  expect(complaints).toEqual([]);
});

it('sets a chain up: the code is shown once, what this till has is signed, and another computer takes the key', async () => {
  const shared = testFolder();
  const store = await startPracticeStore();
  const [till, other] = [await openTill(store, { managerPin }), await openTill(store, { managerPin })];
  for (const { app } of [till, other])
    await app.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
    }, shared);
  const { page } = till;
  await openFromMenu(page, 'safety');
  await page.getByRole('button', { name: words('chain.make') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words('chain.name'), { exact: true }).fill('Kopi Corner');
  await look(till, 'chain-make');
  await pressWithPin(dialog, words('chain.acts.make.action'));
  await dialog.getByRole('heading', { name: words('chain.code.title') }).waitFor();
  const code = /[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';
  await look(till, 'chain-code');
  await dialog.getByRole('button', { name: words('manager.codeDone') }).click();
  await page.getByText(words('chain.ownerLine')).waitFor();
  await look(till, 'chain-owner');
  await page.getByRole('button', { name: words('chain.sign') }).click();
  await look(till, 'chain-sign');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('chain.acts.sign.action') })
    .click();
  const version = words('chain.acts.signShown.action', { version: '2' });
  await page.getByRole('dialog', { name: version }).getByText('new: S$2,000.00').first().waitFor();
  await look(till, 'chain-sign-shown');
  await givePin(page, version);
  await page.getByText(/^Version 2, since/).waitFor();

  const there = other.page;
  await openFromMenu(there, 'safety');
  await there.getByRole('button', { name: words('chain.join') }).click();
  await pressWithPin(there.getByRole('dialog'), words('chain.acts.find.action'));
  await givePin(there, words('chain.acts.join.action'));
  await there.getByText(/^Version 2, since/).waitFor();
  await there.getByRole('button', { name: words('chain.takeKey') }).click();
  await there.getByLabel(words('chain.codeField'), { exact: true }).fill(code);
  await givePin(there, words('chain.acts.takeKey.action'));
  await there.getByText(words('chain.ownerLine')).waitFor();
  expect([...till.complaints, ...other.complaints]).toEqual([]);
});
