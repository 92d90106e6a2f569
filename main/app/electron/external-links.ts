import type { Shell } from 'electron';
import type { Logger } from '../../kernel/ports.ts';

/** Complete addresses that may open in the browser; a prefix or pattern would let a page leak data. None yet. */
export const externalLinks: ReadonlySet<string> = new Set<string>();

/** Opens what is on the list; of everything else only the scheme is logged. */
export function createLinkOpener(
  shell: Pick<Shell, 'openExternal'>,
  logger: Logger,
  allowed: ReadonlySet<string> = externalLinks,
): (url: string) => void {
  return (url) => {
    if (!allowed.has(url)) {
      logger.warn('page.link-refused');
      return;
    }
    shell.openExternal(url).catch((error: unknown) => {
      logger.warn('page.link-failed', { reason: error instanceof Error ? error.message : 'unknown' });
    });
  };
}
