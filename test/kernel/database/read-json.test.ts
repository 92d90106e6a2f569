import { expect, it } from 'vitest';
import { createStoredBackoff, noBackoff } from '../../../main/hosts/link/backoff.ts';
import { createLink } from '../../../main/hosts/link/link.ts';
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
