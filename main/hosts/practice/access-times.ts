import { type Answer, refuse, succeed } from './answer.ts';
import type { Host } from './host-now.ts';
import { type Body, readFields } from './request.ts';
import { wallClockMs } from './store-time.ts';
import { words } from './words.ts';

/** What `openApiLimitAccess` reports of the calls made. The query is a call itself. */

/** Without a quota it returns no limit. */
export function queryAccessTimes(host: Host): Answer {
  const limit = host.profile.dailyCalls;
  return succeed({ ...(limit === null ? {} : { limitTimes: limit }), haveAccessTimes: host.callsToday });
}

const DAY_MS = 86_400_000;
const MOST_DAYS_APART = 7;

/** One row a day, both ends inclusive, for days with calls. The misspelling is KYBIO's. */
export function queryDailyAccessTimesLog(host: Host, body: Body): Answer {
  const { hasCallCount, dailyCalls: limit } = host.profile;
  if (!hasCallCount) return refuse(words.callNotOffered);
  const read = readFields(body, { beginDate: 'yyyy-MM-dd', endDate: 'yyyy-MM-dd' });
  if (!read.ok) return read;
  const [beginMs, endMs] = [read.fields.beginDate, read.fields.endDate].map(
    (day) => wallClockMs(`${day} 00:00:00`) ?? 0,
  ) as [number, number];
  const apart = (endMs - beginMs) / DAY_MS;
  if (apart < 0) return refuse(words.daysReversed);
  if (apart > MOST_DAYS_APART) return refuse(words.daysTooMany);
  const days = Array.from({ length: apart + 1 }, (_, index) =>
    new Date(beginMs + index * DAY_MS).toISOString().slice(0, 10),
  );
  const rows = days.map((accessDate) => ({
    appId: host.appId,
    accessDate,
    ...(limit === null ? {} : { limitTimes: limit }),
    haveAcessTimes: host.callsOf(accessDate),
  }));
  return succeed(rows.filter(({ haveAcessTimes }) => haveAcessTimes > 0));
}
