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
  /** `new` opens a connection of its own; a number is one of the backlog's kept ones. */
  readonly connection: 'new' | number;
  readonly signal?: AbortSignal;
}

export interface Transport {
  /** One HTTP exchange. Never retries or throws: the result says what happened. */
  exchange(request: WireRequest): Promise<Exchange>;
  /** The test of the phase event; where it fails, every attempt counts as sent. */
  provePhaseEvent(): Promise<boolean>;
  /** New exchanges open new connections; those under way finish. */
  dropConnections(): void;
  /** Ends everything, including exchanges under way. */
  close(): Promise<void>;
}

const keepAliveMs = 2_000;
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

function openDispatchers(undici: UndiciPart, connect: ReturnType<typeof createConnector>) {
  // Our deadline covers the whole exchange, so undici's partial timeouts are off.
  const common = { allowH2: false, connect, headersTimeout: 0, bodyTimeout: 0 };
  const slots = new Map<number, Dispatcher>();
  const own = new undici.Agent({ ...common, pipelining: 0 });
  return {
    pick(connection: WireRequest['connection']): Dispatcher {
      if (connection === 'new') return own;
      const open = slots.get(connection);
      if (open !== undefined) return open;
      const slot = new undici.Agent({
        ...common,
        connections: 1,
        pipelining: 1,
        keepAliveTimeout: keepAliveMs,
        // Otherwise a server's Keep-Alive header would extend it.
        keepAliveMaxTimeout: keepAliveMs,
      });
      slots.set(connection, slot);
      return slot;
    },
    all: (): readonly Dispatcher[] => [own, ...slots.values()],
  };
}

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
  let reusedSocket = false;
  let head: ResponseHead | null = null;
  const end = (failure: Exchange['failure'], body: Buffer | null): Exchange => ({
    phase,
    reusedSocket,
    startedAtMs,
    endedAtMs: clock.nowMs(),
    failure,
    response: head === null ? null : { ...head.kept, body },
  });

  const wireBody = Buffer.from(wire.body);
  let sends = 0;
  watchSending(wireBody, (reused) => {
    phase = 'sent';
    reusedSocket = reused;
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
    openDispatchers(undici, createConnector({ undici, clock, route, secureContext, signal: end.signal }));
  let reading: Promise<UndiciPart> | null = null;
  const read = () => {
    reading ??= options.undici === undefined ? readUndici() : Promise.resolve(options.undici);
    return reading;
  };
  // Null before the first exchange, and after connections were dropped.
  let dispatchers: ReturnType<typeof open> | null = null;
  let closed = false;
  const retired = new Set<Dispatcher>();
  let proof: Promise<boolean> | null = null;
  const prove = () => {
    proof ??= options.proveEvent?.() ?? read().then((undici) => provePhaseEvent(undici, clock));
    return proof;
  };
  return {
    async exchange(wire) {
      const eventProven = await prove();
      const undici = await read();
      dispatchers ??= open(undici);
      const dispatcher = dispatchers.pick(wire.connection);
      return runAttempt(wire, { undici, clock, eventProven, dispatcher, isClosed: closed });
    },
    provePhaseEvent: prove,
    dropConnections() {
      if (closed) return;
      route?.forget();
      for (const dispatcher of dispatchers?.all() ?? []) {
        retired.add(dispatcher);
        const forget = () => retired.delete(dispatcher);
        dispatcher.close().then(forget, forget);
      }
      dispatchers = null;
    },
    async close() {
      closed = true;
      end.abort();
      const all = [...(dispatchers?.all() ?? []), ...retired];
      await Promise.allSettled(all.map((dispatcher) => dispatcher.destroy()));
    },
  };
}
