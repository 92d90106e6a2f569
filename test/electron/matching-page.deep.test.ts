import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { languages } from '../../preload/contract/index.ts';
import { createFakeShifts } from '../kit/fake-shifts.ts';
import { stagePage } from '../kit/page.ts';
import { fullPiles, matchDone, pileFound } from '../renderer/support/match-samples.ts';
import { openShiftOf } from '../renderer/support/shift-samples.ts';
import { axeFindings, lookAtPage, picture } from '../support/electron-look.ts';
import {
  asTyped,
  dayField,
  memberField,
  openFromMenu,
  speak,
  untilText,
  words,
} from '../support/electron-till.ts';

// Each reason there is, in each language, in the smallest window; the same with a real main: `matching.test.ts`.

const openPage = stagePage();

/** Words that run out of what they stand in. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page is too wide'] : []),
    ...[
      ...document.querySelectorAll(
        'button, label, legend, th, td, p, li > span, h1, h2, [class*=whose], [class*=line]',
      ),
    ]
      .filter((element) => element.checkVisibility({ opacityProperty: true }))
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .map((element) => `${element.tagName} ${element.textContent} is cut off`),
  ]);

it.each(languages)(
  'all four piles, full, fit in %s in the smallest window, in both schemes',
  async (language) => {
    speak(language);
    const main = createFakeShifts({ shift: openShiftOf(), till: { language: `${language}-SG` } });
    main.tell({ topics: { matching: matchDone } });
    main.answer('matching:plan', () => ({
      ok: true,
      value: { calls: 4, left: 176, kept: 120, isAffordable: true, log: 'not-asked' },
    }));
    main.answer('matching:pile', ({ pile }) => ({ ok: true, value: { found: pileFound(pile) } }));
    const page = await openPage(main);
    await memberField(page).waitFor();
    await page.setViewportSize({ width: 800, height: 560 });
    await openFromMenu(page, 'match');
    for (const pile of Object.keys(fullPiles) as (keyof typeof fullPiles)[]) {
      const name = words(`matching.piles.${pile}`);
      await page
        .getByRole('group', { name: words('matching.choose') })
        .getByRole('button', { name })
        .click();
      const region = page.getByRole('region', { name, exact: true });
      for (const reason of fullPiles[pile])
        await region.getByText(words(`matching.reasons.${reason}`)).waitFor();
      expect(await cutOff(page), pile).toEqual([]);
      expect(await axeFindings(page), pile).toEqual([]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await region.scrollIntoViewIfNeeded();
        await picture(page, `matching-full-${pile}-${language}-${colorScheme}`);
        expect(await axeFindings(page), `${pile} ${colorScheme}`).toEqual([]);
      }
    }
    if (language === 'en') await lookAtPage(page, 'matching-piles');
    await page.getByRole('table', { name: words('matching.sums') }).scrollIntoViewIfNeeded();
    await picture(page, `matching-full-sums-${language}`);
    await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    await picture(page, `matching-full-top-${language}`);
  },
);

it.each(languages)('beside a report it is told in %s, in both schemes', async (language) => {
  speak(language);
  const main = createFakeShifts({
    shift: openShiftOf({ drawer: 'elsewhere' }),
    till: { language: `${language}-SG` },
  });
  const page = await openPage(main);
  await memberField(page).waitFor();
  await page.setViewportSize({ width: 800, height: 560 });
  const lookAtCard = async (what: string) => {
    const card = page.getByRole('region', { name: words('shifts.match.title') });
    await card.getByText(words('shifts.match.not')).first().waitFor();
    await card.getByText(words('shifts.match.called.only-ours_other', { count: '2' })).waitFor();
    expect(await cutOff(page), what).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await card.getByRole('button').scrollIntoViewIfNeeded();
      await picture(page, `matching-beside-${what}-${language}-${colorScheme}`);
      expect(await axeFindings(page), `${what} ${colorScheme}`).toEqual([]);
    }
  };
  await page.keyboard.press('F4');
  await lookAtCard('report');
  // The way to the page, with the days that are still to be matched.
  await page
    .getByRole('region', { name: words('shifts.match.title') })
    .getByRole('button', { name: words('shifts.match.act') })
    .click();
  await untilText(dayField(page, 'matching.from'), asTyped('2026-11-25', language));
  await untilText(dayField(page, 'matching.to'), asTyped('2026-11-26', language));
});
