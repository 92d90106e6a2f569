import { describe, expect, it } from 'vitest';
import { restorationWords, toDo } from '../../../../renderer/safety/backups/restored-words.ts';

describe('what people do after a restore', () => {
  it.each([null, 1, 2])('they go through the receipts where %s lines are known to be lost', (lostRows) => {
    expect(toDo({ lostRows }, 0)).toEqual([{ key: 'restored.do' }, { key: 'restored.decide' }]);
  });

  it('they only decide what is under review where nothing was written after it', () => {
    expect(toDo({ lostRows: 0 }, 2)).toEqual([{ key: 'restored.decide' }]);
    expect(toDo({ lostRows: 0 }, 0)).toEqual([]);
  });
});

describe('what was put back', () => {
  const moment = (ms: number) => `at ${ms}`;
  const of = (backupAtMs: number | null, lostRows: number | null, lostUntilMs: number | null) =>
    restorationWords({ backupAtMs, lostRows, lostUntilMs, isMoved: false }, moment, 0);

  it('is named by its time, with until when anything is lost', () => {
    expect(of(5, 3, 9)).toEqual({
      title: { key: 'restored.title', values: { time: 'at 5' } },
      lost: { key: 'restored.lostUntil', values: { from: 'at 5', until: 'at 9' } },
    });
    expect(of(5, null, null).lost).toEqual({ key: 'restored.lostSince', values: { from: 'at 5' } });
    expect(of(5, 0, 9).lost).toEqual({ key: 'restored.nothingLost' });
  });

  it('is named without a time where its mark could not be read', () => {
    expect(of(null, null, null)).toEqual({
      title: { key: 'restored.titleOfUnknown' },
      lost: { key: 'restored.lostSinceUnknown' },
    });
  });

  it('is a move where nothing was lost, and a backup like any other where something was', () => {
    const moved = (lostRows: number | null, open: number) =>
      restorationWords({ backupAtMs: 5, lostRows, lostUntilMs: null, isMoved: true }, moment, open);
    expect(moved(0, 0)).toEqual({
      title: { key: 'restored.movedWhole' },
      lost: { key: 'restored.allMoved' },
    });
    expect(moved(0, 3).title).toEqual({ key: 'restored.moved' });
    expect(moved(null, 0).title).toEqual({ key: 'restored.title', values: { time: 'at 5' } });
  });
});
