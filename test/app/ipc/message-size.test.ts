import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageSize } from '../../../main/app/ipc/message-size.ts';

test('counts text in bytes, names included', () => {
  expect(messageSize('é'.repeat(50), 101)).toBe('fits');
  expect(messageSize('é'.repeat(51), 101)).toBe('too-large');
  expect(messageSize({ ['n'.repeat(100)]: 1 }, 100)).toBe('too-large');
});

test('what is large, deep, circular or sparse is refused', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const ring: Record<string, unknown> = {};
  ring['self'] = ring;
  let deep: unknown = 1;
  for (let n = 0; n < 100_000; n += 1) deep = [deep];
  const sparse: unknown[] = [];
  sparse.length = 2 ** 32 - 1;
  for (const value of ['x'.repeat(20_000), circle, ring, deep, sparse, Array(20_000).fill(0)]) {
    expect(messageSize({ args: value }, 16_384)).toBe('too-large');
  }
});

test.each([
  new Map(),
  new Set([1]),
  new Date(0),
  new ArrayBuffer(8),
  new Uint8Array(8),
  /x/,
  new Error('x'),
  1n,
  Symbol('x'),
  () => 1,
])('is no plain data: %s', (value) => {
  expect(messageSize({ deep: [value] }, 16_384)).toBe('not-plain');
});

test('any JSON fits in twelve times its own length, and never in less than its texts', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(messageSize(value, 12 * Buffer.byteLength(JSON.stringify(value)) + 12)).toBe('fits');
      expect(messageSize(['x'.repeat(1_000), value], 1_000)).toBe('too-large');
    }),
  );
});
