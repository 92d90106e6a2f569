// What takes as long as a program or a person may: each on a computer of its own, at once.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Counter } from './support/counter.ts';
import { giveFlat } from './support/flat.ts';
import { uninstall, writeValues } from './support/known.ts';

async function onACounter(work: (counter: Counter) => Promise<void>): Promise<void> {
  const counter = new Counter();
  try {
    await counter.give('0.1.0');
    await work(counter);
  } finally {
    counter.close();
  }
}

const archive = 'resources\\app.asar';
const forEver = 200_000;

describe.concurrent('an update while another program holds a file', () => {
  it.each([1_000, 12_000])('of the old version for %d ms is done meanwhile', (ms) =>
    onACounter(async (counter) => {
      counter.hold(`app-0.1.0\\${archive}`, ms);
      await counter.untilHeld();
      expect(await counter.setUp('0.2.0')).toBe(0);
      await counter.expectTill(`a file of the old version is held for ${ms} ms`, '0.2.0');
    }),
  );

  it.each([1_000, 12_000])('of the new version for %d ms waits for it', (ms) =>
    onACounter(async (counter) => {
      await counter.launcher();
      await counter.untilRunning('0.1.0');
      counter.hold(`app-0.2.0\\${archive}`, ms);
      expect(await counter.setUp('0.2.0')).toBe(0);
      await counter.untilHeld();
      await counter.untilRunning('0.2.0');
      await counter.expectTill(`a file of the new version is held for ${ms} ms`, '0.2.0');
    }),
  );

  it('of a version that is there already is done beside', () =>
    onACounter(async (counter) => {
      expect(await counter.setUp('0.2.0', ['/S', '--stage'])).toBe(0);
      counter.hold(`app-0.2.0\\${archive}`, forEver);
      await counter.untilHeld();
      expect(await counter.setUp('0.2.0', ['/S', '--switch'])).toBe(0);
      expect(counter.current()).toBe('app-0.2.0.2');
      expect(counter.names()).not.toContain('staged');
      await counter.expectTill('a file of the staged version is held, --switch', '0.2.0');
    }));

  it('that names the version to start gives up, and the old version runs on', () =>
    onACounter(async (counter) => {
      await counter.launcher();
      await counter.untilRunning('0.1.0');
      counter.hold('current', forEver);
      await counter.untilHeld();
      expect(await counter.setUp('0.2.0')).toBe(2);
      expect(counter.running()).toBe('0.1.0');
      expect(counter.names()).not.toContain('app-0.2.0');
      await counter.expectTill('the pointer is held', '0.1.0');
    }));
});

describe.concurrent('a start while another program holds a file', () => {
  it.each(['Counterfoil.exe', 'files.txt'])(
    'of its version (%s) waits for it, and takes no older one',
    (name) =>
      onACounter(async (counter) => {
        await counter.give('0.1.0', '0.2.0');
        counter.hold(`app-0.2.0\\${name}`, 3_000);
        await counter.untilHeld();
        expect(await counter.launcher()).toBe(0);
        await counter.untilRunning('0.2.0');
        await counter.expectTill(`a start while ${name} is held`, '0.2.0');
      }),
  );
});

describe.concurrent('a till that does not close', () => {
  it('is left alone by an update, and starts as the new version the next time', () =>
    onACounter(async (counter) => {
      await counter.launcher();
      await counter.untilRunning('0.1.0');
      counter.set('busy');
      expect(await counter.setUp('0.2.0')).toBe(0);
      expect(counter.running()).toBe('0.1.0');
      expect(counter.log().filter(([what]) => what === 'quit').length).toBeGreaterThan(3);
      await counter.expectTill('the till stays open', '0.2.0');
    }));

  it('is not uninstalled', () =>
    onACounter(async (counter) => {
      await counter.launcher();
      await counter.untilRunning('0.1.0');
      counter.set('busy');
      expect(await uninstall(counter)).toBe(6);
      expect(counter.running()).toBe('0.1.0');
      await counter.expectTill('the till stays open at an uninstall', '0.1.0');
    }));

  it("is not moved out of another installer's folder", () =>
    onACounter(async (counter) => {
      await giveFlat(counter);
      counter.startLauncher();
      await counter.untilRunning('0.1.0');
      counter.set('busy');
      expect(await counter.setUp('0.2.0')).toBe(2);
      expect(counter.running()).toBe('0.1.0');
      expect(counter.names()).not.toContain('app-0.2.0');
      await counter.expectTill('a flat till stays open', '0.1.0');
    }));
});

describe.concurrent('a till that was closed for nothing', () => {
  it('is started again: one that lies flat, and cannot be replaced', () =>
    onACounter(async (counter) => {
      await giveFlat(counter);
      // What cannot be replaced by a file of that name.
      mkdirSync(join(counter.root, 'current', 'of somebody'), { recursive: true });
      counter.startLauncher();
      await counter.untilRunning('0.1.0');
      expect(await counter.setUp('0.2.0')).toBe(2);
      expect(counter.did('end', '0.1.0')).toBe(true);
      await counter.untilRunning('0.1.0');
      await counter.expectTill('a flat till that cannot be replaced', '0.1.0');
    }));
});

describe.concurrent("an uninstall where the user's folder for passing files lies on another disk", () => {
  it('leaves no launcher behind', () =>
    onACounter(async (counter) => {
      const temp = mkdtempSync('/dev/shm/counterfoil-');
      const named = `Z:${temp.replaceAll('/', '\\')}`;
      try {
        await writeValues(counter, { 'HKCU\\Environment': { TEMP: named, TMP: named } });
        expect(await uninstall(counter)).toBe(0);
        expect(counter.names()).toEqual([]);
      } finally {
        rmSync(temp, { recursive: true });
      }
    }));
});
