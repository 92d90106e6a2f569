import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { isOurUrl } from '../../main/app/electron/app-url.ts';
import { assetOf, CONTENT_SECURITY_POLICY } from '../../main/app/electron/asset.ts';
import { answerFrom } from '../../main/app/electron/protocol.ts';
import { temporaryFolder } from '../people/credentials/support.ts';

let folder: string;
beforeEach(() => {
  const outside = temporaryFolder();
  folder = join(outside, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(outside, 'secret.json'), '"secret"');
  writeFileSync(join(outside, 'renderer.js'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'index-1.js'), 'export {}');
  writeFileSync(join(folder, 'assets', 'notes.txt'), 'text');
});

async function get(path: string, method = 'GET') {
  const url = path.includes('://') ? path : `counterfoil://app${path}`;
  const { statusCode = 200, headers = {}, data } = await answerFrom(folder, { url, method });
  return { status: statusCode, headers, text: (data as Buffer).toString() };
}

test('serves the page and its parts with their kind', async () => {
  const page = await get('/index.html?x=1#y');
  expect([page.status, page.headers['content-type'], page.text]).toEqual([
    200,
    'text/html; charset=utf-8',
    '<!doctype html>',
  ]);
  const script = await get('/assets/index-1.js');
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
});

test('every answer, refusals too, carries the policy and forbids guessing kinds', async () => {
  for (const answer of [await get('/index.html'), await get('/none.js'), await get('/index.html', 'POST')]) {
    expect(answer.headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  }
});

test('no opener policy makes the page wait for a second process; it opens nothing, and nothing opens it', async () => {
  expect((await get('/index.html')).headers).not.toHaveProperty('cross-origin-opener-policy');
});

test('the policy allows our own files and nothing else', () => {
  const rules = Object.fromEntries(CONTENT_SECURITY_POLICY.split('; ').map((rule) => rule.split(/ (.*)/)));
  expect(rules).toMatchObject({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
  });
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
});

describe('refuses', () => {
  test.each([
    '/',
    '',
    '/assets',
    '/assets/',
    '/none.js',
    '/assets/notes.txt',
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '/..%5csecret.json',
    '/assets\\..\\..\\secret.json',
    '/../renderer.js',
    '//etc/hosts.json',
    '/C:/secret.json',
    '/index.html%00.js',
    '/%zz.js',
    'counterfoil://other/index.html',
    'counterfoil://app:80/index.html',
    'counterfoil://user@app/index.html',
    'https://app/index.html',
    'file:///etc/hosts.json',
  ])('%s', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.text]).toEqual([404, '']);
  });

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('%s', async (method) => {
    expect((await get('/index.html', method)).status).toBe(405);
  });
});

test('whatever is asked for, the file is inside the folder', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', 'assets', 'index.html', 'a.js', '\0', 'C:'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const asset = assetOf(`counterfoil://app/${parts.join('/')}`, folder);
      expect(asset === null || asset.path.startsWith(`${folder}/`) || process.platform === 'win32').toBe(
        true,
      );
    }),
  );
});

test('our addresses are ours, their look-alikes are not', () => {
  expect(['counterfoil://app', 'counterfoil://app/index.html'].every(isOurUrl)).toBe(true);
  const others = [
    'counterfoil://app.evil/',
    'counterfoil://appx',
    'https://app/',
    'data:,x',
    'file:///x',
    '',
  ];
  expect(others.some(isOurUrl)).toBe(false);
});
