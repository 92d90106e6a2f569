import type { App } from 'electron';
import { expect, it } from 'vitest';
import { loginItemOfSystem } from '../../main/app/electron/login-item.ts';

/** A system that keeps what is started at log-in, by its path and its arguments. */
function system() {
  const own = 'C:\\counterfoil\\app-1.0.0\\Counterfoil.exe';
  const kept = new Set<string>();
  const key = (path = own, args: readonly string[] = []) => [path, ...args].join(' ');
  const app = {
    getName: () => 'Counterfoil',
    getLoginItemSettings: ({ path, args } = {}) => ({ openAtLogin: kept.has(key(path, args)) }),
    setLoginItemSettings: ({ openAtLogin = false, path, args }) => {
      if (openAtLogin) kept.add(key(path, args));
      else kept.delete(key(path, args));
    },
  } as Pick<App, 'getName' | 'getLoginItemSettings' | 'setLoginItemSettings'>;
  return { own, kept, app };
}

it('on Windows the launcher is started at log-in: a version’s own file goes with the version', async () => {
  const { app, kept } = system();
  const args = ['--user-data-dir=D:\\till'];
  const launcher = 'C:\\counterfoil\\Counterfoil.exe';
  const item = loginItemOfSystem({ app, args, launcher });
  expect(item.isOn()).toBe(false);
  await item.set(true);
  expect([...kept]).toEqual([`${launcher} --user-data-dir=D:\\till`]);
  expect(item.isOn()).toBe(true);
  await item.set(false);
  expect([...kept]).toEqual([]);
});

it('where there is none the program itself is', async () => {
  const { app, kept, own } = system();
  await loginItemOfSystem({ app, args: [], launcher: null }).set(true);
  expect([...kept]).toEqual([own]);
});
