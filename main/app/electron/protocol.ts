import { readFile } from 'node:fs/promises';
import type { Protocol, ProtocolRequest, ProtocolResponse } from 'electron';
import { APP_SCHEME } from './app-url.ts';
import { assetOf, securityHeaders } from './asset.ts';

/** Before `ready`: makes the scheme an origin of its own, with no privilege beyond that. */
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
 * Answers from the renderer's folder only; never rejects. Reads with `fs`, which sees inside an asar; `net.fetch` of a
 * file: URL would need privileges that a release's fuses take away.
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
 * After `ready`. `folder` is the absolute path of the built renderer. Not by `protocol.handle`: what that answers with is
 * made of Node's `fetch`, which each start would read and compile before its first file.
 */
export function serveApp(protocol: Pick<Protocol, 'registerBufferProtocol'>, folder: string): void {
  protocol.registerBufferProtocol(
    APP_SCHEME,
    (request, answer) => void answerFrom(folder, request).then(answer),
  );
}
