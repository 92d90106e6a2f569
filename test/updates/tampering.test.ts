import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../main/updates/ask-feed.ts';
import {
  LIST_NAME,
  publishedOf,
  type ReleaseFile,
  type ReleaseList,
  signList,
} from '../../main/updates/release-list.ts';
import { bytes, fileOf, listOf, newKey, programOf, publish, ranged, startFeed } from './feed.ts';
import { codeOf, openShop, type Shop } from './shop.ts';

const NAME = 'Counterfoil-1.1.0-x86_64.AppImage';

/** Signed by us, and not what it should be. */
const list =
  (change: Partial<ReleaseList> | Record<string, unknown>) =>
  ({ feed, key, next }: Shop) =>
    publish(feed, { ...listOf('1.1.0', fileOf('1.1.0', next)), ...change }, key);

const signedFile = (change: Partial<ReleaseFile> | Record<string, unknown>) => (shop: Shop) =>
  list({ files: [{ ...fileOf('1.1.0', shop.next), ...change }] })(shop);

const without = (field: keyof ReleaseList) => (shop: Shop) => list({ [field]: undefined })(shop);

const serve =
  (name: string, answer: Parameters<Shop['feed']['served']['set']>[1]) =>
  ({ feed }: Shop) =>
    void feed.served.set(name, answer);

const redirect: Parameters<Shop['feed']['served']['set']>[1] = (_, response) =>
  response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();

const html = bytes('<!doctype html><p>Sign in to the hotel', { 'content-type': 'text/html; charset=utf-8' });

const edited = (from: string, to: string) => (shop: Shop) => {
  const text = JSON.stringify(listOf('1.1.0', fileOf('1.1.0', shop.next)));
  const signature = signList(Buffer.from(text), shop.key);
  shop.feed.served.set(LIST_NAME, bytes(publishedOf(Buffer.from(text.replace(from, to)), signature)));
};

/** The very list, behind something else. */
const behind =
  (signature: string) =>
  ({ feed, next }: Shop) => {
    const text = Buffer.from(JSON.stringify(listOf('1.1.0', fileOf('1.1.0', next))));
    feed.served.set(LIST_NAME, bytes(publishedOf(text, signature)));
  };

/** What is done to feed or file, before the till asks, and what the till calls it. */
const whileAsking: readonly (readonly [string, (shop: Shop) => void, string])[] = [
  [
    'the list signed by another key',
    ({ feed, next }) => publish(feed, listOf('1.1.0', fileOf('1.1.0', next)), newKey().privateKey),
    'update-list-unsigned',
  ],
  ['one letter of the list changed', edited('1.1.0', '1.9.0'), 'update-list-unsigned'],
  ['the hash in the list changed', edited('"sha512":"', '"sha512":"0'), 'update-list-unsigned'],
  ['a blank more in the list', edited('{', '{ '), 'update-list-unsigned'],
  ['the signature of nothing', behind('\n'), 'update-list-unsigned'],
  ['the signature in another alphabet', behind(`${'-'.repeat(86)}==\n`), 'update-list-unsigned'],
  ['no signature', behind(''), 'update-list-unsigned'],
  ['no list', ({ feed }) => void feed.served.delete(LIST_NAME), 'update-file-missing'],
  ['nothing under the name of the list', serve(LIST_NAME, bytes('')), 'update-list-unsigned'],
  ['a signature of a kilobyte', behind(`${'A'.repeat(1_000)}\n`), 'update-list-too-large'],
  ['a signature of a megabyte', behind(`${'A'.repeat(1_000_000)}\n`), 'update-list-too-large'],
  ['a list of ten megabytes', serve(LIST_NAME, bytes(' '.repeat(10_000_000))), 'update-list-too-large'],
  ['a page of a hotel for a list', serve(LIST_NAME, html), 'update-feed-answer'],
  ['the list cut off', edited(']}', ''), 'update-list-unsigned'],
  ['a redirect of the list', serve(LIST_NAME, redirect), 'update-feed-redirected'],
  [
    'a server that fails',
    serve(LIST_NAME, (_, response) => void response.writeHead(500).end()),
    'update-feed-answer',
  ],
  [
    'something else that we signed',
    ({ feed, key }) => publish(feed, '"a receipt"', key),
    'update-list-invalid',
  ],
  ['not JSON, signed', ({ feed, key }) => publish(feed, '{', key), 'update-list-invalid'],
  ['another format', list({ format: 2 }), 'update-list-invalid'],
  ['no product', without('product'), 'update-list-invalid'],
  ['no floor', without('floor'), 'update-list-invalid'],
  ['no days', without('expiresAt'), 'update-list-invalid'],
  ['no halt', without('halt'), 'update-list-invalid'],
  ['no files', list({ files: [] }), 'update-list-invalid'],
  ['a field that nobody knows', list({ run: 'rm -rf /' }), 'update-list-invalid'],
  ['a version with a suffix', list({ version: '1.1.0-beta' }), 'update-list-invalid'],
  ['another product', list({ product: 'app.other.till' }), 'update-list-other-product'],
  [
    'an older version',
    list({ version: '0.9.0', floor: '0.9.0', files: [fileOf('0.9.0', programOf('0.9.0'))] }),
    'update-older',
  ],
  [
    'expired',
    list({ issuedAt: '2025-12-01T00:00:00Z', expiresAt: '2026-01-14T00:00:00Z' }),
    'update-list-expired',
  ],
  ['issued in the future', list({ issuedAt: '2026-01-20T00:00:00Z' }), 'update-list-from-future'],
  ['a path in the name', signedFile({ name: '../Counterfoil-1.1.0.AppImage' }), 'update-list-invalid'],
  ['a folder in the name', signedFile({ name: 'x/Counterfoil-1.1.0.AppImage' }), 'update-list-invalid'],
  ['a drive in the name', signedFile({ name: 'C:Counterfoil-1.1.0.AppImage' }), 'update-list-invalid'],
  ['a backslash in the name', signedFile({ name: 'a\\Counterfoil-1.1.0.AppImage' }), 'update-list-invalid'],
  [
    'an absolute URL for a name',
    signedFile({ name: 'https://evil.example/Counterfoil-1.1.0.AppImage' }),
    'update-list-invalid',
  ],
  ['a name of another kind', signedFile({ name: 'Counterfoil-1.1.0.deb' }), 'update-list-invalid'],
  ['a name of another version', signedFile({ name: 'Counterfoil-1.0.9.AppImage' }), 'update-list-invalid'],
  ['a huge file in the list', signedFile({ size: 500_000_001 }), 'update-list-invalid'],
  ['half a byte of size', signedFile({ size: 1.5 }), 'update-list-invalid'],
  ['a short hash', signedFile({ sha512: 'AA' }), 'update-list-invalid'],
  [
    'another platform',
    signedFile({ platform: 'win32', kind: 'nsis', name: 'Counterfoil-1.1.0.exe' }),
    'update-not-for-this-pc',
  ],
  ['another processor', signedFile({ arch: 'arm64' }), 'update-not-for-this-pc'],
  ['another file under the name', serve(NAME, ranged(programOf('1.1.0'))), 'update-file-hash'],
  [
    'the file cut off',
    ({ feed, next }) => void feed.served.set(NAME, bytes(next.subarray(0, 1_000))),
    'update-file-cut-off',
  ],
  [
    'the file longer than told',
    ({ feed, next }) => void feed.served.set(NAME, bytes(Buffer.concat([next, next]))),
    'update-file-size',
  ],
  ['no file', ({ feed }) => void feed.served.delete(NAME), 'update-file-missing'],
  ['a redirect of the file', serve(NAME, redirect), 'update-feed-redirected'],
  ['a page of a hotel for the file', serve(NAME, html), 'update-feed-answer'],
  [
    'the line broken',
    serve(NAME, (_, response) => void response.writeHead(200).write('x', () => response.destroy())),
    'update-feed-unreachable',
  ],
];

describe('what is tampered with on the way', () => {
  it.each(whileAsking)('%s', async (_, tamper, code) => {
    const shop = await openShop();
    tamper(shop);
    await shop.updates.check();
    expect(shop.log).toContain(`update.refused ${code}`);
    expect(codeOf(await shop.updates.installNow())).toBe('update-none');
    expect(existsSync(shop.file(NAME))).toBe(false);
    expect(shop.isUntouched()).toBe(true);
    expect(shop.log).not.toContain('closed');
  });

  it('nothing at all, and it comes', async () => {
    const shop = await openShop();
    await shop.updates.check();
    expect(shop.updates.status()).toMatchObject({ state: 'ready', version: '1.1.0', percent: 100 });
    expect(codeOf(await shop.updates.installNow())).toBeNull();
    expect(readFileSync(shop.program).equals(shop.next)).toBe(true);
  });

  it('an older list again, by its day and by its floor', async () => {
    const shop = await openShop();
    list({ floor: '1.0.5', issuedAt: '2026-01-15T04:00:00Z' })(shop);
    await shop.updates.check();
    list({})(shop);
    await shop.again().check();
    expect(shop.log).toContain('update.refused update-list-replayed');
    const [file, later] = [fileOf('1.0.4', programOf('1.0.4')), { issuedAt: '2026-01-15T05:00:00Z' }];
    publish(shop.feed, listOf('1.0.4', file, later), shop.key);
    await shop.again().check();
    expect(shop.log).toContain('update.refused update-below-floor');
  });

  // Node's fetch says of a 407 no more than that it failed; Electron's has the answer.
  it('a proxy that wants a password', async () => {
    const shop = await openShop();
    const proxied: Fetch = async () => new Response(null, { status: 407 });
    const updates = shop.again({ feed: { url: shop.feed.url, fetch: proxied, clock: shop.clock } });
    await updates.check();
    expect(updates.status()).toMatchObject({ state: 'idle', problem: { code: 'update-proxy-password' } });
    expect(shop.isUntouched()).toBe(true);
  });

  it('a host where nobody answers, which nobody is told of', async () => {
    const { url } = await startFeed();
    const shop = await openShop();
    const updates = shop.again({
      feed: { url: url.replace(/:\d+/, ':1'), fetch, clock: shop.clock },
    });
    await updates.check();
    expect(updates.status()).toMatchObject({ state: 'idle', problem: null });
  });
});

/** What is done to the PC between the download and the install. */
const whileWaiting: readonly (readonly [string, (shop: Shop) => void, string])[] = [
  [
    'the file swapped for another',
    ({ file }) => writeFileSync(file(NAME), programOf('1.1.0')),
    'update-file-changed',
  ],
  [
    'one byte of the file changed',
    ({ file, next }) => writeFileSync(file(NAME), Buffer.concat([Buffer.from('P'), next.subarray(1)])),
    'update-file-changed',
  ],
  [
    'the file cut off',
    ({ file, next }) => writeFileSync(file(NAME), next.subarray(1)),
    'update-file-changed',
  ],
  [
    'the file longer',
    ({ file, next }) => writeFileSync(file(NAME), Buffer.concat([next, next])),
    'update-file-changed',
  ],
  ['halted by the feed', list({ halt: true, issuedAt: '2026-01-15T01:00:00Z' }), 'update-none'],
  ['taken back by the feed', list({ stagePercent: 0, issuedAt: '2026-01-15T01:00:00Z' }), 'update-none'],
  ['an unsigned list', behind('A\n'), 'update-list-unsigned'],
  ['a clock a year on', ({ clock }) => clock.jump(365 * 86_400_000, 0), 'update-list-expired'],
  ['a clock a year back', ({ clock }) => clock.jump(-365 * 86_400_000, 0), 'update-list-from-future'],
];

describe('what is tampered with after the download', () => {
  it.each(whileWaiting)('%s', async (_, tamper, code) => {
    const shop = await openShop();
    await shop.updates.check();
    tamper(shop);
    expect(codeOf(await shop.updates.installNow())).toBe(code);
    expect(shop.isUntouched()).toBe(true);
    expect(shop.log).not.toContain('closed');
  });

  it('swapped while it is made ready: what is hashed is what is written', async () => {
    const shop = await openShop();
    const file = shop.file(NAME);
    await shop.updates.check();
    const swapped = shop.again({
      beforeInstall: async () => {
        writeFileSync(file, programOf('1.1.0'));
        return { ok: true, value: {} };
      },
    });
    await swapped.check();
    expect(codeOf(await swapped.installNow())).toBeNull();
    expect(readFileSync(shop.program).equals(shop.next)).toBe(true);
  });

  it('a kept list that somebody has edited, or one of another key', async () => {
    const shop = await openShop();
    await shop.updates.check();
    shop.feed.served.clear();
    const kept = join(shop.folder, 'updates.json');
    const state = JSON.parse(readFileSync(kept, 'utf8')) as Record<string, string>;
    const other = Buffer.from(JSON.stringify(listOf('1.1.0', fileOf('1.1.0', programOf('1.1.0')))));
    const forged = { list: other.toString('base64'), signature: signList(other, newKey().privateKey).trim() };
    for (const change of [{ list: other.toString('base64') }, forged, { list: null }, { tillId: 7 }]) {
      writeFileSync(kept, JSON.stringify({ ...state, ...change }));
      const updates = shop.again();
      expect(await updates.installAtStart()).toBe(false);
      expect(updates.status().state).toBe('idle');
    }
    expect(shop.isUntouched()).toBe(true);
  });

  it('a cache of another version in the folder is taken away, not taken', async () => {
    const shop = await openShop();
    writeFileSync(shop.file('Counterfoil-1.0.9-x86_64.AppImage'), 'stale');
    writeFileSync(shop.file(NAME), programOf('1.1.0'));
    writeFileSync(shop.file(`${NAME}.part`), programOf('1.1.0'));
    await shop.updates.check();
    // The part could not be gone on with: its hash said so, and the next try began anew.
    expect(shop.log).toContain('update.refused update-file-hash');
    await shop.updates.check();
    expect(codeOf(await shop.updates.installNow())).toBeNull();
    expect(existsSync(shop.file('Counterfoil-1.0.9-x86_64.AppImage'))).toBe(false);
  });

  it('a program without keys takes nothing', async () => {
    const shop = await openShop({ keys: [] });
    await shop.updates.check();
    expect(shop.log).toContain('update.refused update-list-unsigned');
    expect(shop.isUntouched()).toBe(true);
  });
});
