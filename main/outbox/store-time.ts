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
    second: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** The newest answer of each zone: within one second everybody asks for the same. */
const newest = new Map<string, { readonly second: number; readonly text: string }>();

/** `yyyy-MM-dd HH:mm:ss`, 24-hour, in the store's zone: KYBIO's `dataChangeTime` (trap 4). */
export function storeTime(unixMs: number, timeZone: string): string {
  const second = Math.floor(unixMs / 1_000);
  const known = newest.get(timeZone);
  if (known?.second === second) return known.text;
  const text = timeOf(unixMs, timeZone);
  newest.set(timeZone, { second, text });
  return text;
}

function timeOf(unixMs: number, timeZone: string): string {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(unixMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const year = part('year').padStart(4, '0');
  return `${year}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
}

/** `yyyy-MM-dd` in the store's zone: the day that meters and totals count by. */
export const storeDay = (unixMs: number, timeZone: string): string =>
  storeTime(unixMs, timeZone).slice(0, 10);

export function isTimeZone(timeZone: string): boolean {
  try {
    formatter(timeZone);
    return timeZone !== '';
  } catch {
    return false;
  }
}
