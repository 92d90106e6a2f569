import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  LIST_NAME,
  publishedOf,
  type ReleaseFile,
  type ReleaseList,
  signList,
} from '../../main/updates/release-list.ts';

export type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** A feed on loopback whose every answer is in the test's hand. */
export interface TestFeed {
  readonly url: string;
  readonly served: Map<string, Serve>;
  /** What was asked for, oldest first, with the range where one was. */
  readonly asked: string[];
}

export const bytes =
  (body: string | Buffer, headers: Record<string, string> = {}): Serve =>
  (_, response) =>
    response.writeHead(200, headers).end(body);

/** As a good server has it: whole, or from a byte on. */
export const ranged =
  (body: Buffer): Serve =>
  (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from === 0) return response.writeHead(200, { 'content-length': String(body.length) }).end(body);
    const range = `bytes ${from}-${body.length - 1}/${body.length}`;
    return response.writeHead(206, { 'content-range': range }).end(body.subarray(from));
  };

export async function startFeed(): Promise<TestFeed> {
  const served = new Map<string, Serve>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice('/stable/'.length);
    asked.push(request.headers.range === undefined ? name : `${name} ${request.headers.range}`);
    const serve = served.get(name);
    if (serve === undefined) response.writeHead(404).end();
    else serve(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stable/`, served, asked };
}

export const newKey = (): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } =>
  generateKeyPairSync('ed25519');

export const sha512 = (body: Buffer): string => createHash('sha512').update(body).digest('hex');

/** A program of some size, by its version. */
export const programOf = (version: string): Buffer =>
  Buffer.concat([Buffer.from(`program ${version}\n`), randomBytes(200_000)]);

/** Which version a program is, by its second line or its first. */
export const versionOf = (program: Buffer): string =>
  /\d+\.\d+\.\d+/.exec(program.subarray(0, 40).toString('latin1'))?.[0] ?? '';

export const fileOf = (version: string, body: Buffer, change: Partial<ReleaseFile> = {}): ReleaseFile => ({
  ...{ platform: 'linux', arch: 'x64', kind: 'appimage' },
  ...{ name: `Counterfoil-${version}-x86_64.AppImage`, size: body.length, sha512: sha512(body) },
  ...change,
});

/** Good from the start of tests for a month. */
export const listOf = (
  version: string,
  file: ReleaseFile,
  change: Partial<ReleaseList> = {},
): ReleaseList => ({
  ...{ format: 1, product: 'app.counterfoil.till', version, floor: '1.0.0' },
  ...{ issuedAt: '2026-01-15T00:00:00Z', expiresAt: '2026-02-14T00:00:00Z' },
  ...{ stagePercent: 100, halt: false, files: [file] },
  ...change,
});

/** Puts a list under its name, behind its signature. */
export function publish(feed: TestFeed, list: unknown, key: KeyObject): void {
  const text = Buffer.from(typeof list === 'string' ? list : `${JSON.stringify(list)}\n`);
  feed.served.set(LIST_NAME, bytes(publishedOf(text, signList(text, key))));
}
