import type { App, WebContents } from 'electron';
import type { Logger } from '../../kernel/ports.ts';

export interface NavigationGuard {
  readonly logger: Logger;
  /** Called with the address of every link that wanted a new window. */
  readonly openLink: (url: string) => void;
}

/** Refuses all navigation: main loads the page once, which these events do not see. */
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
  // WebRTC can bypass `webRequest`.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Before the first window: guards every page. */
export function guardAllContents(app: Pick<App, 'on'>, guard: NavigationGuard): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, guard));
}
