import { describe, expect, it } from 'vitest';
import type { UpdateStatus } from '../../../../preload/contract/index.ts';
import { type AtThePage, pageUse } from '../../../../renderer/updates/updates/page-use.ts';
import { standPhrase, stripPhrase } from '../../../../renderer/updates/updates/update-words.ts';

const free: AtThePage = {
  ...{ screen: 'till', dialog: null, settingUp: false },
  ...{ isFormBegun: false, isSomebodyThere: false },
};

describe('what an update would interrupt', () => {
  const cases: readonly (readonly [string, Partial<AtThePage>, string])[] = [
    ['nothing', {}, 'free'],
    ['somebody who was just there', { isSomebodyThere: true }, 'in-use'],
    ['a form', { isFormBegun: true }, 'form'],
    ['a form that somebody left', { isFormBegun: true, isSomebodyThere: true }, 'form'],
    ['a review', { screen: 'review' }, 'review'],
    ['a review over a form', { screen: 'review', isFormBegun: true }, 'review'],
    ['a manager’s answer', { dialog: 'answer' }, 'review'],
    ['settings', { screen: 'settings' }, 'form'],
    ['a reversal', { dialog: 'reverse' }, 'form'],
    ['a recovery code that nobody has written down yet', { dialog: 'recovery-code' }, 'form'],
    ['setting up', { settingUp: true }, 'form'],
    ['the menu', { dialog: 'menu' }, 'free'],
    ['what is only read', { dialog: 'about' }, 'free'],
    ['its own question', { dialog: 'update', isSomebodyThere: true }, 'in-use'],
    ['the check-up’s screen, which main knows of', { screen: 'check-up' }, 'free'],
  ];
  it.each(cases)('%s', (_, change, use) => {
    expect(pageUse({ ...free, ...change })).toBe(use);
  });
});

const status: UpdateStatus = {
  ...{ state: 'idle', program: '1.0.0', version: null, megabytes: 0, percent: 0, problem: null },
  whyNot: [],
};

describe('what is said of updates', () => {
  it.each([
    [{}, null, 'updates.runs'],
    [{ state: 'downloading', version: '1.1.0', percent: 40 }, null, 'updates.downloading'],
    [{ state: 'offered', version: '1.1.0' }, 'updates.offered', 'updates.runs'],
    [{ state: 'ready', version: '1.1.0' }, 'updates.ready', 'updates.runs'],
    [{ state: 'installing', version: '1.1.0' }, 'updates.installing', 'updates.installing'],
    [{ problem: { code: 'update-list-unsigned' } }, 'updates.refused', 'updates.runs'],
    [
      { state: 'ready', version: '1.1.0', problem: { code: 'update-trial-failed' } },
      ...(['updates.refused', 'updates.runs'] as const),
    ],
  ] as const)('%j', (change, strip, menu) => {
    expect(stripPhrase({ ...status, ...change })?.key ?? null).toBe(strip);
    expect(standPhrase({ ...status, ...change }).key).toBe(menu);
  });
});
