import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './common.mjs';

// A picture of the same screen in Chinese: the handbook's Chinese pages show it. Nothing is told to the till: the page alone
// is given other words, and another way to write a date, for as long as the picture takes.

/** What the page's own modules give each other. */
const given = `
  const links = [...document.querySelectorAll('link[rel=modulepreload]')].map(({ href }) => href);
  const sources = [...document.scripts].map(({ src }) => src).concat(links).filter(Boolean);
  const modules = await Promise.all(sources.map((source) => import(source)));
  const values = modules.flatMap(Object.values);
`;

/** Gives the page's till this language and returns the one before; null where no till is open in it. */
const ofTill = (language) => `(async () => {${given}
  const topics = values.find((value) => value?.stores?.till !== undefined);
  const till = topics?.now('till');
  if (!till) return null;
  topics.stores.till.setState({ ...till, language: ${JSON.stringify(language)} }, true);
  return till.language;
})()`;

const wordsFile = () =>
  readdirSync(join(root, 'out', 'renderer', 'assets')).find((name) => /^zh-.*\.js$/.test(name));

/** The words alone: of a screen that reads anew what it shows in another language, and forgets what was typed. */
const ofWords = (language) => `(async () => {${given}
  const i18n = values.find((value) => typeof value?.addResourceBundle === 'function');
  const before = i18n.language;
  const words = await import(new URL('./assets/${wordsFile()}', document.baseURI).href);
  i18n.addResourceBundle('zh', 'translation', words.default);
  await i18n.changeLanguage(${JSON.stringify(language)});
  return before;
})()`;

const dialogsOf = (page) => page.evaluate(() => document.querySelectorAll('[role=dialog]').length);

/** And everything is there that was: the handbook's pages are read first. */
const untilSpoken = (page, language, dialogs) =>
  page.waitForFunction(
    ([wanted, count]) =>
      document.documentElement.lang === wanted &&
      [...document.querySelectorAll('[role=dialog]')].filter((dialog) => dialog.checkVisibility()).length ===
        count,
    [language.split('-')[0], dialogs],
  );

/**
 * Calls `picture` while the page speaks Chinese; not at all where no till is open to be spoken of. `isTyped`: something
 * is typed on the screen that must stay.
 */
export async function inChinese(page, picture, { isTyped = false } = {}) {
  const speak = isTyped ? ofWords : ofTill;
  const dialogs = await dialogsOf(page);
  const before = await page.evaluate(speak('zh'));
  if (before === null) return;
  await untilSpoken(page, 'zh', dialogs);
  await picture();
  await page.evaluate(speak(before));
  await untilSpoken(page, before, dialogs);
}
