import type { Page } from 'playwright-core';
import type { Listener } from './server.ts';

/** Every way of asking that a page has and webRequest sees; resolves when each has ended. */
export const ask = (page: Page, { url }: Listener): Promise<void> =>
  page.evaluate(async (server) => {
    const loaded = <T extends HTMLElement>(element: T, change: (element: T) => void) =>
      new Promise<void>((resolve) => {
        element.addEventListener('load', () => resolve());
        element.addEventListener('error', () => resolve());
        change(element);
        document.head.append(element);
      });
    const heard = (source: WebSocket | EventSource) =>
      new Promise<void>((resolve) => {
        source.addEventListener('open', () => resolve());
        source.addEventListener('error', () => resolve());
      });
    navigator.sendBeacon(`${server}/beacon`);
    await Promise.all([
      fetch(`${server}/fetch`, { mode: 'no-cors' }).catch(() => undefined),
      loaded(document.createElement('img'), (image) => {
        image.src = `${server}/image`;
      }),
      loaded(document.createElement('script'), (script) => {
        script.src = `${server}/script`;
      }),
      loaded(document.createElement('link'), (link) => {
        link.rel = 'stylesheet';
        link.href = `${server}/style`;
      }),
      heard(new WebSocket(`${server.replace('http', 'ws')}/socket`)),
      heard(new EventSource(`${server}/events`)),
    ]);
  }, url);
