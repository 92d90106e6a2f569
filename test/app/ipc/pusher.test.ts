import { expect, test } from 'vitest';
import { createPusher } from '../../../main/app/ipc/pusher.ts';
import type { Changes } from '../../../preload/contract/index.ts';
import { entryOf, snapshotOf } from '../../renderer/support/samples.ts';
import { logLines } from './support.ts';

const changes: Changes = {
  number: 3,
  topics: { link: snapshotOf().link, managerPinSet: true },
  rows: { put: [entryOf()], gone: ['e0'] },
};

function page(destroyed = false) {
  const sent: unknown[][] = [];
  const contents = { isDestroyed: () => destroyed, send: (...args: unknown[]) => void sent.push(args) };
  const { logger, lines } = logLines();
  return { sent, lines, push: createPusher({ contents: () => contents, logger }) };
}

test('what changed goes out as the contract says, without what it does not name', () => {
  const { push, sent } = page();
  const link = { ...snapshotOf().link, appKey: 'secret' };
  const topics = { ...changes.topics, link, appKey: 'secret' };
  expect(push({ ...changes, topics, appKey: 'secret' } as Changes)).toBe(true);
  expect(sent).toEqual([['till:changes', changes]]);
});

test('what does not fit stays here and is logged without its values', () => {
  const { push, sent, lines } = page();
  expect(push({ ...changes, number: -1, topics: { mode: 'secret-mode' as never } })).toBe(false);
  expect(sent).toEqual([]);
  expect(lines).toEqual([
    { event: 'bridge.bad-push', values: { places: 'number too_small, topics.mode invalid_value' } },
  ]);
});

test('without a window, or with a closed one, nothing happens', () => {
  const { push, sent } = page(true);
  expect(push(changes)).toBe(false);
  expect(sent).toEqual([]);
  const { logger } = logLines();
  expect(createPusher({ contents: () => null, logger })(changes)).toBe(false);
});
