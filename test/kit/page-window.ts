import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { launchDescription } from '../support/electron-app.ts';

const root = resolve(import.meta.dirname, '../..');
const origin = 'https://page.example';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

export interface PageWindow {
  readonly page: Page;
  /** Loads the built page, anew each time. */
  readonly load: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the page is given in place of a built file, by its path; null where it gets the file. */
export type Instead = (path: string) => string | null;

/** The built page in a real window with nothing behind it: whoever opens it puts a bridge on `window` first. */
export async function openPageWindow(
  env: NodeJS.ProcessEnv,
  instead: Instead = () => null,
): Promise<PageWindow> {
  const { executable, args, env: needed } = launchDescription();
  const app = await _electron.launch({
    executablePath: executable,
    args: args.map((arg) => (arg === root ? join(import.meta.dirname, 'page-app') : arg)),
    env: { ...(process.env as Record<string, string>), ...needed, ...(env as Record<string, string>) },
  });
  const page = await app.firstWindow();
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    const body = instead(path) ?? readFileSync(join(root, 'out', 'renderer', path));
    return route.fulfill({ body, contentType: types[extname(path)] ?? 'application/octet-stream' });
  });
  return {
    page,
    load: async () => {
      await page.goto(`${origin}/index.html`);
    },
    close: () => app.close(),
  };
}
