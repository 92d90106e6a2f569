import type { Session } from 'electron';
import { APP_SCHEME } from './app-url.ts';

export interface PageLoading {
  /** The page's process has its document and is busy without main. */
  readonly hasDocument: Promise<void>;
  /** It has its script, too: its next request waits for the till. */
  readonly hasScript: Promise<void>;
}

/**
 * Progress of the page's first load. Main's thread serves its files, so long work should run while the page is busy
 * with what it has.
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
