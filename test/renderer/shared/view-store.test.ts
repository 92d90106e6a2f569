import { expect, it } from 'vitest';
import type { Entry, Result } from '../../../preload/contract/index.ts';
import { createViewStore } from '../../../renderer/shared/view-store.ts';
import { entryOf } from '../support/samples.ts';

/** A search whose answers wait for the test. */
function finding() {
  const asked: string[] = [];
  const answers: ((reply: Result<{ entries: Entry[] }>) => void)[] = [];
  const view = createViewStore({
    search: ({ query }) => {
      asked.push(query);
      return new Promise((resolve) => answers.push(resolve));
    },
  });
  const answer = (...entries: Entry[]) => answers.shift()?.({ ok: true, value: { entries } });
  const fail = () => answers.shift()?.({ ok: false, error: { code: 'internal' } });
  return { view, asked, answer, fail, state: view.store.getState };
}

const waiting = entryOf({ state: 'queued' });
const done = entryOf({ state: 'confirmed' });

it('finds anew what was found, as nothing else tells how it fares', async () => {
  const { view, asked, answer, fail, state } = finding();
  await view.searchAgain();
  view.openFind();
  await view.searchAgain();
  expect(asked).toEqual([]);

  view.typeFind(' Mei ');
  const first = view.search();
  answer(waiting);
  await first;
  view.notice({ code: 'disk-full' });
  const again = view.searchAgain();
  answer(done);
  await again;
  expect(asked).toEqual(['Mei', 'Mei']);
  expect(state()).toMatchObject({ find: { text: ' Mei ', entries: [done] }, notice: { code: 'disk-full' } });

  const failed = view.searchAgain();
  fail();
  await failed;
  expect(state()).toMatchObject({ find: { entries: [done] }, notice: { code: 'disk-full' } });
});

it('drops what was found anew for another text, or after the search was closed', async () => {
  const { view, answer, state } = finding();
  view.openFind();
  view.typeFind('Mei');
  const first = view.search();
  answer(waiting);
  await first;
  const late = view.searchAgain();
  view.typeFind('Meil');
  answer(done);
  await late;
  expect(state().find).toEqual({ text: 'Meil', entries: [waiting] });
  const closed = view.searchAgain();
  view.closeFind();
  answer(done);
  await closed;
  expect(state().find).toBeNull();
});
