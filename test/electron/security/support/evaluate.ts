import type { OpenApp } from './app.ts';

/** Takes the page's content security policy away and loads the page anew. */
export async function withoutPolicy({ electron, page, cdp }: OpenApp): Promise<void> {
  await cdp.send('Page.setBypassCSP', { enabled: true });
  const loaded = page.waitForEvent('load');
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await loaded;
}

/** Takes the session's block on requests away. */
export const withoutRequestBlock = ({ electron }: OpenApp): Promise<void> =>
  electron.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null));

/** The names whose value is true: what got through. */
export const through = (found: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.keys(found).filter((name) => found[name] === true);
