import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { programOf } from './support/build.ts';
import { Counter } from './support/counter.ts';

const counter = new Counter();
afterAll(counter.close);

const sizeOf = (path: string) => readFileSync(join(programOf('0.2.0'), path)).length;
const update = () => counter.give('0.1.0', '0.2.0');

describe('a program of which something is broken', () => {
  it.each([
    ['its pointer is missing', null],
    ['its pointer is garbled', '\u0000\u0001 app'],
    ['its pointer is empty', ''],
    ['its pointer names nothing', 'app-9.9.9\r\n'],
    ['its pointer names another folder', '..\\..\r\n'],
  ])('starts as the newest whole version where %s', async (what, content) => {
    await update();
    counter.break('current', content);
    await counter.expectTill(what, '0.2.0');
  });

  it('has its pointer again after a set-up', async () => {
    await update();
    counter.break('current', 'garbled');
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(counter.current()).toBe('app-0.2.0');
    await counter.expectTill('its pointer is garbled, set up again', '0.2.0');
  });

  it.each([
    ['a file is missing', 'resources/app.asar', null],
    ['a file is too short', 'resources/app.asar', 'short'],
    ['its list is missing', 'files.txt', null],
    ['its list is empty', 'files.txt', ''],
    ['its program is no program', 'Counterfoil.exe', 'x'.repeat(sizeOf('Counterfoil.exe'))],
  ])('starts as the version of before where %s, and is mended by a set-up', async (what, path, content) => {
    await update();
    counter.break(join('app-0.2.0', path), content);
    await counter.expectTill(what, '0.1.0');
    expect(await counter.setUp('0.2.0')).toBe(0);
    await counter.expectTill(`${what}, set up again`, '0.2.0');
    const versions = counter.names().filter((name) => name.startsWith('app-'));
    expect(versions).toHaveLength(2);
    expect(versions).toContain('app-0.1.0');
  });

  it('is put beside by a set-up where its list is another one than the set-up has', async () => {
    await update();
    const line = readFileSync(join(counter.root, 'app-0.2.0', 'files.txt'), 'utf8').split('\n')[0] ?? '';
    counter.break(join('app-0.2.0', 'files.txt'), `${line}\n`);
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(counter.current()).toBe('app-0.2.0.2');
    expect(counter.names()).not.toContain('app-0.2.0');
    await counter.expectTill('its list is another one, set up again', '0.2.0');
  });

  it.each([
    ['missing', null],
    ['broken', 'no program'],
  ])('has its launcher again after a set-up where that is %s', async (what, content) => {
    await update();
    counter.break('Counterfoil.exe', content);
    expect(await counter.setUp('0.2.0')).toBe(0);
    await counter.expectTill(`the launcher is ${what}, set up again`, '0.2.0');
  });

  it('stays as it is where a set-up over it is refused', async () => {
    await update();
    counter.break('app-0.2.0/locales/0.pak', null);
    counter.set('prove-refuses');
    expect(await counter.setUp('0.3.0')).toBe(7);
    expect(counter.names()).toContain('app-0.2.0');
    await counter.expectTill('a file is missing, and a set-up refused', '0.1.0');
  });

  it('goes on where its uninstaller is missing, and has it again after a set-up', async () => {
    await update();
    counter.break('uninstall.exe', null);
    expect(await counter.launcher(['--launcher', 'uninstall', '/S'])).toBe(2);
    await counter.expectTill('the uninstaller is missing', '0.2.0');
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(counter.names()).toContain('uninstall.exe');
  });
});

describe('files that somebody has made read-only', () => {
  const makeReadOnly = (path: string) => chmodSync(join(counter.root, path), 0o444);

  it('are replaced by a set-up, and go with their version', async () => {
    await update();
    const files = [
      'current',
      'Counterfoil.exe',
      'uninstall.exe',
      'app-0.1.0/files.txt',
      'app-0.1.0/Counterfoil.exe',
    ];
    for (const path of files) makeReadOnly(path);
    expect(await counter.setUp('0.3.0')).toBe(0);
    expect(counter.current()).toBe('app-0.3.0');
    expect(counter.names()).not.toContain('app-0.1.0');
    await counter.expectTill('read-only files', '0.3.0');
  });
});

describe('the launcher', () => {
  it('finds a till that runs, whatever way its folder is named by', async () => {
    await counter.giveRunning('0.1.0');
    symlinkSync(join(counter.root, '..'), join(counter.box.prefix, 'dosdevices', 'x:'));
    const launcher = 'X:\\counterfoil\\Counterfoil.exe';
    const asked = ['app-0.1.0', 'app-0.2.0'].map((name) => ['--launcher', 'running', name]);
    const codes = [];
    for (const args of asked) codes.push(await counter.box.run(launcher, args));
    expect(codes).toEqual([0, 1]);
    expect(await counter.box.run(launcher, ['--launcher', 'close', '20000'])).toBe(0);
    expect(counter.did('end', '0.1.0')).toBe(true);
    await counter.expectTill('closed by another way to its folder', '0.1.0');
  });

  it('hands on what a program answers', async () => {
    await counter.give('0.1.0');
    expect(await counter.launcher(['--unsent'])).toBe(0);
    counter.set('unsent');
    expect(await counter.launcher(['--unsent'])).toBe(3);
  });

  it('does not wait for a window, and a second start shows the first', async () => {
    await counter.giveRunning('0.1.0');
    expect(await counter.launcher(['--kiosk'])).toBe(0);
    await counter.untilDid('second', '0.1.0');
    await counter.expectTill('a second start', '0.1.0');
  });
});
