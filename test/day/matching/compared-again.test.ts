import { expect, it } from 'vitest';
import { newJob } from '../../../main/day/matching/job.ts';
import { createMatchingService, type MatchingParts } from '../../../main/day/matching/matching-service.ts';
import { silentLogger } from '../../kit/till.ts';

it('what could not be compared once is compared when it is asked for again', async () => {
  const ask = { of: 'days', from: '2026-11-26', to: '2026-11-26' } as const;
  const ranges = [{ since: '2026-11-25 22:44:59', until: '2026-11-27 01:14:59' }];
  const job = newJob({ ask, by: null, ranges, startedAtMs: 1 });
  let failures = 1;
  const service = createMatchingService({
    store: { load: () => ({ ...job, state: 'done' }), pages: () => [[]] },
    entries: {
      ofDays: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('the disk does not answer');
        return [];
      },
    },
    ...{
      settings: { get: () => null },
      directory: { byUid: () => null },
      link: { onChange: () => undefined },
    },
    ...{ storeTimeZone: 'Asia/Singapore', logger: silentLogger },
  } as unknown as MatchingParts);
  await expect(service.outcome()).rejects.toThrow('does not answer');
  expect(await service.outcome()).toMatchObject({ matches: [] });
});
