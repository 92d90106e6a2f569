import { expect, test } from 'vitest';
import config from '../../../electron.vite.config.ts';
import { bridgeMethod, channelNames, channels } from '../../../preload/contract/index.ts';

test('a name is made of its area and its verb, and has the schemas that stand there', () => {
  expect(channelNames).toContain('topUps:create');
  expect(channelNames.filter((name) => !/^[a-zA-Z]+:[a-zA-Z]+$/.test(name))).toEqual([]);
  expect(channels['practice:setPlug'].args.safeParse({ in: true }).success).toBe(true);
  expect(channels['practice:setPlug'].args.safeParse({ lose: true }).success).toBe(false);
});

test('the build gives the preload every channel and no other', () => {
  expect(config).toMatchObject({
    preload: { define: { CHANNEL_NAMES: JSON.stringify(Object.keys(channels)) } },
  });
});

test('each channel has a function of its own on the bridge', () => {
  const methods = channelNames.map(bridgeMethod);
  expect(new Set([...methods, 'onChanges']).size).toBe(channelNames.length + 1);
  for (const method of methods) expect(method).toMatch(/^[a-zA-Z]+$/);
});
