import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { Counter } from './support/counter.ts';
import { links, press, registered, removeLinks } from './support/known.ts';
import { openScreen } from './support/screen.ts';

const screen = await openScreen();
const counter = new Counter(screen);
afterAll(() => {
  counter.close();
  screen.close();
});

const whole = ['Counterfoil.exe', 'app-0.1.0', 'current', 'uninstall.exe'];

describe('a first install', () => {
  it('in silence puts the program there, tells Windows of it, and starts nothing', async () => {
    expect(await counter.setUp('0.1.0')).toBe(0);
    expect(counter.names()).toEqual(whole);
    expect(counter.running()).toBeNull();
    const known = await registered(counter);
    expect(Object.keys(known).sort()).toEqual([
      'DisplayIcon',
      'DisplayName',
      'DisplayVersion',
      'InstallLocation',
      'Links',
      'NoModify',
      'NoRepair',
      'Publisher',
      'QuietUninstallString',
      'UninstallString',
    ]);
    expect(known['DisplayVersion']).toBe('"0.1.0"');
    await counter.expectTill('first install, /S', '0.1.0');
  });

  // The id of the windows, which Wine takes and does not keep, is not looked for.
  it('makes two links to the launcher', () => {
    const files = links(counter);
    expect(files).toHaveLength(2);
    const target = Buffer.from('counterfoil\\Counterfoil.exe', 'utf16le');
    for (const file of files) expect(readFileSync(file).includes(target)).toBe(true);
  });

  it('makes a link once: one that somebody took away stays away', async () => {
    removeLinks(counter);
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(links(counter)).toEqual([]);
  });

  it('that is seen ends by itself and starts the program', async () => {
    counter.clear();
    expect(await counter.setUp('0.1.0', [])).toBe(0);
    await counter.untilRunning('0.1.0');
    expect(counter.names()).toEqual(whole);
    await counter.expectTill('first install, seen', '0.1.0');
  });
});

describe('an install that is seen', () => {
  it('over a running till ends by itself, with the new version running', async () => {
    await counter.giveRunning('0.1.0');
    expect(await counter.setUp('0.2.0', [])).toBe(0);
    await counter.untilRunning('0.2.0');
    await counter.expectTill('update over a running till, seen', '0.2.0');
  });

  it('says why it was refused, and ends when that was read', async () => {
    await counter.giveRunning('0.2.0');
    const refused = counter.startSetUp('0.1.0', []);
    expect(await press(counter)).toContain('a newer version is in place');
    expect(await refused.ended).toBe(5);
    expect(counter.running()).toBe('0.2.0');
    await counter.expectTill('downgrade, seen', '0.2.0');
  });
});
