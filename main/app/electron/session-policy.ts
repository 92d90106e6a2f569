import type { Session } from 'electron';
import type { Logger } from '../../kernel/ports.ts';
import { isOurUrl } from './app-url.ts';

/** What the window may load: our own scheme, and the developer tools' pages where there are such. */
export const mayLoad = (url: string, release: boolean): boolean =>
  isOurUrl(url) || (!release && (url.startsWith('devtools://') || url.startsWith('chrome-extension://')));

/** A URL without what may be private in it. */
const schemeOf = (url: string): string => /^[a-z][a-z0-9+.-]*(?=:)/i.exec(url)?.[0].toLowerCase() ?? 'none';

/** Where nobody can listen who is not an administrator: every connection of the page ends here. */
const nowhere = { proxyRules: 'http://127.0.0.1:1', proxyBypassRules: '<-loopback>' };

/**
 * The page gets no permission, no device, no network, no download and no spelling service. The till's
 * own calls go through undici in the main process and do not pass here; whoever needs the system's
 * proxy for them must ask another session.
 */
export function applySessionPolicy(
  session: Session,
  { release, logger }: { readonly release: boolean; readonly logger: Logger },
): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    logger.warn('page.permission-denied', { permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  // webRequest does not see WebRTC over TCP, nor WebTransport; a proxy that is not there stops both.
  void session.setProxy(nowhere);
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = mayLoad(details.url, release);
    if (!allowed)
      logger.warn('page.request-blocked', { scheme: schemeOf(details.url), kind: details.resourceType });
    answer({ cancel: !allowed });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
    logger.warn('page.download-blocked');
  });
}
