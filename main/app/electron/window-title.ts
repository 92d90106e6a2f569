const LONGEST = 120;

/** Invisible characters, and those that change the direction of text. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * The page's title has a typed name in it: bounded, without control characters, and always with the program's own name
 * at the end, so that it cannot pass for another program.
 */
export function windowTitle(pageTitle: string, appName: string): string {
  const words = pageTitle.replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  const title = words.endsWith(appName) ? words.slice(0, -appName.length).replace(/[\s—]+$/, '') : words;
  const short = Array.from(title).slice(0, LONGEST).join('').trim();
  return short === '' ? appName : `${short} — ${appName}`;
}
