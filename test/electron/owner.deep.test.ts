import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { writeZFile } from '../../main/day/shifts/z-file.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import type { Actor } from '../../main/kernel/actor.ts';
import { handlerIn } from '../../main/kernel/room.ts';
import {
  amount,
  type ChannelArgs,
  type ChannelName,
  type ShiftReport,
} from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill } from '../kit/till.ts';
import { type OpenApp, openTill, testFolder } from '../support/electron-app.ts';
import { axeFindings, look, picture } from '../support/electron-look.ts';
import {
  givePin,
  managerPin,
  openFromMenu,
  speak,
  topUp,
  untilRows,
  words,
} from '../support/electron-till.ts';

const mei: Actor = { role: 'cashier', person: 'Mei' };
const cents = (pieces: number) => ({ pieces: [{ value: amount('0.01'), pieces }], tenders: [] });

/** Another till of the shop, with a drawer that is short by a dollar: what it has closed. */
async function closedElsewhere(store: PracticeStore, taken: readonly string[]): Promise<ShiftReport> {
  const till = await openTestTill(store, { config: { tillName: 'Counter 2', tillNumber: 2, tillCount: 2 } });
  const { session } = till;
  session.start();
  const ask = async <N extends ChannelName>(name: N, args: ChannelArgs<N>) => {
    const answer = await handlerIn(session.rooms, name)?.(args as never, mei);
    if (!answer?.ok) throw new Error(`${name}: ${answer?.error.code}`);
    return answer.value as unknown;
  };
  await ask('shifts:open', { float: amount('0'), drawer: 'own' });
  await session.members.lookUp.find(meiLing.number);
  for (const sum of taken) till.topUp(meiLing.customerUid, sum);
  await till.until(() => session.ledger.outbox.counts().confirmed === taken.length);
  await ask('shifts:beginCount', {});
  await ask('shifts:commitCount', { count: cents(0) });
  await ask('shifts:close', { reason: null });
  const { report } = (await ask('shifts:report', { number: 1 })) as { report: ShiftReport };
  await till.close();
  return report;
}

/** Files that the system's dialog answers with. */
const pick = ({ app }: OpenApp, filePaths: readonly string[]): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: chosen.length === 0, filePaths: [...chosen] });
  }, filePaths);

/** A channel, by its function on the bridge. */
const ask = (page: Page, method: string, args: object): Promise<void> =>
  page.evaluate(
    async ([name, given]) => {
      const bridge = window.till as unknown as Record<string, (args: object) => Promise<{ ok: boolean }>>;
      const reply = await bridge[name]?.(given);
      if (reply?.ok !== true) throw new Error(JSON.stringify(reply));
    },
    [method, args] as const,
  );

const press = (page: Page, key: string) =>
  page
    .getByRole('button', { name: words(key), exact: true })
    .first()
    .click();

it('an owner sees days, weeks and months, and two tills’ reports added up', async () => {
  const store = await startPracticeStore();
  const other = await closedElsewhere(store, ['20', '30']);
  const open = await openTill(store, { managerPin });
  const { page, complaints } = open;

  await openFromMenu(page, 'owner');
  await givePin(page, words('owner.acts.look.action'));
  await page.getByText(words('owner.none')).waitFor();
  await page.getByText(words('owner.tills.none')).waitFor();
  await picture(page, 'owner-empty');
  await page.keyboard.press('Escape');

  await ask(page, 'shiftsOpen', { float: '0', drawer: 'own' });
  await topUp(page, meiLing, '50', '5');
  await topUp(page, meiLing, '12.50');
  await untilRows(page, 2, 'Done');
  await ask(page, 'shiftsBeginCount', {});
  await ask(page, 'shiftsCommitCount', { count: cents(0) });
  await ask(page, 'shiftsClose', { reason: null });

  await openFromMenu(page, 'owner');
  const till = page.getByRole('region', { name: words('owner.all.title'), exact: true });
  await till.getByText('S$62.50').first().waitFor();
  const tills = page.getByRole('region', { name: words('owner.tills.title'), exact: true });
  await tills.getByRole('rowheader', { name: 'Counter 1' }).waitFor();

  const files = testFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(files, name), text);
    return join(files, name);
  };
  const shop = { host: store.baseUrl, appId: store.appId };
  const good = writeZFile(store.appKey, shop, other);
  await pick(open, [
    file('z-report-1.json', good),
    file('copy.json', good),
    file('forged.json', writeZFile('another key', shop, other)),
    file('half.json', good.slice(0, 400)),
    file('note.json', '{}'),
  ]);
  await press(page, 'owner.acts.import.action');
  const news = page.getByRole('alert');
  for (const problem of ['forged', 'cut-off', 'foreign'])
    await news.getByText(words(`owner.problems.${problem}`)).waitFor();
  expect(await news.getByText(words('owner.outcomes.taken'), { exact: true }).count()).toBe(1);
  expect(await news.getByText(words('owner.outcomes.known'), { exact: true }).count()).toBe(1);
  const sum = tills.locator('tfoot').getByRole('row');
  await expect.poll(() => sum.textContent()).toContain('S$112.50');
  await picture(page, 'owner-imported');

  await press(page, 'owner.spans.day');
  await till.getByText('S$112.50').first().waitFor();
  await picture(page, 'owner-day');
  await press(page, 'owner.spans.week');
  await tills.getByRole('button', { name: words('owner.zs.show_other', { count: '2' }) }).click();
  await tills
    .getByRole('button', { name: words('owner.zs.removeNamed', { number: '1', till: 'Counter 2' }) })
    .click();
  await givePin(page, words('owner.acts.remove.action'));
  await expect.poll(() => sum.textContent()).toContain('S$62.50');
  expect(complaints).toEqual([]);
  expect(readFileSync(join(files, 'z-report-1.json'), 'utf8')).toBe(good);
});

it('is seen whole in every size', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  const { page } = open;
  await topUp(page, meiLing, '50', '5');
  await openFromMenu(page, 'owner');
  await givePin(page, words('owner.acts.look.action'));
  await page.getByRole('region', { name: words('owner.all.title'), exact: true }).waitFor();
  await look(open, 'owner');
});

it.each(['zh', 'ms'] as const)('says it in %s', async (language) => {
  speak(language);
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin, language });
  const { page, complaints } = open;
  await topUp(page, meiLing, '50', '5');
  await openFromMenu(page, 'owner');
  await givePin(page, words('owner.acts.look.action'));
  await page.getByRole('region', { name: words('owner.all.title'), exact: true }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, `owner-${language}`);
  expect(complaints).toEqual([]);
});
