import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Counter } from './support/counter.ts';
import { createRandom } from './support/random.ts';

const counter = new Counter();
afterAll(counter.close);

const script = readFileSync(join(import.meta.dirname, '../../../build/windows/counterfoil.nsi'), 'utf8');
/** In the order of a run: those of its functions stand in that of their calls. */
const steps = [...script.matchAll(/\$\{STEP\} (\w+)/g)].map(([, name = '']) => name);
const early = ['launcher', 'swept'];
const late = ['started', 'end'];
const otherwise = ['staged', 'flat'];
const inOrder = [
  ...early,
  ...steps.filter((name) => ![...early, ...late, ...otherwise].includes(name)),
  ...late,
];
const decides = inOrder.indexOf('pointed');
const closes = inOrder.indexOf('closed');
const whole = ['Counterfoil.exe', 'app-0.1.0', 'app-0.2.0', 'current', 'uninstall.exe'];

const stopAt = (step: string) => ({ env: { COUNTERFOIL_STOP_AT: step } });

describe('an update over a running till that is cut off', () => {
  it('is tried at every step that there is', () => {
    expect(inOrder.length).toBe(steps.length - otherwise.length);
    expect(inOrder.slice(decides - 1, decides + 1)).toEqual(['marked', 'pointed']);
  });

  it.each(inOrder)(
    'after "%s" leaves a program that starts, and the next run does the rest',
    async (step) => {
      const at = inOrder.indexOf(step);
      await counter.giveRunning('0.1.0');
      const cutOff = counter.startSetUp('0.2.0', ['/S'], stopAt(step));
      await counter.untilStopped();
      counter.killSetUp();
      expect(await cutOff.ended).toBeNull();
      if (at < closes) expect(counter.running()).toBe('0.1.0');
      await counter.expectTill(`update killed after "${step}"`, at < decides ? '0.1.0' : '0.2.0');
      expect(await counter.setUp('0.2.0')).toBe(0);
      expect(counter.names()).toEqual(whole);
      expect(counter.current()).toBe('app-0.2.0');
    },
  );

  it('at twenty moments of chance leaves a program that starts', async () => {
    const random = createRandom(20_261_130);
    for (let time = 0; time < 20; time += 1) {
      await counter.giveRunning('0.1.0');
      const { ended } = counter.startSetUp('0.2.0');
      await new Promise((resolve) => setTimeout(resolve, random() * 2_500));
      counter.killSetUp();
      await ended;
      await counter.expectWhole(`update killed by chance, ${time + 1}`, ['0.1.0', '0.2.0']);
    }
    expect(await counter.setUp('0.2.0')).toBe(0);
    expect(counter.names()).toEqual(whole);
  });
});

describe('a first install that is cut off', () => {
  it.each(['folder', 'verified', 'marked', 'pointed', 'key'])(
    'after "%s" is done by the next run',
    async (step) => {
      counter.clear();
      const cutOff = counter.startSetUp('0.2.0', ['/S'], stopAt(step));
      await counter.untilStopped();
      counter.killSetUp();
      await cutOff.ended;
      expect(await counter.setUp('0.2.0')).toBe(0);
      expect(counter.names()).toEqual(whole.filter((name) => name !== 'app-0.1.0'));
      await counter.expectTill(`first install killed after "${step}", and run again`, '0.2.0');
    },
  );
});
