import { bridgeMethod, channelNames } from '../../../../preload/contract/index.ts';
import { planted } from '../../../faults/faults.ts';
import { type Bridge, stateOf } from './bridge.ts';
import { through } from './evaluate.ts';
import { askAsAnybody, managersCalls } from './managers.ts';
import type { PageCheck } from './page-checks.ts';

const names = channelNames.map(bridgeMethod);

const exposed: PageCheck = {
  number: '15',
  title: 'the page has named functions, and hears what changes without its events',
  breaches: async ({ page }) => {
    const found = await page.evaluate(async () => {
      const bridge = (window.till ?? {}) as unknown as Record<string, unknown>;
      const heard = new Promise<unknown[]>((resolve) => {
        const stop = window.till?.onChanges((...all: unknown[]) => {
          stop?.();
          resolve(all);
        });
      });
      // Only what changes is pushed.
      await window.till?.practiceSetPlug({ in: false });
      const all = await heard;
      await window.till?.practiceSetPlug({ in: true });
      const texts = all.map((value) => Object.keys(value as object).join());
      const globals = ['ipcRenderer', 'electron', 'contextBridge', 'require'];
      return {
        names: Object.keys(bridge),
        functions: Object.values(bridge).every((value) => typeof value === 'function'),
        raw: globals.some((name) => name in window || name in bridge),
        event: all.length !== 1 || texts.some((keys) => /sender|ports|preventDefault/.test(keys)),
      };
    });
    const expected = [...names, 'onChanges'];
    return through({
      'another name': JSON.stringify(found.names) !== JSON.stringify(expected),
      'no function': !found.functions,
      'the raw channel': found.raw,
      'an event': found.event,
    });
  },
  controls: [{ ...planted('bridge-gives-all'), finds: ['the raw channel', 'another name', 'an event'] }],
};

const bad: readonly (readonly [name: string, args: unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'x'],
  ['a list', []],
  ['an extra field', { extra: true }],
  ['a large extra field', { extra: 'x'.repeat(20_000) }],
];

const args: PageCheck = {
  number: '16',
  title: 'every function refuses what its schema does not name, and what is too large',
  breaches: async (app) => {
    const before = await stateOf(app);
    const found = await app.page.evaluate(
      async ([methods, wrong]) => {
        const bridge = window.till as unknown as Bridge;
        const passed: string[] = [];
        for (const method of methods) {
          for (const [name, value] of wrong) {
            const reply = (await bridge[method]?.(value)) ?? { ok: true };
            const code = name.includes('large') ? 'too-large' : 'invalid-request';
            if (reply.error?.code !== code) passed.push(name);
          }
        }
        // Taken for a switch it would pull the plug, which nothing after it puts back.
        const plug = await bridge['practiceSetPlug']?.({ in: '' });
        if (plug?.ok !== false) passed.push('a text for a switch');
        return [...new Set(passed)];
      },
      [names, bad] as const,
    );
    return [...found, ...((await stateOf(app)) === before ? [] : ['a change'])];
  },
  controls: [
    { ...planted('any-arguments'), finds: ['a change'] },
    { ...planted('arguments-of-any-size'), finds: ['a large extra field'] },
  ],
};

const roles: PageCheck = {
  number: '35',
  title: 'what is a manager’s is refused without one, whatever the page sends',
  breaches: async (app) => {
    // Whoever asks for a picture, a folder or a file undisturbed is asked nothing: a dialog would wait for a person.
    await app.electron?.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
      dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
    });
    await app.page.evaluate(() => window.till?.managerMakePin({ pin: '493827', appKey: '' }));
    const before = await stateOf(app);
    const passed = await app.page.evaluate(askAsAnybody, managersCalls);
    return [...passed, ...((await stateOf(app)) === before ? [] : ['a change'])];
  },
  controls: [{ ...planted('managers-calls-for-all'), finds: ['policySave', 'syncResume', 'slipsScan'] }],
};

export const ofBridge = [exposed] as const;
/** The last makes a PIN. */
export const ofMessages = [args, roles] as const;
