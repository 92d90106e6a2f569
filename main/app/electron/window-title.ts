const LONGEST = 120;

/** What shows nothing or turns the direction of what stands around it. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * The window's title from the page's. The page carries what a person typed as the till's name, so it is bounded,
 * without control characters, and always ends in the program's own name: no title passes for another program.
 */
export function windowTitle(pageTitle: string, appName: string): string {
  const words = pageTitle.replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  const title = words.endsWith(appName) ? words.slice(0, -appName.length).replace(/[\s—]+$/, '') : words;
  const short = Array.from(title).slice(0, LONGEST).join('').trim();
  return short === '' ? appName : `${short} — ${appName}`;
}
