import { type FirstDay, firstDaySchema, ok } from '../../preload/contract/index.ts';
import { readJson } from '../kernel/database/read-json.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Changed, Room } from '../kernel/room.ts';

const KEY = 'firstDay';

function loadFirstDay(settings: Pick<Settings, 'get'>): FirstDay | null {
  const read = firstDaySchema.safeParse(readJson(settings.get(KEY)));
  return read.success ? read.data : null;
}

/** Which steps of the first day somebody settled; what is done shows in the till itself. */
export const createFirstDayRoom = (settings: Settings, changed: Changed<'firstDay'>): Room => ({
  name: 'first-day',
  handlers: {
    'setup:firstDay': ({ firstDay }) => {
      if (firstDay === null) settings.remove(KEY);
      else settings.set(KEY, JSON.stringify(firstDay));
      changed('firstDay');
      return ok({});
    },
  },
  shows: { firstDay: () => loadFirstDay(settings) },
});
