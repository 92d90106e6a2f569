import type { IncomingMessage, ServerResponse } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';
import type { Clock } from '../../kernel/ports.ts';
import { writeEnvelope } from './answer.ts';
import type { HostAnswer } from './host.ts';
import type { Fault, HostProfile } from './types.ts';
import { portalPage } from './words.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const json = 'application/json; charset=utf-8';

const plainReply = (status: number, contentType: string, body: string): Reply => ({
  status,
  headers: { 'content-type': contentType },
  body: Buffer.from(body, 'utf8'),
});

function compressed(reply: Reply, profile: HostProfile, acceptEncoding: string): Reply {
  const encoding = profile.compression;
  if (encoding === 'none' || !acceptEncoding.toLowerCase().includes(encoding)) return reply;
  const body = encoding === 'gzip' ? gzipSync(reply.body) : deflateSync(reply.body);
  return { ...reply, headers: { ...reply.headers, 'content-encoding': encoding }, body };
}

/** What an undisturbed host sends. */
export function honestReply(answer: HostAnswer, profile: HostProfile, acceptEncoding: string): Reply {
  if (answer.kind === 'web') return plainReply(answer.status, 'text/plain', answer.words);
  return compressed(plainReply(200, json, writeEnvelope(answer.answer, profile)), profile, acceptEncoding);
}

/** A fault's reply in place of the honest one; null for faults that leave it unchanged. */
export function replacedReply(fault: Fault, profile: HostProfile): Reply | null {
  switch (fault.kind) {
    case 'portal':
      return plainReply(200, 'text/html; charset=utf-8', portalPage);
    case 'status': {
      const reply = plainReply(fault.status, 'text/html', fault.body ?? '');
      return { ...reply, headers: { ...reply.headers, ...fault.headers } };
    }
    case 'error': {
      const refusal = { ok: false, messages: fault.messages, errorCode: fault.errorCode ?? null } as const;
      return plainReply(200, json, writeEnvelope(refusal, profile));
    }
    case 'body':
      return plainReply(200, fault.contentType ?? json, fault.body);
    default:
      return null;
  }
}

export interface Line {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly clock: Clock;
}

function start(line: Line, reply: Reply): void {
  line.response.writeHead(reply.status, {
    // The store's clock, so that a till with a wrong clock can notice.
    date: new Date(line.clock.nowMs()).toUTCString(),
    ...reply.headers,
    'content-length': String(reply.body.length),
  });
}

export function deliver(line: Line, reply: Reply): void {
  start(line, reply);
  line.response.end(reply.body);
}

/** Promises the whole length, sends half of it and hangs up. */
function deliverHalf(line: Line, reply: Reply): void {
  start(line, reply);
  line.response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), () =>
    line.request.socket.destroy(),
  );
}

function drip(line: Line, reply: Reply, everyMs: number): void {
  start(line, reply);
  line.response.flushHeaders();
  let forget: () => void = () => undefined;
  line.response.once('close', () => forget());
  const next = (at: number): void => {
    if (at >= reply.body.length) {
      line.response.end();
      return;
    }
    line.response.write(reply.body.subarray(at, at + 1));
    forget = line.clock.schedule(everyMs, () => next(at + 1));
  };
  next(0);
}

/** Ends an exchange as the fault says; `reply` is what would have been sent without it. */
export function deliverWith(fault: Fault, line: Line, reply: Reply): void {
  switch (fault.kind) {
    case 'hang':
      return;
    case 'drop':
      line.request.socket.destroy();
      return;
    case 'reset':
      line.request.socket.resetAndDestroy();
      return;
    case 'truncate':
      deliverHalf(line, reply);
      return;
    case 'slow-drip':
      drip(line, reply, fault.everyMs);
      return;
    default:
      deliver(line, reply);
  }
}
