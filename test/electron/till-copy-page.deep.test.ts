import { expect, it } from 'vitest';
import { factsOf } from '../../main/day/reports/z-facts.ts';
import { amount, ok } from '../../preload/contract/index.ts';
import { type FakeOwner, noOwner, ownerViewOf, today } from '../kit/fake-owner.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { zReportOf } from '../kit/z-reports.ts';
import { axeFindings, picture } from '../support/electron-look.ts';
import { openOwner, press, unlocked } from '../support/electron-owner.ts';
import { memberField, speak, words } from '../support/electron-till.ts';

// What a person is asked where one till, or one shift of it, is there twice.

const openPage = stagePage();

const twice: FakeOwner = {
  ...noOwner,
  days: [today],
  files: ['100', '900'].map((sum, hour) =>
    factsOf(
      zReportOf(
        { id: 'twice', number: 7, businessDay: today, closedAtMs: Date.parse(`${today}T1${hour}:00:00Z`) },
        amount(sum),
      ),
    ),
  ),
};

it.each(['en', 'zh', 'ms'] as const)(
  'shows both sums of a Z that says two things, and adds up the one that is picked, in %s',
  async (language) => {
    speak(language);
    const { main, view } = await unlocked(twice, language);
    const [, large] = view.conflicts[0]?.variants ?? [];
    const page = await openOwner(openPage, main);
    await page.getByText(words('owner.conflict.what')).waitFor();
    await page.getByText(words('owner.conflict.what')).scrollIntoViewIfNeeded();
    await picture(page, `owner-page-twice-${language}`);
    expect(await axeFindings(page)).toEqual([]);
    const picked = await ownerViewOf({ ...twice, picks: { twice: large?.digest ?? '' } });
    const asked: unknown[] = [];
    main.answer('reports:pick', (args) => {
      asked.push(args);
      return ok({ view: picked });
    });
    const picks = page.getByRole('button', { name: words('owner.conflict.pickNamed', { sum: 'S$900.00' }) });
    await picks.click();
    await page.getByText(words('owner.conflict.picked')).waitFor();
    expect(asked).toMatchObject([{ id: 'twice', digest: large?.digest }]);
    expect(await picks.count()).toBe(0);
    const other = page.getByRole('row').filter({ hasText: 'Counter 2' });
    await other.getByText('S$900.00', { exact: true }).waitFor();
  },
);

it.each(['en', 'zh', 'ms'] as const)(
  'asks which of two computers goes on with the till, and does what is answered, in %s',
  async (language) => {
    speak(language);
    const main = createFakeShop([], { language });
    const page = await openPage(main);
    await memberField(page).waitFor();
    const pause = { reason: 'till-copy', sinceMs: 0, words: '', needsManager: true } as const;
    const link = {
      heldBackUntilMs: null,
      clockSkewMs: null,
    };
    main.tell({
      topics: { managerPinSet: true, link: { state: 'paused', pause, retryAtMs: null, ...link } },
    });
    await page.getByText(words('pauses.till-copy.do')).waitFor();
    await picture(page, `till-copy-${language}`);
    expect(await axeFindings(page)).toEqual([]);
    const asked: string[] = [];
    main.answer('sync:resume', () => {
      asked.push('here');
      return ok({});
    });
    main.answer('backups:standDown', () => {
      asked.push('other');
      return ok({});
    });
    for (const answer of ['goOnHere', 'standDown'] as const) {
      await page.getByRole('button', { name: words('pauses.till-copy.title') }).click();
      await press(page.getByRole('dialog'), words(`pause.${answer}`));
      const dialog = page.getByRole('dialog', { name: words(`pause.${answer}`) });
      await dialog.getByText(words(`pause.${answer}Lead`)).waitFor();
      await dialog.getByLabel(words('manager.pin')).fill('271828');
      await press(dialog, words(`pause.${answer}`));
      await dialog.waitFor({ state: 'detached' });
    }
    expect(asked).toEqual(['here', 'other']);
  },
);
