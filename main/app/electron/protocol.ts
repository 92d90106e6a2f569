import { readFile } from 'node:fs/promises';
import type { Protocol, ProtocolRequest, ProtocolResponse } from 'electron';
import { APP_SCHEME } from './app-url.ts';
import { assetOf, securityHeaders } from './asset.ts';

/** Before `ready`: makes the scheme an origin, without other privileges. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

const refusal = (statusCode: number): ProtocolResponse => ({
  statusCode,
  headers: { ...securityHeaders },
  data: Buffer.alloc(0),
});

/**
 * Serves the renderer's folder only; never rejects. Reads with `fs`, which sees inside an asar; `net.fetch` of file
 * URLs would need privileges that release fuses remove.
 */
export async function answerFrom(
  folder: string,
  { method, url }: Pick<ProtocolRequest, 'method' | 'url'>,
): Promise<ProtocolResponse> {
  if (method !== 'GET') return refusal(405);
  const asset = assetOf(url, folder);
  if (asset === null) return refusal(404);
  try {
    const data = await readFile(asset.path);
    return { headers: { ...securityHeaders, 'content-type': asset.mimeType }, data };
  } catch {
    return refusal(404);
  }
}

/**
 * After `ready`; `folder` is the built renderer's absolute path. `protocol.handle` would load Node's `fetch` at each
 * start before its first file.
 */
export function serveApp(protocol: Pick<Protocol, 'registerBufferProtocol'>, folder: string): void {
  protocol.registerBufferProtocol(
    APP_SCHEME,
    (request, answer) => void answerFrom(folder, request).then(answer),
  );
}
