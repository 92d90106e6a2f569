import { EventEmitter } from 'node:events';
import type { BrowserWindow, Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { NETWORK_POLL_MS, watchNetwork, watchPower } from '../../main/app/electron/events.ts';
import { createLinkOpener } from '../../main/app/electron/external-links.ts';
import { menuTemplate } from '../../main/app/electron/menu.ts';
import { guardContents } from '../../main/app/electron/navigation-guard.ts';
import { applySessionPolicy, mayLoad } from '../../main/app/electron/session-policy.ts';
import { claimSingleInstance, focusWindow } from '../../main/app/electron/single-instance.ts';
import { windowOptions } from '../../main/app/electron/window.ts';
import { logLines } from '../app/ipc/support.ts';

test('a release has no developer tools; everything else is as locked in every build', () => {
  const bounds = { x: 0, y: 0, width: 1280, height: 820 };
  const options = {
    ...{ preloadPath: '/p.cjs', iconPath: '/i.png', appName: 'Counterfoil' },
    ...{ dark: false, bounds, maximised: false },
  };
  const { devTools, ...preferences } = windowOptions({ ...options, release: true }).webPreferences ?? {};
  expect(devTools).toBe(false);
  expect(windowOptions({ ...options, release: false }).webPreferences).toEqual({
    ...preferences,
    devTools: true,
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  });
  expect(preferences).not.toHaveProperty('enableBlinkFeatures');
});

test('a page can start no navigation, no webview and no window', () => {
  const opened: string[] = [];
  const policies: string[] = [];
  let windowOpen = (_: { url: string }): unknown => undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof windowOpen) => {
      windowOpen = handler;
    },
    setWebRTCIPHandlingPolicy: (policy: string) => void policies.push(policy),
  });
  const { logger } = logLines();
  guardContents(contents as unknown as WebContents, { logger, openLink: (url) => void opened.push(url) });
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
    let prevented = false;
    const event = { preventDefault: () => (prevented = true), url: 'counterfoil://app/index.html' };
    contents.emit(name, event);
    expect([name, prevented]).toEqual([name, true]);
  }
  expect(windowOpen({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
  expect(opened).toEqual(['https://example.com/']);
  expect(policies).toEqual(['disable_non_proxied_udp']);
});

test('a link opens in the browser only where the whole address is on the list', async () => {
  const opened: string[] = [];
  const shell = { openExternal: async (url: string) => void opened.push(url) };
  const open = createLinkOpener(shell, logLines().logger, new Set(['https://help.example.com/till']));
  for (const url of [
    'https://help.example.com/till/',
    'https://help.example.com/till?x',
    'https://help.example.com',
    'http://help.example.com/till',
    'https://help.example.com/till@evil.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '',
  ]) {
    open(url);
  }
  expect(opened).toEqual([]);
  open('https://help.example.com/till');
  expect(opened).toEqual(['https://help.example.com/till']);
});

test('the session denies every permission, device, request and download of the page', () => {
  const set: Record<string, (...args: never[]) => unknown> = {};
  const keep =
    (name: string) =>
    (handler: (...args: never[]) => unknown): void => {
      set[name] = handler;
    };
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setSpellCheckerEnabled: (enabled: boolean) => expect(enabled).toBe(false),
    setProxy: async () => undefined,
    webRequest: { onBeforeRequest: keep('web') },
  });
  const { logger, lines } = logLines();
  applySessionPolicy(session as unknown as Session, { release: true, logger });
  const answers: unknown[] = [];
  const answer = (value: unknown) => void answers.push(value);
  set['request']?.(null as never, 'media' as never, answer as never);
  set['web']?.({ url: 'https://example.com/?phone=91234567', resourceType: 'xhr' } as never, answer as never);
  set['web']?.({ url: 'counterfoil://app/index.html', resourceType: 'mainFrame' } as never, answer as never);
  expect(answers).toEqual([false, { cancel: true }, { cancel: false }]);
  expect([set['check']?.(), set['device']?.()]).toEqual([false, false]);
  let prevented = false;
  session.emit('will-download', { preventDefault: () => (prevented = true) });
  expect(prevented).toBe(true);
  expect(JSON.stringify(lines)).not.toContain('91234567');
});

test('only a build for developers loads their tools', () => {
  expect(mayLoad('devtools://devtools/bundled/x.html', true)).toBe(false);
  expect(mayLoad('devtools://devtools/bundled/x.html', false)).toBe(true);
  for (const url of [
    'http://localhost:5173/',
    'wss://example.com/',
    'file:///etc/passwd',
    'blob:x',
    'data:,x',
  ]) {
    expect([url, mayLoad(url, true), mayLoad(url, false)]).toEqual([url, false, false]);
  }
});

test('there is a menu only where copy and paste need one, and it has no tools in it', () => {
  expect([menuTemplate('win32'), menuTemplate('linux')]).toEqual([null, null]);
  const mac = JSON.stringify(menuTemplate('darwin'));
  for (const role of ['copy', 'paste', 'quit']) expect(mac).toContain(`"role":"${role}"`);
  expect(mac).not.toMatch(/devTools|reload|viewMenu/i);
});

test('power is heard until it is stopped', () => {
  const monitor = new EventEmitter();
  const heard: string[] = [];
  const stop = watchPower(monitor as never, {
    onSuspend: () => void heard.push('suspend'),
    onLockScreen: () => void heard.push('lock-screen'),
    onShutdown: () => void heard.push('shutdown'),
    onResume: () => void heard.push('resume'),
  });
  monitor.emit('suspend');
  monitor.emit('lock-screen');
  monitor.emit('resume');
  monitor.emit('shutdown');
  stop();
  monitor.emit('resume');
  monitor.emit('shutdown');
  expect(heard).toEqual(['suspend', 'lock-screen', 'resume', 'shutdown']);
});

test('the network is asked every two seconds and only its changes are told', () => {
  let online = true;
  let due: (() => void) | null = null;
  const clock = {
    schedule: (delayMs: number, action: () => void) => {
      expect(delayMs).toBe(NETWORK_POLL_MS);
      due = action;
      return () => {
        due = null;
      };
    },
  };
  const heard: boolean[] = [];
  const stop = watchNetwork({ isOnline: () => online }, clock, (now) => void heard.push(now));
  for (const next of [true, false, false, true, true]) {
    online = next;
    (due as (() => void) | null)?.();
  }
  expect(heard).toEqual([false, true]);
  stop();
  expect(due).toBeNull();
});

test('a second copy ends, and the first comes to the front', () => {
  let first = true;
  const app = Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => first });
  const done: string[] = [];
  const window = {
    isDestroyed: () => false,
    isMinimized: () => true,
    restore: () => void done.push('restore'),
    show: () => void done.push('show'),
    focus: () => void done.push('focus'),
  } as unknown as BrowserWindow;
  expect(claimSingleInstance(app as never, () => focusWindow(window))).toBe(true);
  app.emit('second-instance');
  expect(done).toEqual(['restore', 'show', 'focus']);
  first = false;
  expect(claimSingleInstance(app as never, () => {})).toBe(false);
  focusWindow(null);
});
