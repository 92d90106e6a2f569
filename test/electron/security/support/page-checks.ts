import { expect } from 'vitest';
import { planted } from '../../../faults/faults.ts';
import type { OpenApp } from './app.ts';
import { through } from './evaluate.ts';
import type { Check } from './table.ts';

// What is attacked by its page alone: so the packaged program can be too, whose main process nobody drives.

/** A packaged program can be told nothing in its main process. */
export type PageApp = Pick<OpenApp, 'page' | 'log' | 'folder'> & Partial<Pick<OpenApp, 'electron'>>;

export interface PageCheck extends Check {
  readonly breaches: (app: PageApp) => Promise<readonly string[]>;
}

const scheme: PageCheck = {
  number: '1',
  title: 'the page comes from the app scheme',
  breaches: async ({ page }) => {
    const [href, origin] = await page.evaluate(() => [location.href, location.origin]);
    return through({
      'another address': href !== 'counterfoil://app/index.html',
      'no origin of its own': origin !== 'counterfoil://app',
    });
  },
  controls: [{ ...planted('page-from-a-file'), finds: ['another address'] }],
};

const isolation: PageCheck = {
  number: '3',
  title: 'a page that changes its built-ins sees nothing of the preload',
  breaches: async ({ page }) => {
    const stolen = await page.evaluate(async () => {
      const push = Array.prototype.push;
      let got = 0;
      Array.prototype.push = function spy(...items: unknown[]) {
        for (const item of items) {
          const sender = (item as { sender?: { invoke?: unknown } } | null | undefined)?.sender;
          if (typeof sender?.invoke === 'function') got += 1;
        }
        return push.apply(this, items);
      };
      const pushed = new Promise<void>((resolve) => {
        const stop = window.till?.onChanges(() => {
          stop?.();
          resolve();
        });
      });
      await window.till?.practiceSetPlug({ in: false });
      await pushed;
      Array.prototype.push = push;
      await window.till?.practiceSetPlug({ in: true });
      return got > 0;
    });
    return through({ 'the way into the main process': stolen });
  },
  controls: [{ ...planted('world-shared'), finds: ['the way into the main process'] }],
};

const permissions: PageCheck = {
  number: '5',
  title: 'a page that asks for permissions and devices gets none',
  breaches: async ({ page }) => {
    const found = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'clipboard-read', 'camera', 'microphone', 'midi'];
      const states = await Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      );
      const where = await new Promise<number>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve(0),
          ({ code }) => resolve(code),
          { timeout: 1_000 },
        );
      });
      // Refused, and not merely absent from this machine.
      const music = await navigator.requestMIDIAccess().then(
        () => 'granted',
        ({ name }: DOMException) => name,
      );
      const devices = await Promise.all(
        ['usb', 'hid', 'serial'].map((kind) => {
          type Kind = { getDevices?(): Promise<unknown[]>; getPorts?(): Promise<unknown[]> };
          const api = (navigator as unknown as Record<string, Kind | undefined>)[kind];
          return api?.getDevices?.() ?? api?.getPorts?.() ?? Promise.resolve([]);
        }),
      );
      return {
        'a permission said to be there': states.some((state) => state !== 'denied'),
        notifications: (await Notification.requestPermission()) !== 'denied',
        'the place of the till': where !== GeolocationPositionError.PERMISSION_DENIED,
        'MIDI devices': !['SecurityError', 'NotAllowedError'].includes(music),
        'a device': devices.some((list) => list.length > 0),
      };
    });
    return through(found);
  },
  controls: [
    {
      ...planted('permissions-granted'),
      finds: ['a permission said to be there', 'notifications', 'the place of the till', 'MIDI devices'],
    },
  ],
};

const webviewOff: PageCheck = {
  number: '8',
  title: 'a webview element is none',
  breaches: async ({ page }) => {
    const alive = await page.evaluate(() => {
      const view: HTMLElement = document.createElement('webview');
      return 'loadURL' in view || Object.getPrototypeOf(view) !== HTMLElement.prototype;
    });
    return through({ 'a webview': alive });
  },
  controls: [{ ...planted('webviews'), finds: ['a webview'] }],
};

const home = 'counterfoil://app/index.html';
const elsewhere = `${home}?elsewhere`;

const navigation: PageCheck = {
  number: '9',
  title: 'the page goes nowhere by itself, not even to itself',
  breaches: async ({ page, log }) => {
    const went: Record<string, boolean> = {};
    const ways = {
      location: (url: string) => location.assign(url),
      link: (url: string) => {
        const link = document.createElement('a');
        link.href = url;
        document.body.append(link);
        link.click();
      },
    };
    const refusals = () => log().split('page.navigation-blocked').length;
    for (const [name, go] of Object.entries(ways)) {
      const before = refusals();
      await page.evaluate(go, `${elsewhere}=${name}`);
      await expect.poll(() => page.url() !== home || refusals() > before).toBe(true);
      went[name] = page.url() !== home;
    }
    return through(went);
  },
  controls: [{ ...planted('page-navigates'), finds: ['location'] }],
};

export const ofPage = [scheme, isolation, permissions, webviewOff, navigation] as const;
