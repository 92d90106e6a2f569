/** Formats Unix milliseconds as KYBIO writes times: `yyyy-MM-dd HH:mm:ss` in the store's zone. */
export function storeTimeFormatter(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (atMs) => {
    const parts = new Map(format.formatToParts(atMs).map((part) => [part.type, part.value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
  };
}

const dateTimeShape = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;

/** Wall-clock milliseconds of a `yyyy-MM-dd HH:mm:ss`, as if in UTC; null where no such moment exists. */
export function wallClockMs(text: string): number | null {
  const match = dateTimeShape.exec(text);
  if (match === null) return null;
  const atMs = Date.parse(`${match[1]}T${match[2]}Z`);
  // 30 February parses as 2 March: what reads back differently was never a date.
  if (Number.isNaN(atMs) || new Date(atMs).toISOString() !== `${match[1]}T${match[2]}.000Z`) return null;
  return atMs;
}
