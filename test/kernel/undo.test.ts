import { expect, it } from 'vitest';
import { createLastSave, undone } from '../../main/kernel/undo.ts';

const over = { ok: false, error: { code: 'undo-over' } };
const last = { id: 'a', before: { cap: '500' }, after: { cap: '600' } };

it('brings back what held before, while nothing else was saved', () => {
  expect(undone(last, 'a', { cap: '600' })).toEqual({ ok: true, value: { cap: '500' } });
  expect(undone(last, 'a', { cap: '700' })).toEqual(over);
  expect(undone(last, 'b', { cap: '600' })).toEqual(over);
  expect(undone(null, 'a', { cap: '600' })).toEqual(over);
});

it('remembers the last save alone, and none that changed nothing', () => {
  let count = 0;
  const saves = createLastSave<number>(() => String(++count));
  expect(saves.keep(1, 2)).toBe('1');
  expect(saves.keep(2, 3)).toBe('2');
  expect(saves.undone('1', 3)).toEqual(over);
  expect(saves.undone('2', 3)).toEqual({ ok: true, value: 2 });
  expect(saves.keep(3, 3)).toBeNull();
  expect(saves.undone('2', 3)).toEqual(over);
});
