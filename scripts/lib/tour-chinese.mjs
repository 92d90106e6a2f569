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

/** Calls `picture` while the page speaks Chinese; not at all where no till is open to be spoken of. */
export async function inChinese(page, picture) {
  const dialogs = await dialogsOf(page);
  const before = await page.evaluate(ofTill('zh'));
  if (before === null) return;
  await untilSpoken(page, 'zh', dialogs);
  await picture();
  await page.evaluate(ofTill(before));
  await untilSpoken(page, before, dialogs);
}
