import { expect, it } from 'vitest';
import { createStoredBackoff, noBackoff } from '../../../main/hosts/link/backoff.ts';
import { createLink } from '../../../main/hosts/link/link.ts';
import { withPause } from '../../../main/hosts/link/link-state.ts';
import { readJson } from '../../../main/kernel/database/read-json.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { openOutbox } from '../../kit/outbox.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { silentLogger } from '../../kit/till.ts';

it('takes damaged text for none', () => {
  expect([readJson(null), readJson('http://127.0.0.1'), readJson('{"a":1}')]).toEqual([null, null, { a: 1 }]);
});

it('a till opens where what it kept of pauses and waits is another text', () => {
  const { db, clock } = openOutbox();
  const settings = createSettings(db);
  for (const key of ['link.backoff', 'link.pauses']) settings.set(key, 'http://127.0.0.1');
  expect(createStoredBackoff(settings, clock, silentLogger).recall()).toEqual(noBackoff);
  expect(createLink(settings, clock, realRandom, silentLogger).state.pauses).toEqual([]);
});

it('a wait that was stored outlives two restarts, whatever a start itself changes of the link', () => {
  const { db, clock } = openOutbox();
  const settings = createSettings(db);
  const kept = { failures: 8, untilMs: clock.nowMs() + 600_000, isOfIncrement: false };
  settings.set('link.backoff', JSON.stringify(kept));
  for (const start of ['first', 'second']) {
    const link = createLink(settings, clock, realRandom, silentLogger);
    expect(link.state.backoff.failures, start).toBe(8);
    link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
  }
});
