const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** The newest minute of each zone, `yyyy-MM-dd HH:mm:`: no zone is off by seconds since 1972. */
const newest = new Map<string, { readonly minute: number; readonly text: string }>();

/** `yyyy-MM-dd HH:mm:ss`, 24-hour, in the store's zone: KYBIO's `dataChangeTime` (kybio trap 4). */
export function storeTime(unixMs: number, timeZone: string): string {
  const minute = Math.floor(unixMs / 60_000);
  const second = Math.floor(unixMs / 1_000) - 60 * minute;
  const known = newest.get(timeZone);
  const text = known?.minute === minute ? known.text : minuteOf(unixMs, timeZone);
  newest.set(timeZone, { minute, text });
  return `${text}${String(second).padStart(2, '0')}`;
}

function minuteOf(unixMs: number, timeZone: string): string {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(unixMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const year = part('year').padStart(4, '0');
  return `${year}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:`;
}

/** `yyyy-MM-dd` in the store's zone: the day that meters and totals count by. */
export const storeDay = (unixMs: number, timeZone: string): string =>
  storeTime(unixMs, timeZone).slice(0, 10);

const DAY_MS = 86_400_000;

/** The day `by` days after (or before) a `yyyy-MM-dd`. */
export const addDays = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);

/** The minute of that day, 0 to 1439. */
export function minuteOfDay(unixMs: number, timeZone: string): number {
  const time = storeTime(unixMs, timeZone);
  return 60 * Number(time.slice(11, 13)) + Number(time.slice(14, 16));
}

export function isTimeZone(timeZone: string): boolean {
  try {
    formatter(timeZone);
    return timeZone !== '';
  } catch {
    return false;
  }
}

/** When a `yyyy-MM-dd` begins in the zone. Where clocks are set at midnight, when they first show that day. */
export function startOfDay(day: string, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  const shown = (atMs: number) => Date.parse(`${storeTime(atMs, timeZone).replace(' ', 'T')}Z`);
  const near = wanted - (shown(wanted) - wanted);
  return near - (shown(near) - wanted);
}
