import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { Counter } from './support/counter.ts';
import { giveFlat } from './support/flat.ts';
import { registered } from './support/known.ts';

const counter = new Counter();
afterAll(counter.close);

const whole = ['Counterfoil.exe', 'app-0.2.0', 'current', 'uninstall.exe'];

describe("a program that electron-builder's installer has put into the root itself", () => {
  it('is one of versions side by side afterwards, and nothing of the old way is left', async () => {
    await giveFlat(counter);
    expect((await registered(counter))['HelpLink']).toBe('"https://counterfoil.example"');
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(counter.names()).toEqual(whole);
    const known = await registered(counter);
    expect(known['HelpLink']).toBeUndefined();
    expect(known['EstimatedSize']).toBeUndefined();
    expect(known['DisplayVersion']).toBe('"0.2.0"');
    expect(known['QuietUninstallString']).toContain('--launcher uninstall /S');
    expect(existsSync(counter.updater)).toBe(false);
    await counter.expectTill('from a flat program', '0.2.0');
  });

  it('is closed first where it runs', async () => {
    await giveFlat(counter);
    counter.startLauncher();
    await counter.untilRunning('0.1.0');
    expect(await counter.setUp('0.2.0')).toBe(0);
    await counter.untilRunning('0.2.0');
    expect(counter.names()).toEqual(whole);
    await counter.expectTill('from a flat program that runs', '0.2.0');
  });

  it.each([
    ['unpacked', '0.1.0'],
    ['marked', '0.1.0'],
    ['flat', '0.1.0'],
    ['pointed', '0.1.0'],
    ['placed', '0.2.0'],
    ['key', '0.2.0'],
    ['started', '0.2.0'],
  ] as const)(
    'starts where that was cut off after "%s", and the next run does the rest',
    async (step, starts) => {
      await giveFlat(counter);
      const cutOff = counter.startSetUp('0.2.0', ['/S'], { env: { COUNTERFOIL_STOP_AT: step } });
      await counter.untilStopped();
      counter.killSetUp();
      await cutOff.ended;
      await counter.expectTill(`from a flat program, killed after "${step}"`, starts);
      expect(await counter.setUp('0.2.0')).toBe(0);
      expect(counter.names()).toEqual(whole);
      await counter.expectTill(`from a flat program, killed after "${step}" and run again`, '0.2.0');
    },
  );

  it('that is not ours to know stays where it lies: what somebody else put there', async () => {
    await giveFlat(counter);
    counter.break('notes of the owner.txt', 'mine');
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(counter.names()).toEqual([...whole, 'notes of the owner.txt'].sort());
    await counter.expectTill("from a flat program beside somebody's own file", '0.2.0');
  });
});
