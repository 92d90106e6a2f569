import { afterAll, beforeAll, expect, it } from 'vitest';
import { startChild } from './support/process.ts';
import { createTillFolder, type TillFolder } from './support/till-folder.ts';

let till: TillFolder;

beforeAll(async () => {
  till = await createTillFolder();
});

afterAll(() => till.remove());

/** What a second process on the same data folder is told, and that it ends by itself. */
async function second(): Promise<readonly string[]> {
  const child = startChild(till.orders({ topUps: 3 }));
  expect(await child.ended).toEqual({ code: 3, signal: null });
  return child.lines;
}

it('the second process is turned away while the first lives, also while it is suspended, and let in when it is killed', async () => {
  const first = startChild(till.orders({ mode: 'serve' }));
  await first.line((line) => line === 'started');
  expect(await second()).toEqual(['refused second-copy']);

  first.signal('SIGSTOP');
  expect(await second()).toEqual(['refused second-copy']);
  first.signal('SIGCONT');
  first.send('?');
  expect(await first.line((line) => line.startsWith('C '))).not.toBeNull();

  first.signal('SIGSTOP');
  first.signal('SIGKILL');
  await first.ended;
  const next = startChild(till.orders({ topUps: 3, pauseMs: 0 }));
  expect(await next.ended).toEqual({ code: 0, signal: null });
  expect(next.lines.filter((line) => line.startsWith('S '))).toHaveLength(3);
  expect(till.store.increments()).toHaveLength(3);
});

it('of ten that start at once exactly one gets in', async () => {
  const children = Array.from({ length: 10 }, () => startChild(till.orders({ mode: 'serve' })));
  const answers = await Promise.all(
    children.map((child) => child.line((line) => line === 'started' || line.startsWith('refused'))),
  );
  expect(answers.filter((answer) => answer === 'started')).toHaveLength(1);
  expect(answers.filter((answer) => answer === 'refused second-copy')).toHaveLength(9);
  for (const child of children) child.signal('SIGKILL');
  await Promise.all(children.map((child) => child.ended));
});
