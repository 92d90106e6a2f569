import type { Shell } from 'electron';
import type { Logger } from '../../kernel/ports.ts';

/**
 * The addresses that the till may open in the person's browser, each one whole. No prefix, no pattern:
 * a list that matches loosely is a way out for a page. The till links nowhere yet.
 */
export const externalLinks: ReadonlySet<string> = new Set<string>();

/** Opens exactly what is on the list; everything else is logged by its kind and forgotten. */
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
