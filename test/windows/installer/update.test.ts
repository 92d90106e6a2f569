import { afterAll, describe, expect, it } from 'vitest';
import { Counter } from './support/counter.ts';

const counter = new Counter();
afterAll(counter.close);

const whole = ['Counterfoil.exe', 'app-0.1.0', 'app-0.2.0', 'current', 'uninstall.exe'];

describe('an update', () => {
  it('over a running till with entries waiting closes it in order, and starts the new version', async () => {
    await counter.giveRunning('0.1.0');
    counter.set('unsent');
    expect(await counter.setUp('0.2.0')).toBe(0);
    await counter.untilRunning('0.2.0');
    expect(counter.did('end', '0.1.0')).toBe(true);
    expect(counter.names()).toEqual(whole);
    await counter.expectTill('update over a running till', '0.2.0');
  });

  it('where nothing runs starts nothing, unless it is told to', async () => {
    await counter.give('0.1.0');
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(counter.running()).toBeNull();
    await counter.expectTill('update, nothing runs', '0.2.0');
    await counter.give('0.1.0');
    expect(await counter.setUp('0.2.0', ['/S', '--force-run'])).toBe(0);
    await counter.untilRunning('0.2.0');
    await counter.expectTill('update, nothing runs, --force-run', '0.2.0');
  });

  it('to the version that is in place changes nothing and leaves it open, as at each log-on', async () => {
    await counter.giveRunning('0.2.0');
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(counter.running()).toBe('0.2.0');
    expect(counter.log().map(([what]) => what)).toEqual(['start']);
    expect(counter.names()).toEqual(whole.filter((name) => name !== 'app-0.1.0'));
    await counter.expectTill('the same version again', '0.2.0');
  });

  it('to an older version is refused, and a till that was asked for is started', async () => {
    await counter.give('0.2.0');
    expect(await counter.setUp('0.1.0', ['/S', '--force-run'])).toBe(5);
    await counter.untilRunning('0.2.0');
    expect(counter.names()).not.toContain('app-0.1.0');
    await counter.expectTill('downgrade', '0.2.0');
  });

  it('that is started twice at once is done once', async () => {
    await counter.giveRunning('0.1.0');
    const first = counter.startSetUp('0.2.0', ['/S'], { env: { COUNTERFOIL_STOP_AT: 'unpacked' } });
    await counter.untilStopped();
    expect(await counter.setUp('0.2.0')).toBe(4);
    expect(counter.running()).toBe('0.1.0');
    counter.killSetUp();
    await first.ended;
    const both = await Promise.all([counter.setUp('0.2.0'), counter.setUp('0.2.0')]);
    expect(new Set(both)).toEqual(new Set([0, 4]));
    await counter.untilRunning('0.2.0');
    await counter.expectTill('two at once', '0.2.0');
  });

  it('keeps the version of before, and no older one', async () => {
    await counter.give('0.1.0', '0.2.0');
    expect(await counter.setUp('0.3.0')).toBe(0);
    expect(counter.names()).toEqual([
      'Counterfoil.exe',
      'app-0.2.0',
      'app-0.3.0',
      'current',
      'uninstall.exe',
    ]);
    await counter.expectTill('the third version', '0.3.0');
  });
});

describe('an update in two steps', () => {
  it('lies beside until it is switched to, and the till runs on through both', async () => {
    await counter.giveRunning('0.1.0');
    expect(await counter.setUp('0.2.0', ['/S', '--stage'])).toBe(0);
    expect(counter.current()).toBe('app-0.1.0');
    expect(counter.names()).toEqual([...whole.slice(0, 4), 'staged', 'uninstall.exe']);
    expect(await counter.setUp('0.2.0', ['/S', '--switch'])).toBe(0);
    expect(counter.current()).toBe('app-0.2.0');
    expect(counter.names()).toEqual(whole);
    expect(counter.running()).toBe('0.1.0');
    expect(counter.did('quit', '0.1.0')).toBe(false);
    // The program has rehearsed and tried it by itself.
    expect(counter.did('prove', '0.2.0')).toBe(false);
    await counter.expectTill('--stage, --switch', '0.2.0');
  });

  it('is not started before the switch, even where the name of the version to start is lost', async () => {
    await counter.give('0.1.0');
    expect(await counter.setUp('0.2.0', ['/S', '--stage'])).toBe(0);
    counter.break('current', null);
    await counter.expectTill('staged, and the pointer lost', '0.1.0');
  });

  it('is not started either where it was cut off before its end', async () => {
    await counter.give('0.1.0');
    const env = { COUNTERFOIL_STOP_AT: 'marked' };
    const cutOff = counter.startSetUp('0.2.0', ['/S', '--stage'], { env });
    await counter.untilStopped();
    counter.killSetUp();
    await cutOff.ended;
    counter.break('current', null);
    await counter.expectTill('staging cut off, and the pointer lost', '0.1.0');
  });

  it('goes on beside a set-up of the version that is in place, as at each log-on', async () => {
    await counter.giveRunning('0.1.0');
    expect(await counter.setUp('0.2.0', ['/S', '--stage'])).toBe(0);
    expect(await counter.setUp('0.1.0')).toBe(0);
    expect(counter.names()).toEqual([...whole.slice(0, 4), 'staged', 'uninstall.exe']);
    await counter.expectTill('staged, and the same version set up again', '0.1.0');
  });

  it('makes way for a later version that is staged', async () => {
    await counter.give('0.1.0');
    expect(await counter.setUp('0.2.0', ['/S', '--stage'])).toBe(0);
    expect(await counter.setUp('0.3.0', ['/S', '--stage'])).toBe(0);
    expect(counter.names().filter((name) => name.startsWith('app-'))).toEqual(['app-0.1.0', 'app-0.3.0']);
    await counter.expectTill('another one staged', '0.1.0');
  });

  it('is unpacked by the switch where it was not staged, or not whole', async () => {
    await counter.give('0.1.0');
    expect(await counter.setUp('0.2.0', ['/S', '--stage'])).toBe(0);
    counter.break('app-0.2.0/resources/app.asar', 'other');
    expect(await counter.setUp('0.2.0', ['/S', '--switch'])).toBe(0);
    expect(counter.running()).toBeNull();
    await counter.expectTill('staged version damaged, --switch', '0.2.0');
  });
});

describe('a version that does not prove itself', () => {
  it('is refused with a code of its own, and the till runs on', async () => {
    await counter.giveRunning('0.1.0');
    counter.set('prove-refuses');
    expect(await counter.setUp('0.2.0')).toBe(7);
    expect(counter.running()).toBe('0.1.0');
    expect(counter.did('quit', '0.1.0')).toBe(false);
    expect(counter.names()).toEqual(whole.filter((name) => name !== 'app-0.2.0'));
    await counter.expectTill('--prove refuses', '0.1.0');
  });

  it('by never answering is ended, and refused', async () => {
    await counter.giveRunning('0.1.0');
    counter.set('prove-hangs');
    expect(await counter.setUp('0.2.0')).toBe(7);
    expect(counter.running()).toBe('0.1.0');
    expect(counter.names()).not.toContain('app-0.2.0');
    await counter.expectTill('--prove hangs', '0.1.0');
  });

  it('is taken by hand all the same where somebody says so', async () => {
    await counter.giveRunning('0.1.0');
    counter.set('prove-refuses');
    expect(await counter.setUp('0.2.0', ['/S', '--unproven'])).toBe(0);
    await counter.untilRunning('0.2.0');
    expect(counter.did('prove', '0.2.0')).toBe(false);
    await counter.expectTill('--unproven', '0.2.0');
  });
});
