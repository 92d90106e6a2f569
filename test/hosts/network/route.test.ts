import { expect, it } from 'vitest';
import { createRoute, ROUTE_CACHED_MS, ROUTE_TIMEOUT_MS } from '../../../main/hosts/network/route.ts';
import { createTestClock } from '../../kit/clock.ts';

const kybio = 'https://kybio.example:443';

function routeOf(...answers: readonly (string | Promise<string>)[]) {
  const clock = createTestClock();
  const asked: string[] = [];
  const left = [...answers];
  const route = createRoute(
    {
      resolveProxy: async (url) => {
        asked.push(url);
        return left.shift() ?? 'DIRECT';
      },
    },
    clock,
  );
  const hosts = async () =>
    (await route.ways(kybio)).map((way) => (way.kind === 'proxy' ? way.host : way.kind));
  return { clock, asked, route, hosts };
}

it('asks the system once for many connections, and anew after a while', async () => {
  const { clock, asked, hosts } = routeOf('PROXY a:1', 'PROXY b:1');
  expect(await Promise.all([hosts(), hosts()])).toEqual([['a'], ['a']]);
  clock.advance(ROUTE_CACHED_MS - 1);
  expect(await hosts()).toEqual(['a']);
  expect(asked).toEqual([kybio]);
  clock.advance(1);
  expect(await hosts()).toEqual(['b']);
});

it('asks anew once it is told to forget, for one origin or for all', async () => {
  const { route, hosts } = routeOf('PROXY a:1', 'PROXY b:1', 'PROXY c:1');
  expect(await hosts()).toEqual(['a']);
  route.forget('https://other.example:443');
  expect(await hosts()).toEqual(['a']);
  route.forget(kybio);
  expect(await hosts()).toEqual(['b']);
  route.forget();
  expect(await hosts()).toEqual(['c']);
});

it('puts last where nobody is, and keeps that no longer than the answer', async () => {
  const { clock, route, hosts } = routeOf('PROXY a:1; PROXY b:1; DIRECT', 'PROXY a:1; DIRECT');
  const [first] = await route.ways(kybio);
  if (first === undefined) throw new Error('no way');
  route.putLast(kybio, first);
  expect(await hosts()).toEqual(['b', 'direct', 'a']);
  clock.advance(ROUTE_CACHED_MS);
  expect(await hosts()).toEqual(['a', 'direct']);
  // The answer is no longer cached.
  route.putLast(kybio, first);
  expect(await hosts()).toEqual(['a', 'direct']);
});

it('knows no way where the system fails, says nothing, or takes too long', async () => {
  const { clock, route, hosts } = routeOf(
    Promise.reject(new Error('no script')),
    '',
    new Promise<string>(() => undefined),
  );
  expect(await hosts()).toEqual([]);
  route.forget();
  expect(await hosts()).toEqual([]);
  route.forget();
  const late = hosts();
  await Promise.resolve();
  clock.advance(ROUTE_TIMEOUT_MS);
  expect(await late).toEqual([]);
  expect(clock.waiting()).toEqual([]);
});
