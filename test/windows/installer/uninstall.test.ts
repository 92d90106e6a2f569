import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Counter } from './support/counter.ts';
import { expectNothingLeft, press, startAtLogin, uninstall, uninstallBy } from './support/known.ts';
import { openScreen } from './support/screen.ts';

const screen = await openScreen();
const counter = new Counter(screen);
afterAll(() => {
  counter.close();
  screen.close();
});

/** Installed, not only given: Windows knows of it. */
async function install(): Promise<void> {
  counter.clear();
  expect(await counter.setUp('0.2.0', ['/S', '--force-run'])).toBe(0);
  await counter.untilRunning('0.2.0');
  await startAtLogin(counter);
}

describe('an uninstall while entries are not sent', () => {
  it('in silence answers 3, and the till was not even asked to close', async () => {
    await install();
    counter.set('unsent');
    expect(await uninstall(counter)).toBe(3);
    expect(counter.running()).toBe('0.2.0');
    expect(counter.did('quit', '0.2.0')).toBe(false);
    await counter.expectTill('uninstall refused, /S', '0.2.0');
  });

  it('answers 3 too where a scanner holds what asks for them', async () => {
    await install();
    counter.set('unsent');
    counter.hold('launcher.new.exe', 3_000);
    expect(await uninstall(counter)).toBe(3);
    await counter.untilHeld();
    expect(counter.running()).toBe('0.2.0');
    await counter.expectTill('uninstall refused, the launcher held', '0.2.0');
  });

  it('that is seen says so', async () => {
    await counter.launcher();
    await counter.untilRunning('0.2.0');
    counter.set('unsent');
    const refused = uninstallBy(counter, 'UninstallString');
    expect(await press(counter)).toContain('not sent yet');
    expect(await refused).toBe(3);
    expect(counter.running()).toBe('0.2.0');
    await counter.expectTill('uninstall refused, seen', '0.2.0');
  });
});

describe('an uninstall', () => {
  it('in silence over a running till leaves the data alone', async () => {
    await install();
    expect(await uninstall(counter)).toBe(0);
    expect(counter.did('end', '0.2.0')).toBe(true);
    await expectNothingLeft(counter);
  });

  it('that is seen asks once, and leaves the data alone', async () => {
    await install();
    const done = uninstallBy(counter, 'UninstallString');
    expect(await press(counter)).toContain('Counterfoil');
    expect(await done).toBe(0);
    await expectNothingLeft(counter);
  });

  it('by the uninstaller itself leaves the data alone', async () => {
    await install();
    expect(await counter.box.run(join(counter.root, 'uninstall.exe'), ['/S'])).toBe(0);
    await counter.untilGone();
    await expectNothingLeft(counter);
  });

  it.each(['asked', 'closed', 'removed', 'forgotten', 'files', 'unregistered'])(
    'that is cut off after "%s" is done by the next one, or mended by a set-up',
    async (step) => {
      await install();
      const cutOff = uninstallBy(counter, 'QuietUninstallString', { env: { COUNTERFOIL_STOP_AT: step } });
      await counter.untilStopped();
      counter.killSetUp();
      await cutOff;
      if (step === 'asked' || step === 'closed')
        await counter.expectTill(`uninstall killed after "${step}"`, '0.2.0');
      if (step === 'unregistered') {
        expect(await counter.setUp('0.2.0')).toBe(0);
        await counter.expectTill(`uninstall killed after "${step}", set up again`, '0.2.0');
      }
      expect(await uninstall(counter)).toBe(0);
      await expectNothingLeft(counter);
    },
  );
});
