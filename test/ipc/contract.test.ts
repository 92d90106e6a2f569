import { expect, test } from 'vitest';
import { bridgeMethod, channelNames, channels } from '../../preload/contract/index.ts';

test('the preload knows every channel and no other', () => {
  expect([...channelNames].sort()).toEqual(Object.keys(channels).sort());
});

test('each channel has a function of its own on the bridge', () => {
  const methods = channelNames.map(bridgeMethod);
  expect(new Set([...methods, 'onSnapshot']).size).toBe(channelNames.length + 1);
  for (const method of methods) expect(method).toMatch(/^[a-zA-Z]+$/);
});
