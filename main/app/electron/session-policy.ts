import type { Session } from 'electron';
import type { Logger } from '../../kernel/ports.ts';
import { isOurUrl } from './app-url.ts';

/** The app's scheme, and developer tools where they exist. */
export const mayLoad = (url: string, release: boolean): boolean =>
  isOurUrl(url) || (!release && (url.startsWith('devtools://') || url.startsWith('chrome-extension://')));

/** Only the scheme: the rest may be private. */
const schemeOf = (url: string): string => /^[a-z][a-z0-9+.-]*(?=:)/i.exec(url)?.[0].toLowerCase() ?? 'none';

/** A port where only an administrator could listen: all connections end here. */
const nowhere = { proxyRules: 'http://127.0.0.1:1', proxyBypassRules: '<-loopback>' };

/**
 * The page gets no permission, device, network, download or spelling service. Main's calls use undici and do not pass
 * here; the system's proxy needs another session.
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
  // `webRequest` does not see WebRTC over TCP, nor WebTransport; a dead proxy stops both.
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
