import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMember, parseMembers } from '../../../main/hosts/kybio/member.ts';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import { parsePage } from '../../../main/hosts/kybio/page.ts';
import { classifyRead, type Parsed } from '../../../main/hosts/kybio/read.ts';
import { parseRechargeLog, parseRechargeRow } from '../../../main/hosts/kybio/recharge.ts';
import { readHead } from '../../../main/hosts/kybio/response-head.ts';
import { readAmount, readUid } from '../../../main/hosts/kybio/values.ts';
import type { Exchange, ExpectedIncrement } from '../../../main/hosts/port/member-host.ts';
import { sameMember } from '../../../main/hosts/port/member-id.ts';
import {
  amount,
  amountSchema,
  compareAmounts,
  entryCauseSchema,
  pauseReasonSchema,
  subtractAmounts,
} from '../../../preload/contract/index.ts';
import { bytes, field } from './support/any-bytes.ts';
import { answered } from './support/increment.ts';

const expected: ExpectedIncrement = {
  customerUid: '42',
  balanceIncrement: amount('10.50'),
  pointIncrement: amount('1'),
};

const genuine = Buffer.from(
  '{"status":"success","messages":[],"errorCode":null,"data":{"customerUid":42,"balanceBeforeUpdate":100.00,' +
    '"balanceAfterUpdate":110.50,"balanceIncrement":10.50,"pointBeforeUpdate":3,"pointAfterUpdate":4,' +
    '"pointIncrement":1,"dataChangeTime":"2026-01-15 13:26:23","updateCustomerTime":"2026-01-15 13:26:24"}}',
);

const status = fc.oneof(
  fc.constantFrom(200, 201, 204, 301, 302, 303, 400, 401, 403, 404, 407, 408, 425, 429, 500, 502, 503, 511),
  fc.integer({ min: 100, max: 999 }),
);
const failure = fc.constantFrom(
  ...([
    'dns',
    'connection-refused',
    'unreachable',
    'connect-timeout',
    'proxy-refused',
    'proxy-password',
    'proxy-unreachable',
    'proxy-unsupported',
    'proxy-unknown',
    'tls',
    'certificate',
  ] as const),
  ...(['reset', 'timeout', 'too-large', 'undecodable', 'aborted', 'other'] as const),
);

const exchange: fc.Arbitrary<Exchange> = fc
  .record({
    phase: fc.constantFrom('connecting' as const, 'sent' as const, 'answered' as const),
    failure: fc.option(
      failure.map((kind) => ({ kind, code: 'X' })),
      { nil: null },
    ),
    status,
    body: fc.option(bytes, { nil: null }),
    location: fc.string(),
    retryAfterMs: fc.option(fc.integer(), { nil: null }),
    isHeadRead: fc.boolean(),
  })
  .map(({ phase, failure, status, body, location, retryAfterMs, isHeadRead }) => ({
    ...{ phase, failure, startedAtMs: 0, endedAtMs: 1 },
    response: isHeadRead
      ? {
          status,
          contentType: '',
          location,
          dateMs: null,
          retryAfterMs,
          body: failure === null ? body : null,
        }
      : null,
  }));

describe('the end of an increment, whatever it was', () => {
  it('means something, and applied only what KYBIO said in so many words', () => {
    fc.assert(
      fc.property(exchange, (end) => {
        const outcome = classifyIncrement(end, expected);
        if ('cause' in outcome) expect(entryCauseSchema.safeParse(outcome.cause).success).toBe(true);
        if ('pause' in outcome && outcome.pause !== null)
          expect(pauseReasonSchema.safeParse(outcome.pause).success).toBe(true);
        const isWhole = end.failure === null && end.response !== null && end.response.body !== null;
        if (outcome.kind === 'applied' || outcome.kind === 'rejected') {
          expect(end.phase).not.toBe('connecting');
          expect(isWhole && end.response?.status).toBe(200);
        }
        // What was sent and not answered in full may have been applied.
        if (end.phase !== 'connecting' && !isWhole) expect(outcome.kind).toBe('unknown');
        if (end.phase === 'connecting') expect(outcome).toMatchObject({ kind: 'not-applied', sent: false });
      }),
      { numRuns: 3_000 },
    );
  });

  it('with every byte of a genuine reply altered, cut off or doubled: still this member and these sums, or not applied', () => {
    const check = (body: Buffer): void => {
      const outcome = classifyIncrement(answered(200, body), expected);
      if (outcome.kind !== 'applied') {
        expect(outcome.kind).toBe('unknown');
        return;
      }
      const { customerUid, balanceBeforeUpdate: before, balanceAfterUpdate: after } = outcome.reply;
      expect(sameMember('42', customerUid ?? '')).toBe(true);
      if (before !== null && after !== null)
        expect(compareAmounts(subtractAmounts(after, before), expected.balanceIncrement)).toBe(0);
    };
    expect(classifyIncrement(answered(200, genuine), expected).kind).toBe('applied');
    for (let at = 0; at < genuine.length; at += 1) {
      check(genuine.subarray(0, at));
      check(Buffer.concat([genuine.subarray(0, at), genuine.subarray(at + 1)]));
      check(Buffer.concat([genuine.subarray(0, at + 1), genuine.subarray(at)]));
      for (const other of Buffer.from('0159-+.eE"{}[],: \n\\\u0000\u00ff', 'latin1')) {
        const altered = Buffer.from(genuine);
        altered[at] = other;
        check(altered);
      }
    }
    expect(classifyIncrement(answered(200, genuine.subarray(0, -1)), expected).kind).toBe('unknown');
  });
});

describe('a read, whatever came back', () => {
  const parsers: Readonly<Record<string, (data: unknown) => Parsed<unknown>>> = {
    'a member': parseMember,
    members: parseMembers,
    'a recharge row': parseRechargeRow,
    'a recharge log': parseRechargeLog,
    'a page': (page) => parsePage(page, parseMember, { sentCursor: '1', unreadableRows: 'leave-out' }),
    'a strict page': (page) => parsePage(page, parseMember, { sentCursor: null, unreadableRows: 'refuse' }),
  };

  it.each(Object.entries(parsers))('%s is read or refused, without a throw', (_, parse) => {
    fc.assert(
      fc.property(exchange, (end) => {
        const result = classifyRead(end, parse);
        if (result.ok) expect(end.response?.status).toBe(200);
        else expect(entryCauseSchema.safeParse(result.error.cause).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('an amount or an id that is read is one that the contract takes', () => {
    fc.assert(
      fc.property(fc.oneof(field, fc.double(), fc.string()), (value) => {
        const read = readAmount(value);
        if (read !== null) expect(amountSchema.safeParse(read).success).toBe(true);
        const uid = readUid(value);
        if (uid !== null) expect(uid).toMatch(/^-?\d{1,19}$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a head is read from any headers', () => {
    const header = fc.oneof(
      fc.string(),
      fc.array(fc.string(), { maxLength: 2 }),
      fc.constantFrom('12', '-1', 'x GMT', 'GMT'),
    );
    const headers = fc.dictionary(
      fc.constantFrom(
        'date',
        'content-length',
        'content-type',
        'location',
        'retry-after',
        'content-encoding',
      ),
      header,
    );
    fc.assert(
      fc.property(headers, fc.nat(), (of, nowMs) => {
        const { kept, contentLength } = readHead(200, of, nowMs);
        for (const number of [kept.dateMs, kept.retryAfterMs, contentLength])
          expect(number === null || Number.isFinite(number)).toBe(true);
        if (kept.retryAfterMs !== null) expect(kept.retryAfterMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
