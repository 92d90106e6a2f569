import type { Session } from 'electron';
import { APP_SCHEME } from './app-url.ts';

export interface PageLoading {
  /** The page's own process has its document, and goes on without us for a while. */
  readonly hasDocument: Promise<void>;
  /** It has its script as well: what it asks for next waits for an answer of the till's. */
  readonly hasScript: Promise<void>;
}

/**
 * How far the first load of the page has come. Main's thread brings the page all its files, so what holds the thread long is
 * done while the page is busy with what it has.
 */
export function watchLoading({ webRequest }: Pick<Session, 'webRequest'>): PageLoading {
  const ours = { urls: [`${APP_SCHEME}://*/*`] };
  const hasDocument = new Promise<void>((resolve) => {
    webRequest.onResponseStarted(ours, ({ resourceType }) => {
      if (resourceType === 'mainFrame') resolve();
    });
  });
  const hasScript = new Promise<void>((resolve) => {
    webRequest.onCompleted(ours, ({ url }) => {
      if (/\/index-[^/]*\.js$/.test(url)) resolve();
    });
  });
  return { hasDocument, hasScript };
}
