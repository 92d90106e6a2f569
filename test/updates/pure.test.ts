import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedRequest, mayAskAt } from '../../main/updates/ask-feed.ts';
import { stagePlace } from '../../main/updates/evaluate-release.ts';
import { installedAs, launcherOf, type Place, startedBy } from '../../main/updates/installed-as.ts';
import { PRODUCT } from '../../main/updates/product.ts';
import { fullBucket, take } from '../../main/updates/rate.ts';
import { FEED_URL, feedOf } from '../../main/updates/release-feed.ts';
import { publicKeyOf, readList, signList } from '../../main/updates/release-list.ts';
import { compareVersions, isVersion, plainVersion } from '../../main/updates/version.ts';
import { fileOf, listOf, newKey, programOf } from './feed.ts';

const part = fc.integer({ min: 0, max: 99_999 });
const version = fc.tuple(part, part, part).map((parts) => parts.join('.'));

describe('versions', () => {
  it('are ordered by their numbers', () => {
    fc.assert(
      fc.property(version, version, (one, other) => {
        expect(Math.sign(compareVersions(one, other))).toBe(-Math.sign(compareVersions(other, one)));
        expect(compareVersions(one, other) === 0).toBe(one === other);
      }),
    );
    expect(['1.10.0', '1.9.9', '1.9.10', '0.99999.0'].sort(compareVersions)).toEqual([
      ...['0.99999.0', '1.9.9', '1.9.10', '1.10.0'],
    ]);
  });

  it.each(['1', '1.2', '1.2.3.4', '01.2.3', '1.2.3-a', ' 1.2.3', '1.2.3\n', '1.2.x', '-1.2.3', ''])(
    '%j is none',
    (text) => {
      expect(isVersion(text)).toBe(false);
    },
  );

  it('a test build counts as what it is a test of', () => {
    expect(plainVersion('0.1.0-substitute')).toBe('0.1.0');
  });
});

describe('the signature', () => {
  const { publicKey, privateKey } = newKey();
  const text = Buffer.from(JSON.stringify(listOf('1.1.0', fileOf('1.1.0', programOf('1.1.0')))));
  const signature = signList(text, privateKey);

  it('holds by this key or the next one', () => {
    const { x } = publicKey.export({ format: 'jwk' });
    const key = publicKeyOf(Buffer.from(x ?? '', 'base64url').toString('base64'));
    expect(readList(text, signature, [newKey().publicKey, key])).toMatchObject({ ok: true });
    expect(readList(text, signature, [newKey().publicKey])).toMatchObject({ ok: false });
  });

  it('does not hold when any byte is another one', () => {
    const at = fc.integer({ min: 0, max: text.length - 1 });
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Buffer.from(text);
        changed[place] = (changed[place] ?? 0) ^ change;
        expect(readList(changed, signature, [publicKey])).toMatchObject({
          error: { code: 'update-list-unsigned' },
        });
      }),
    );
  });

  it('whatever is signed, what is no list is none', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const bytes = Buffer.from(json);
        const read = readList(bytes, signList(bytes, privateKey), [publicKey]);
        expect(read).toMatchObject({ ok: false, error: { code: 'update-list-invalid' } });
      }),
    );
  });
});

describe('the stage', () => {
  it('is the same at every asking, another for another version, and spread over all', () => {
    const tills = Array.from({ length: 2_000 }, (_, number) => `till ${number}`);
    const places = tills.map((till) => stagePlace(till, '1.1.0'));
    expect(tills.map((till) => stagePlace(till, '1.1.0'))).toEqual(places);
    expect(tills.map((till) => stagePlace(till, '1.2.0'))).not.toEqual(places);
    expect(Math.min(...places)).toBe(0);
    expect(Math.max(...places)).toBe(99);
    const tenth = places.filter((place) => place < 10).length;
    expect(tenth).toBeGreaterThan(150);
    expect(tenth).toBeLessThan(250);
  });
});

describe('the rate', () => {
  it('is never more than the bucket and what has come since, however it is read', () => {
    const step = fc.record({
      bytes: fc.integer({ min: 1, max: 500_000 }),
      idleMs: fc.integer({ min: 0, max: 5_000 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 16_384, max: 10_000_000 }),
        fc.array(step, { maxLength: 50 }),
        (rate, steps) => {
          let nowMs = 0;
          let bucket = fullBucket(rate, nowMs);
          let total = 0;
          for (const { bytes, idleMs } of steps) {
            nowMs += idleMs;
            const taken = take(bucket, bytes, nowMs);
            bucket = taken.bucket;
            total += bytes;
            nowMs += taken.waitMs;
            expect(total).toBeLessThanOrEqual(rate + (rate * nowMs) / 1_000 + 1);
          }
        },
      ),
    );
  });
});

describe('where a feed may lie', () => {
  it.each([
    ['https://updates.counterfoil.app/stable/', true, true],
    ['http://updates.counterfoil.app/stable/', false, false],
    ['http://127.0.0.1:8080/', false, true],
    ['http://[::1]:8080/', false, true],
    ['http://localhost:8080/', false, false],
    ['http://127.0.0.1.evil.example/', false, false],
    ['https://user:word@updates.counterfoil.app/', false, false],
    ['https://updates.counterfoil.app/stable', false, false],
    ['https://updates.counterfoil.app/?a=/', false, false],
    ['file:///tmp/', false, false],
    ['stable/', false, false],
  ])('%s', (url, inRelease, inTests) => {
    expect(mayAskAt(url, false)).toBe(inRelease);
    expect(mayAskAt(url, true)).toBe(inTests);
  });
});

describe('which feed is followed', () => {
  const key = Buffer.alloc(32, 1).toString('base64');
  const test = { COUNTERFOIL_UPDATE_FEED: 'http://127.0.0.1:8080/', COUNTERFOIL_UPDATE_KEY: key };
  it('a release has one of its own, and none without keys, whatever the environment says', () => {
    expect(feedOf(true, test, [])).toBeNull();
    expect(feedOf(true, test, [key, key])).toMatchObject({ url: FEED_URL, keys: { length: 2 } });
    expect(mayAskAt(FEED_URL, false)).toBe(true);
  });
  it('a release starts with the keys that are in it: one that cannot be read would end it', () => {
    expect(() => feedOf(true, {})).not.toThrow();
    expect(() => feedOf(true, {}, ['no key'])).toThrow();
  });
  it('a test build follows the one that it is told, on this machine', () => {
    expect(feedOf(false, test, [key])).toMatchObject({ url: 'http://127.0.0.1:8080/', keys: { length: 1 } });
    expect(feedOf(false, {}, [key])).toBeNull();
    expect(feedOf(false, { ...test, COUNTERFOIL_UPDATE_FEED: 'http://updates.example/' })).toBeNull();
  });
});

describe('a request that failed', () => {
  const because = (code: string) =>
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });
  it.each([
    [because('ECONNREFUSED'), 'update-feed-unreachable'],
    [because('ENOTFOUND'), 'update-feed-unreachable'],
    [new Error('net::ERR_INTERNET_DISCONNECTED'), 'update-feed-unreachable'],
    [because('SELF_SIGNED_CERT_IN_CHAIN'), 'update-feed-certificate'],
    [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'update-feed-certificate'],
    [new Error('Redirect was cancelled'), 'update-feed-redirected'],
    [new Error('net::ERR_PROXY_AUTH_UNSUPPORTED'), 'update-proxy-password'],
    ['a word', 'update-feed-unreachable'],
  ])('%s', (thrown, code) => {
    expect(failedRequest(thrown)).toEqual({ code });
  });
});

describe('how the program came here', () => {
  const place: Place = {
    ...{ platform: 'linux', env: {}, executable: '/opt/counterfoil/counterfoil' },
    ...{
      resources: '/opt/counterfoil/resources',
      read: () => null,
      exists: () => true,
      real: (path) => path,
    },
  };
  const root = 'C:\\Users\\mei\\AppData\\Local\\Programs\\counterfoil';
  const windows = (change: Partial<Place> = {}, folder = 'app-1.1.0'): Partial<Place> => ({
    ...{ platform: 'win32', executable: `${root}\\${folder}\\Counterfoil.exe` },
    exists: (path) => [`${root}\\current`, `${root}\\Counterfoil.exe`].includes(path),
    ...change,
  });
  const without = (name: string) => (path: string) => !path.endsWith(`counterfoil\\${name}`);
  const image = { APPIMAGE: '/home/mei/Counterfoil.AppImage', APPDIR: '/tmp/.mount_x' };
  const cases: readonly (readonly [string, Partial<Place>, string | null])[] = [
    ['an AppImage', { env: image, executable: '/tmp/.mount_x/counterfoil' }, 'appimage'],
    ['another program’s AppImage', { env: image }, null],
    [
      'an AppImage that is gone',
      { env: image, executable: '/tmp/.mount_x/counterfoil', exists: () => false },
      null,
    ],
    [
      'a relative AppImage',
      { env: { ...image, APPIMAGE: 'x' }, executable: '/tmp/.mount_x/counterfoil' },
      null,
    ],
    ['a deb', { read: () => 'deb\n' }, 'deb'],
    ['an rpm', { read: () => 'rpm' }, null],
    ['a folder', {}, null],
    ['Windows', windows(), 'nsis'],
    ['Windows, a second folder of one version', windows({}, 'app-1.1.0.2'), 'nsis'],
    ['a folder on Windows that no installer knows', windows({}, 'win-unpacked'), null],
    [
      'a folder on Windows that is whole, and whose pointer is lost',
      windows({ exists: without('current') }),
      'nsis',
    ],
    [
      'a folder on Windows without a pointer',
      windows({ exists: (path) => path === `${root}\\Counterfoil.exe` }),
      null,
    ],
    ['a folder on Windows without a launcher', windows({ exists: without('Counterfoil.exe') }), null],
    [
      'macOS',
      { platform: 'darwin', resources: '/Applications/Counterfoil.app/Contents/Resources' },
      'mac-zip',
    ],
    ['a source tree on macOS', { platform: 'darwin' }, null],
  ];
  it.each(cases)('%s', (_, change, kind) => {
    expect(installedAs({ ...place, ...change })).toBe(kind);
  });

  it('is started again by what outlasts this version', () => {
    expect(startedBy({ ...place, ...windows() })).toBe(`${root}\\Counterfoil.exe`);
    expect(launcherOf({ ...place, ...windows({ platform: 'linux' }) })).toBeNull();
    expect(startedBy({ ...place, env: image, executable: '/tmp/.mount_x/counterfoil' })).toBe(image.APPIMAGE);
    expect(startedBy(place)).toBeNull();
  });

  it('is known by one id: to the lists, to Windows and to the packages', () => {
    const packages = readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
    expect(/^appId: (.*)$/m.exec(packages)?.[1]).toBe(PRODUCT);
  });
});
