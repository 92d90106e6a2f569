import { describe, expect, it } from 'vitest';
import { toDo } from '../../../../renderer/features/backups/restored-words.ts';

describe('what people do after a restore', () => {
  it.each([null, 1, 2])('they go through the receipts where %s lines are known to be lost', (lostRows) => {
    expect(toDo({ lostRows })).toEqual([{ key: 'restored.do' }, { key: 'restored.decide' }]);
  });

  it('they only decide what is under review where nothing was written after it', () => {
    expect(toDo({ lostRows: 0 })).toEqual([{ key: 'restored.decide' }]);
  });
});
