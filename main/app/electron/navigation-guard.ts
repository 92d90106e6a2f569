import type { App, WebContents } from 'electron';
import type { Logger } from '../../kernel/ports.ts';

export interface NavigationGuard {
  readonly logger: Logger;
  /** Called with the address of every link that wanted a window of its own. */
  readonly openLink: (url: string) => void;
}

/**
 * The one page never goes anywhere: it is loaded once by the main process, which these events do not
 * see, and everything that a page can start itself is refused.
 */
export function guardContents(contents: WebContents, { logger, openLink }: NavigationGuard): void {
  const refuse = (what: string) => (event: { preventDefault(): void }) => {
    event.preventDefault();
    logger.warn('page.navigation-blocked', { what });
  };
  contents.on('will-navigate', refuse('navigate'));
  contents.on('will-redirect', refuse('redirect'));
  contents.on('will-frame-navigate', refuse('frame'));
  contents.on('will-attach-webview', refuse('webview'));
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
  // WebRTC knows ways past webRequest.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Call before the first window: guards every page that will ever exist. */
export function guardAllContents(app: Pick<App, 'on'>, guard: NavigationGuard): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, guard));
}
