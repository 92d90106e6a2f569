import { describe, expect, test } from 'vitest';
import { guardStart, isRelease, type Start, startProblem } from '../../main/app/electron/start-guard.ts';

const release: Start = {
  argv: ['--user-data-dir=/tmp/till', '--provision=till.json', '--verify', 'inspect-me'],
  env: {},
  platform: 'linux',
  packaged: true,
  name: 'Counterfoil',
  version: '0.1.0',
  isRoot: false,
};
const substitute: Start = { ...release, name: 'counterfoil-substitute' };
const development: Start = { ...release, packaged: false };

test('only a packaged build that is not for tests is a release', () => {
  expect([release, substitute, development].map(isRelease)).toEqual([true, false, false]);
  expect(isRelease({ ...release, version: '0.1.0-substitute' })).toBe(false);
  expect(isRelease({ ...release, name: 'substitute' })).toBe(true);
});

describe('a release', () => {
  test("takes the till's own switches", () => expect(startProblem(release)).toBeNull());

  test.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '-remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect=0.0.0.0:9229',
    '--inspect-brk',
    '--disable-web-security',
    '--enable-blink-features=X',
    '--ignore-certificate-errors',
  ])('refuses %s, which a build for tests takes', (argument) => {
    const argv = [...release.argv, argument];
    expect(startProblem({ ...release, argv })).toContain('A release does not take');
    expect(startProblem({ ...substitute, argv })).toBeNull();
    expect(startProblem({ ...development, argv })).toBeNull();
  });

  test('does not start without its sandbox, which root alone has not', () => {
    const argv = [...release.argv, '--no-sandbox'];
    expect(startProblem({ ...release, argv })).toContain('without its sandbox');
    expect(startProblem({ ...release, argv, isRoot: true })).toBeNull();
    expect(startProblem({ ...substitute, argv })).toBeNull();
  });

  test('reads a switch as Windows does', () => {
    const argv = ['/Remote-Debugging-Port=9222'];
    expect(startProblem({ ...release, argv, platform: 'win32' })).not.toBeNull();
    expect(startProblem({ ...release, argv })).toBeNull();
  });
});

test('no build starts with certificate checks switched off', () => {
  for (const start of [release, substitute, development]) {
    expect(startProblem({ ...start, env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } })).toContain('certificate');
    expect(startProblem({ ...start, env: { NODE_TLS_REJECT_UNAUTHORIZED: '1' } })).toBeNull();
  }
});

describe('the start', () => {
  function start(switches: string[], env: NodeJS.ProcessEnv = {}, isRoot = false) {
    const done: string[] = [];
    const app = {
      isPackaged: true,
      commandLine: { hasSwitch: (name: string) => switches.includes(name) },
      getName: () => 'Counterfoil',
      getVersion: () => '0.1.0',
      exit: (code: number) => void done.push(`exit ${code}`),
      enableSandbox: () => void done.push('sandbox'),
    };
    const say = (words: string) => void done.push(words);
    return { goesOn: guardStart(app, { argv: [], env, platform: 'linux', isRoot, say }), done };
  }

  test('puts every renderer into the sandbox', () => {
    expect(start([])).toEqual({ goesOn: true, done: ['sandbox'] });
  });

  test('does without one only where Chromium was told so', () => {
    expect(start(['no-sandbox'], {}, true)).toEqual({ goesOn: true, done: [] });
  });

  test('says why and ends, for what Chromium alone saw too', () => {
    for (const refused of [
      start(['remote-debugging-pipe']),
      start(['no-sandbox']),
      start([], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
    ]) {
      expect(refused.goesOn).toBe(false);
      expect(refused.done).toEqual([
        expect.stringMatching(/^Counterfoil: .*(pipe|sandbox|certificate)/),
        'exit 2',
      ]);
    }
  });
});
