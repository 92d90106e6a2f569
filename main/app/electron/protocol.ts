import { readFile } from 'node:fs/promises';
import type { Protocol } from 'electron';
import { APP_SCHEME } from './app-url.ts';
import { assetOf, securityHeaders } from './asset.ts';

/** Before `ready`: makes the scheme an origin of its own, with no privilege beyond that. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

const refusal = (status: number) => new Response(null, { status, headers: securityHeaders });

/**
 * Answers from the renderer's folder only. Reads with `fs`, which sees inside an asar; `net.fetch` of a
 * file: URL would need privileges that a release's fuses take away.
 */
export function answerFrom(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refusal(405);
    const asset = assetOf(request.url, folder);
    if (asset === null) return refusal(404);
    try {
      const bytes = await readFile(asset.path);
      return new Response(bytes, { headers: { ...securityHeaders, 'content-type': asset.mimeType } });
    } catch {
      return refusal(404);
    }
  };
}

/** After `ready`. `folder` is the absolute path of the built renderer. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(APP_SCHEME, answerFrom(folder));
}
