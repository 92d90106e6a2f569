import { describe, expect, it } from 'vitest';
import type { Link, Snapshot } from '../../../../preload/contract/index.ts';
import { statusOf } from '../../../../renderer/app/status/status.ts';
import { firstRefused } from '../../../../renderer/kit/entry-words.ts';
import { i18n, phrasesText } from '../../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../../renderer/shared/other-words.ts';
import { entryOf, noCounts, snapshotOf } from '../../support/samples.ts';

await otherWords.load();

const timeText = (ms: number) => `at ${ms}`;

function shown(changes: Partial<Omit<Snapshot, 'link' | 'counts'>>, link: Partial<Link> = {}, counts = {}) {
  const snapshot = snapshotOf({ ...changes, counts: { ...noCounts, ...counts } });
  const status = statusOf({ ...snapshot, link: { ...snapshot.link, ...link } }, timeText);
  return { words: phrasesText(i18n.t, status.phrases), tone: status.tone };
}

function strip(state: Link['state'], counts: Partial<Snapshot['counts']> = {}) {
  const pause =
    state === 'paused'
      ? ({ reason: 'credentials', sinceMs: 0, words: '', needsManager: false } as const)
      : null;
  return shown({}, { state, pause }, counts);
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

  it('says when the next one goes where entries go one at a time', () => {
    const link = { state: 'online', heldBackUntilMs: 9 } as const;
    expect(shown({}, link, { queued: 2 })).toEqual({
      words: 'Online · 2 waiting · next one at 9',
      tone: 'warn',
    });
    expect(shown({}, { ...link, state: 'offline' }, { queued: 2 }).words).toBe('Offline · 2 waiting');
  });

  it('never says that all is sent while something is not settled', () => {
    for (const open of ['queued', 'sending', 'unknown', 'review'] as const) {
      expect(strip('online', { [open]: 1 }).words).not.toContain('all sent');
    }
    expect(shown({ refusals: 1 }).words).not.toContain('all sent');
  });

  it('is alarmed by a refusal until somebody has seen it', () => {
    expect(shown({ refusals: 1 })).toEqual({ words: 'Online · 1 refused', tone: 'bad' });
  });

  it('leads to a refusal that nobody has seen', () => {
    const seen = entryOf({ id: 'seen', state: 'rejected' });
    const unseen = entryOf({ id: 'unseen', state: 'rejected', needsAcknowledgement: true });
    expect(firstRefused([seen, unseen])?.id).toBe('unseen');
    expect(firstRefused([seen])).toBeUndefined();
  });
});
