import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { bridgeMethod, type Changes, channelNames } from '../../preload/contract/index.ts';
import { launchDescription, patienceMs, storeTimeZone } from '../support/electron-app.ts';
import type { FakeMain } from './fake-main.ts';

const root = resolve(import.meta.dirname, '../..');
const origin = 'https://page.example';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** What a page of a fake main finds on `window`: the bridge, and how pushes come in. */
interface Staged {
  stagedCall(method: string, args: unknown): Promise<unknown>;
  stagedPush?(changes: Changes): void;
}

const install = (methods: readonly string[]): void => {
  const staged = window as unknown as Staged & { till: unknown };
  const listeners = new Set<(changes: Changes) => void>();
  staged.stagedPush = (changes) => {
    for (const listener of listeners) listener(changes);
  };
  staged.till = {
    ...Object.fromEntries(
      methods.map((method) => [method, (args: unknown) => staged.stagedCall(method, args)]),
    ),
    onChanges: (listener: (changes: Changes) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** What the page is given in place of a built file, by its path; null where it gets the file. */
export type Instead = (path: string) => string | null;

/**
 * The built page in a real window, without a main process: what a screen does is tried in every state that a main could
 * bring about, and the window is opened once a file. Gives a function that opens the page anew before a main.
 */
export function stagePage(instead: Instead = () => null): (main: FakeMain) => Promise<Page> {
  let page: Page | null = null;
  let end = async (): Promise<void> => undefined;
  let main: FakeMain | null = null;

  beforeAll(async () => {
    const { executable, args, env } = launchDescription();
    const app = await _electron.launch({
      executablePath: executable,
      args: args.map((arg) => (arg === root ? join(import.meta.dirname, 'page-app') : arg)),
      env: { ...(process.env as Record<string, string>), ...env, TZ: storeTimeZone },
    });
    end = () => app.close();
    page = await app.firstWindow();
    page.setDefaultTimeout(patienceMs);
    await page.exposeBinding('stagedCall', (_source, method: string, given: unknown) =>
      main?.call(method, given),
    );
    await page.addInitScript(install, channelNames.map(bridgeMethod));
    await page.route(`${origin}/**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      const body = instead(path) ?? readFileSync(join(root, 'out', 'renderer', path));
      return route.fulfill({ body, contentType: types[extname(path)] ?? 'application/octet-stream' });
    });
  });
  afterAll(() => end());

  return async (next) => {
    if (page === null) throw new Error('the window is not open');
    main = next;
    const opened = page;
    next.onPush((changes) => {
      if (main !== next) return;
      void opened.evaluate((pushed) => (window as unknown as Staged).stagedPush?.(pushed), changes);
    });
    await opened.goto(`${origin}/index.html`);
    return opened;
  };
}
