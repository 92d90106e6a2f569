import { isPhone } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { phoneDigits } from './fold.ts';

/** Fewer digits match too many phones. */
const LEAST_DIGITS = 4;

/** Members per step. */
const STEP = 4_000;

/** Finds members by phone or its last digits, as read off a masked one. */
export type PhoneEnds = (text: string) => Generator<null, readonly string[]>;

interface Row {
  readonly customer_uid: string;
  readonly phone: string;
}

/** Yields after each step, so that the caller can do other work. No index covers a phone's end. */
export function createPhoneEnds(db: Db, step = STEP): PhoneEnds {
  const some = db.prepare(
    'SELECT customer_uid, phone FROM member WHERE customer_uid > ? ORDER BY customer_uid LIMIT ?',
  );
  return function* phoneEnds(text) {
    const asked = phoneDigits(text.replace(/[•*]/g, '').trim());
    if (asked === null || asked.length < LEAST_DIGITS) return [];
    const found: string[] = [];
    for (let after = '', isFirst = true; ; isFirst = false) {
      if (!isFirst) yield null;
      const rows = some.all(after, step) as Row[];
      for (const { customer_uid: uid, phone } of rows)
        if (phone.replace(/\D/g, '').endsWith(asked) || isPhone(phone, asked)) found.push(uid);
      const last = rows.at(-1);
      if (last === undefined || rows.length < step) return found;
      after = last.customer_uid;
    }
  };
}
