import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { bridgeMethod, type Changes, channelNames } from '../../preload/contract/index.ts';
import { timeoutMs } from '../support/electron-app.ts';
import type { FakeMain } from './fake-main.ts';
import { type Instead, openPageWindow, type PageWindow } from './page-window.ts';
import { storeTimeZone } from './store-time-zone.ts';

/** Opens the page of a test file's window anew, before a main. */
export type OpenPage = (main: FakeMain) => Promise<Page>;

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

/**
 * The built page in a real window, without a main process: what a screen does is tried in every state that a main could
 * bring about, and the window is opened once a file. Gives a function that opens the page anew before a main.
 */
export function stagePage(instead: Instead = () => null): OpenPage {
  let opened: PageWindow | null = null;
  let main: FakeMain | null = null;

  beforeAll(async () => {
    opened = await openPageWindow({ TZ: storeTimeZone }, instead);
    const { page } = opened;
    page.setDefaultTimeout(timeoutMs);
    await page.exposeBinding('stagedCall', (_source, method: string, given: unknown) =>
      main?.call(method, given),
    );
    await page.addInitScript(install, channelNames.map(bridgeMethod));
  });
  afterAll(() => opened?.close());

  return async (next) => {
    if (opened === null) throw new Error('the window is not open');
    main = next;
    const { page, load } = opened;
    next.onPush((changes) => {
      if (main !== next) return;
      void page.evaluate((pushed) => (window as unknown as Staged).stagedPush?.(pushed), changes);
    });
    await load();
    return page;
  };
}
