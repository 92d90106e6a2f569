import { expect, test } from 'vitest';
import { createPusher } from '../../main/ipc/pusher.ts';
import type { Snapshot } from '../../preload/contract/index.ts';
import { logLines, snapshot } from './support.ts';

function page(destroyed = false) {
  const sent: unknown[][] = [];
  const contents = { isDestroyed: () => destroyed, send: (...args: unknown[]) => void sent.push(args) };
  const { logger, lines } = logLines();
  return { sent, lines, push: createPusher({ contents: () => contents, logger }) };
}

test('a snapshot goes out as the contract says, without what it does not name', () => {
  const { push, sent } = page();
  expect(push({ ...snapshot, appKey: 'secret' } as Snapshot)).toBe(true);
  expect(sent).toEqual([['till:snapshot', snapshot]]);
});

test('one that does not fit stays here and is logged without its values', () => {
  const { push, sent, lines } = page();
  expect(push({ ...snapshot, revision: -1, mode: 'secret-mode' as never })).toBe(false);
  expect(sent).toEqual([]);
  expect(lines).toEqual([
    { event: 'bridge.bad-snapshot', values: { places: 'revision too_small, mode invalid_value' } },
  ]);
});

test('without a window, or with a closed one, nothing happens', () => {
  const { push, sent } = page(true);
  expect(push(snapshot)).toBe(false);
  expect(sent).toEqual([]);
  const { logger } = logLines();
  expect(createPusher({ contents: () => null, logger })(snapshot)).toBe(false);
});
