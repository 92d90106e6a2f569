import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../preload/contract/index.ts';
import { i18n, sayPhrases } from '../../renderer/i18n.ts';
import { statusOf } from '../../renderer/logic/status.ts';
import { noCounts, snapshotOf } from './support/samples.ts';

function strip(state: Snapshot['link']['state'], counts: Partial<Snapshot['counts']> = {}, doubts = 0) {
  const { link } = snapshotOf();
  const pause =
    state === 'paused'
      ? ({ reason: 'credentials', sinceMs: 0, words: '', needsManager: false } as const)
      : null;
  const status = statusOf({ link: { ...link, state, pause }, counts: { ...noCounts, ...counts }, doubts });
  return { words: sayPhrases(i18n.t, status.phrases), tone: status.tone };
}

describe('the status strip', () => {
  it.each([
    ['online', {}, 'Online · all sent', 'good'],
    ['online', { queued: 2, sending: 1 }, 'Online · 3 waiting', 'good'],
    ['offline', { queued: 3 }, 'Offline · 3 waiting', 'warn'],
    ['offline', {}, 'Offline · nothing waiting', 'warn'],
    ['paused', { queued: 1 }, 'Paused · KYBIO refuses the app key · 1 waiting', 'bad'],
    ['online', { review: 2 }, 'Online · 2 need review', 'warn'],
    ['online', { review: 1 }, 'Online · 1 needs review', 'warn'],
    ['online', { unknown: 1, queued: 1 }, 'Online · 1 waiting · 1 checking', 'warn'],
    ['starting', {}, 'Starting · all sent', 'neutral'],
  ] as const)('%s %o: %s', (state, counts, words, tone) => {
    expect(strip(state, counts)).toEqual({ words, tone });
  });

  it('counts a doubt about a settled entry among what needs review', () => {
    expect(strip('online', { review: 1 }, 1)).toEqual({ words: 'Online · 2 need review', tone: 'warn' });
    expect(strip('online', {}, 1)).toEqual({ words: 'Online · 1 needs review', tone: 'warn' });
  });

  it('never says that all is sent while something is not settled', () => {
    for (const open of ['queued', 'sending', 'unknown', 'review'] as const) {
      expect(strip('online', { [open]: 1 }).words).not.toContain('all sent');
    }
  });
});
