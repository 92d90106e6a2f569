import type { Clock, Network } from '../../kernel/ports.ts';
import { createRoute } from '../network/route.ts';
import { ATTEMPT_DEADLINE_MS } from '../port/attempt-deadline.ts';
import type { Exchange, FailureKind, Phase } from '../port/member-host.ts';
import { createConnector } from './connector.ts';
import { decompress } from './decompress.ts';
import { failureOf } from './failure.ts';
import { assertTlsIsVerified } from './host.ts';
import { watchSending } from './phase.ts';
import { provePhaseEvent } from './phase-proof.ts';
import { type ResponseHead, readHead } from './response-head.ts';
import { secureContextFor } from './trust.ts';
import type { UndiciPart } from './undici-part.ts';

export interface TransportOptions {
  readonly clock: Clock;
  /** Replaces undici in tests. */
  readonly undici?: UndiciPart;
  /** Direct connections with the runtime's authorities where absent. */
  readonly network?: Network | undefined;
  /** Tests only: replaces the system's authorities. Verification cannot be turned off. */
  readonly trustedAuthorities?: string;
  /** Whether the phase event fires; by default proven on loopback before the first exchange. */
  readonly proveEvent?: () => Promise<boolean>;
}

export interface WireRequest {
  readonly url: string;
  /** Not modified: a copy is sent. */
  readonly body: Buffer;
  readonly signature: string;
  readonly signal?: AbortSignal;
}

export interface Transport {
  /** One HTTP exchange on a new connection. Never retries or throws: the result says what happened. */
  exchange(request: WireRequest): Promise<Exchange>;
  /** The test of the phase event; where it fails, every attempt counts as sent. */
  provePhaseEvent(): Promise<boolean>;
  /** The next exchange asks for its way anew; those under way finish. */
  networkChanged(): void;
  /** Ends everything, including exchanges under way. */
  close(): Promise<void>;
}

const maxBodyBytes = 8 * 1024 * 1024;

type Dispatcher = InstanceType<UndiciPart['Agent']>;
type StopReason = 'timeout' | 'aborted' | 'too-large' | 'sent-twice';

/** Aborts one attempt once, and remembers why. */
class Stop {
  readonly controller = new AbortController();
  reason: StopReason | null = null;

  now(reason: StopReason): void {
    if (this.reason !== null) return;
    this.reason = reason;
    this.controller.abort();
  }
}

const stopKinds: Readonly<Record<StopReason, FailureKind>> = {
  timeout: 'timeout',
  aborted: 'aborted',
  'too-large': 'too-large',
  'sent-twice': 'other',
};

/** Imported lazily: loading takes a tenth of a second, and opening a till needs no call. */
const readUndici = (): Promise<UndiciPart> => import('undici');

/**
 * `pipelining: 0` closes each connection after its answer, so that no answer can be another call's. Our deadline covers
 * the whole exchange, so undici's partial timeouts are off.
 */
const openDispatcher = (undici: UndiciPart, connect: ReturnType<typeof createConnector>): Dispatcher =>
  new undici.Agent({ allowH2: false, connect, headersTimeout: 0, bodyTimeout: 0, pipelining: 0 });

/** Reads a body up to the limit; stops the attempt if it is larger. */
async function readBytes(body: AsyncIterable<unknown>, stop: Stop): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > maxBodyBytes) {
      stop.now('too-large');
      break;
    }
    chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
  }
  return Buffer.concat(chunks);
}

/** A response shorter than its declared length is truncated, whatever the parser says. */
class Truncated extends Error {
  readonly code = 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}

async function readBody(head: ResponseHead, body: AsyncIterable<unknown>, stop: Stop): Promise<Buffer> {
  const bytes = await readBytes(body, stop);
  if (stop.reason !== null) throw new Error('stopped');
  if (head.contentLength !== null && head.contentLength !== bytes.length) throw new Truncated('truncated');
  return decompress(head.contentEncoding, bytes, maxBodyBytes);
}

const headersOf = (signature: string, nowMs: number): Record<string, string> => ({
  'User-Agent': 'openApi',
  'Content-Type': 'application/json; charset=utf-8',
  'Accept-Encoding': 'gzip,deflate',
  'Time-stamp': String(nowMs),
  'Data-signature': signature,
});

interface Attempt {
  readonly undici: UndiciPart;
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  readonly eventProven: boolean;
  /** The transport was closed while this attempt was being prepared. */
  readonly isClosed: boolean;
}

async function runAttempt(wire: WireRequest, attempt: Attempt): Promise<Exchange> {
  const { clock, dispatcher, undici } = attempt;
  const startedAtMs = clock.nowMs();
  const stop = new Stop();
  let phase: Phase = attempt.eventProven ? 'connecting' : 'sent';
  let head: ResponseHead | null = null;
  const end = (failure: Exchange['failure'], body: Buffer | null): Exchange => ({
    phase,
    startedAtMs,
    endedAtMs: clock.nowMs(),
    failure,
    response: head === null ? null : { ...head.kept, body },
  });

  const wireBody = Buffer.from(wire.body);
  let sends = 0;
  watchSending(wireBody, () => {
    phase = 'sent';
    sends += 1;
    // undici re-queues a request when some sockets close; it must not be written twice.
    if (sends > 1) stop.now('sent-twice');
  });
  const abort = () => stop.now('aborted');
  wire.signal?.addEventListener('abort', abort, { once: true });
  if (wire.signal?.aborted === true || attempt.isClosed) abort();
  const forgetDeadline = clock.schedule(ATTEMPT_DEADLINE_MS, () => stop.now('timeout'));
  try {
    const response = await undici.request(wire.url, {
      method: 'POST',
      headers: headersOf(wire.signature, startedAtMs),
      body: wireBody,
      dispatcher,
      signal: stop.controller.signal,
    });
    // An answer means that it was sent, whatever the event reported.
    phase = 'sent';
    head = readHead(response.statusCode, response.headers, clock.nowMs());
    const body = await readBody(head, response.body, stop);
    phase = 'answered';
    return end(null, body);
  } catch (error) {
    const reason = stop.reason;
    return end(reason === null ? failureOf(error) : { kind: stopKinds[reason], code: reason }, null);
  } finally {
    forgetDeadline();
    wire.signal?.removeEventListener('abort', abort);
  }
}

/**
 * The HTTP transport: undici without retries, redirects, HTTP/2 or pipelining (protocol, "Sending"). Throws where the
 * environment turns certificate checks off.
 */
export function createTransport(options: TransportOptions): Transport {
  assertTlsIsVerified(process.env);
  const { clock, network } = options;
  const end = new AbortController();
  const route = network === undefined ? null : createRoute(network, clock);
  const secureContext = () => secureContextFor(network, options.trustedAuthorities);
  const open = (undici: UndiciPart) =>
    openDispatcher(undici, createConnector({ undici, clock, route, secureContext, signal: end.signal }));
  let reading: Promise<UndiciPart> | null = null;
  const read = () => {
    reading ??= options.undici === undefined ? readUndici() : Promise.resolve(options.undici);
    return reading;
  };
  let dispatcher: Dispatcher | null = null;
  let closed = false;
  let proof: Promise<boolean> | null = null;
  const prove = () => {
    proof ??= options.proveEvent?.() ?? read().then((undici) => provePhaseEvent(undici, clock));
    return proof;
  };
  return {
    async exchange(wire) {
      const eventProven = await prove();
      const undici = await read();
      dispatcher ??= open(undici);
      return runAttempt(wire, { undici, clock, eventProven, dispatcher, isClosed: closed });
    },
    provePhaseEvent: prove,
    networkChanged() {
      route?.forget();
    },
    async close() {
      closed = true;
      end.abort();
      await dispatcher?.destroy().catch(() => undefined);
    },
  };
}
