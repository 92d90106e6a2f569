/** Messages are plain JSON data. */

export type MessageSize = 'fits' | 'too-large' | 'not-plain';

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * Whether a value is plain data of at most `limitBytes` (UTF-8 text and names, 8 bytes a number, 1 a container or
 * item). Stops at the limit, so that a huge, deep or circular value costs no more; a sparse array counts its length.
 * `undefined` is allowed, for an object may name an absent field.
 */
export function messageSize(message: unknown, limitBytes: number): MessageSize {
  let bytes = 0;
  const waiting: unknown[] = [message];
  while (waiting.length > 0) {
    const value = waiting.pop();
    bytes += 1;
    if (typeof value === 'string')
      bytes += value.length > limitBytes ? value.length : Buffer.byteLength(value);
    else if (typeof value === 'number') bytes += 8;
    else if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value)) {
        if (bytes + value.length > limitBytes) return 'too-large';
        for (const item of value as unknown[]) waiting.push(item);
      } else if (isPlainObject(value)) {
        for (const [name, item] of Object.entries(value)) {
          bytes += Buffer.byteLength(name);
          waiting.push(item);
        }
      } else return 'not-plain';
    } else if (value !== null && value !== undefined && typeof value !== 'boolean') return 'not-plain';
    if (bytes + waiting.length > limitBytes) return 'too-large';
  }
  return 'fits';
}
